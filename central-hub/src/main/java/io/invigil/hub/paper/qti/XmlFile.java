package io.invigil.hub.paper.qti;

import io.invigil.hub.paper.qti.QtiIssue.Code;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Parses one XML file of a package. A document type declaration is refused before anything of it is
 * read, so there are no entities, external or nested; size, depth, elements and attributes are
 * bounded. Names of QTI 3 ({@code qti-choice-interaction}, {@code response-identifier}) become
 * those of QTI 2, so one reader serves all versions.
 */
final class XmlFile {
    static final String QTI_3 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0";
    static final Set<String> QTI_2 =
            Set.of(
                    "http://www.imsglobal.org/xsd/imsqti_v2p1",
                    "http://www.imsglobal.org/xsd/imsqti_v2p2");
    private static final String XHTML = "http://www.w3.org/1999/xhtml";
    private static final String MATHML = "http://www.w3.org/1998/Math/MathML";
    private static final String QTI_3_PREFIX = "qti-";

    private final String file;
    private final XMLStreamReader reader;
    private final Deque<XmlNode.Element> open = new ArrayDeque<>();
    private int elements;

    private XmlFile(String file, XMLStreamReader reader) {
        this.file = file;
        this.reader = reader;
    }

    /** The root element of the file and its name space. */
    record Document(XmlNode.Element root, String namespace) {}

    static Document parse(String file, byte[] xml) throws QtiRefused {
        if (xml.length > QtiLimits.XML_BYTES_MAX) {
            throw new QtiRefused(QtiIssue.ofFile(file, Code.XML_TOO_LARGE, ""));
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty("http://javax.xml.XMLConstants/property/accessExternalDTD", "");
        factory.setXMLResolver(
                (publicId, systemId, base, namespace) -> {
                    throw new XMLStreamException("external entities are not read");
                });
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            try {
                return new XmlFile(file, reader).document();
            } finally {
                reader.close();
            }
        } catch (XMLStreamException malformed) {
            int line = malformed.getLocation() == null ? 0 : lineOf(malformed);
            throw new QtiRefused(new QtiIssue(file, "", line, Code.XML_MALFORMED, ""));
        }
    }

    private static int lineOf(XMLStreamException malformed) {
        return Math.max(0, malformed.getLocation().getLineNumber());
    }

    private Document document() throws XMLStreamException, QtiRefused {
        XmlNode.Element root = null;
        String namespace = "";
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD -> throw refused(Code.XML_DTD);
                case XMLStreamConstants.ENTITY_REFERENCE -> throw refused(Code.XML_DTD);
                case XMLStreamConstants.START_ELEMENT -> {
                    XmlNode.Element element = start();
                    if (root == null) {
                        root = element;
                        namespace = namespaceOf(reader);
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text();
                default -> {
                    // white space outside the root, comments, processing instructions: not content
                }
            }
        }
        if (root == null) {
            throw refused(Code.XML_MALFORMED);
        }
        return new Document(root, namespace);
    }

    private void text() {
        if (!open.isEmpty()) {
            open.peek().children().add(new XmlNode.Text(reader.getText()));
        }
    }

    private XmlNode.Element start() throws QtiRefused {
        if (++elements > QtiLimits.XML_ELEMENTS_MAX
                || reader.getAttributeCount() > QtiLimits.XML_ATTRIBUTES_MAX) {
            throw refused(Code.XML_TOO_MANY_ELEMENTS);
        }
        if (open.size() >= QtiLimits.XML_DEPTH_MAX) {
            throw refused(Code.XML_TOO_DEEP);
        }
        boolean three = namespaceOf(reader).equals(QTI_3);
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(attributeName(i, three), reader.getAttributeValue(i));
        }
        List<XmlNode> children = new ArrayList<>();
        XmlNode.Element element =
                new XmlNode.Element(
                        elementName(reader.getLocalName(), three),
                        reader.getPrefix() == null || reader.getPrefix().isEmpty()
                                ? reader.getLocalName()
                                : reader.getPrefix() + ":" + reader.getLocalName(),
                        isForeign(namespaceOf(reader)),
                        attributes,
                        children,
                        reader.getLocation().getLineNumber());
        if (!open.isEmpty()) {
            open.peek().children().add(element);
        }
        open.push(element);
        return element;
    }

    private static String namespaceOf(XMLStreamReader reader) {
        return reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
    }

    private static boolean isForeign(String namespace) {
        return !namespace.isEmpty()
                && !namespace.equals(QTI_3)
                && !namespace.equals(XHTML)
                && !namespace.equals(MATHML)
                && !QTI_2.contains(namespace);
    }

    private String attributeName(int index, boolean three) {
        String prefix = reader.getAttributePrefix(index);
        String name = reader.getAttributeLocalName(index);
        if (prefix != null && !prefix.isEmpty()) {
            return prefix + ":" + name;
        }
        return three && !name.startsWith("data-") && !name.startsWith("aria-") ? camel(name) : name;
    }

    private static String elementName(String local, boolean three) {
        return three && local.startsWith(QTI_3_PREFIX)
                ? camel(local.substring(QTI_3_PREFIX.length()))
                : local;
    }

    private static String camel(String kebab) {
        StringBuilder camel = new StringBuilder(kebab.length());
        boolean upper = false;
        for (char c : kebab.toCharArray()) {
            if (c == '-') {
                upper = true;
            } else {
                camel.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return camel.toString();
    }

    private QtiRefused refused(Code code) {
        int line = Math.max(0, reader.getLocation().getLineNumber());
        return new QtiRefused(new QtiIssue(file, "", line, code, ""));
    }
}
