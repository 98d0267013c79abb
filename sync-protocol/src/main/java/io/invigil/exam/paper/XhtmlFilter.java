package io.invigil.exam.paper;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Allow-list filter for item markup. No element with raw-text content (script, style, title…) is
 * ever written and all text is escaped, so an HTML parser cannot read the result differently in a
 * way that matters.
 */
final class XhtmlFilter {
    static final int DEPTH_MAX = 48;

    private static final Set<String> ELEMENTS =
            Set.of(
                    ("p div span br hr b strong i em u s sub sup small code pre blockquote q cite"
                         + " abbr kbd samp var ul ol li dl dt dd table caption colgroup col thead"
                         + " tbody tfoot tr th td img h1 h2 h3 h4 h5 h6 figure figcaption ruby rb"
                         + " rt rp math mrow mi mn mo mtext mfrac msup msub msubsup msqrt mroot"
                         + " mtable mtr mtd mover munder munderover mspace mstyle mfenced")
                            .split(" "));
    private static final Set<String> VOID = Set.of("br", "hr", "img", "col");

    /** Removed together with what they hold; any other unknown element is only unwrapped. */
    private static final Set<String> ACTIVE =
            Set.of(
                    ("script style iframe object embed applet form input button select textarea"
                         + " link meta base title head noscript template svg audio video source"
                         + " frame frameset annotation annotation-xml xmp plaintext noembed")
                            .split(" "));

    private static final Pattern CLASS = Pattern.compile("qti-[a-z0-9-]{1,40}");
    private static final Pattern LANG = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}");
    private static final Pattern SMALL = Pattern.compile("[0-9]{1,4}");
    private static final Pattern ASSET = Pattern.compile("asset:.{1,80}");
    private static final Pattern TITLE = Pattern.compile("[^\\p{Cc}]{0,200}");

    /** Attributes in the order in which they are written, so that the form is canonical. */
    private static final List<String> ATTRIBUTES =
            List.of(
                    "data-interaction",
                    "lang",
                    "dir",
                    "class",
                    "title",
                    "src",
                    "alt",
                    "width",
                    "height",
                    "colspan",
                    "rowspan",
                    "scope",
                    "start",
                    "type");

    private static final Map<String, Set<String>> ONLY_ON =
            Map.of(
                    "data-interaction", Set.of("div", "span"),
                    "src", Set.of("img"),
                    "alt", Set.of("img"),
                    "width", Set.of("img"),
                    "height", Set.of("img"),
                    "colspan", Set.of("td", "th"),
                    "rowspan", Set.of("td", "th"),
                    "scope", Set.of("th"),
                    "start", Set.of("ol"),
                    "type", Set.of("ol"));

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();
    private int skipped;

    private XhtmlFilter() {}

    /** The canonical sanitised form; empty when not well-formed or over a limit. */
    static Optional<String> sanitise(String fragment) {
        if (fragment.length() > Xhtml.CHARS_MAX) {
            return Optional.empty();
        }
        try {
            var filter = new XhtmlFilter();
            filter.copy(
                    factory().createXMLStreamReader(new StringReader("<x>" + fragment + "</x>")));
            return Optional.of(filter.out.toString()).filter(s -> s.length() <= Xhtml.CHARS_MAX);
        } catch (XMLStreamException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\r' -> escaped.append('\n');
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private void copy(XMLStreamReader reader) throws XMLStreamException {
        int depth = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > DEPTH_MAX) {
                        throw new IllegalArgumentException("nested too deep");
                    }
                    if (depth > 1) {
                        start(reader);
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (--depth > 0) {
                        end();
                    } else if (reader.hasNext()
                            && reader.next() != XMLStreamConstants.END_DOCUMENT) {
                        throw new IllegalArgumentException("more than one fragment");
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (skipped == 0) {
                        out.append(escape(reader.getText()));
                    }
                }
                case XMLStreamConstants.ENTITY_REFERENCE, XMLStreamConstants.DTD ->
                        throw new IllegalArgumentException("entities are not allowed");
                default -> {
                    // comments and processing instructions carry nothing a candidate sees
                }
            }
        }
    }

    private void start(XMLStreamReader reader) {
        String name = localName(reader.getLocalName());
        if (skipped > 0 || ACTIVE.contains(name)) {
            skipped++;
            open.push("");
            return;
        }
        if (!ELEMENTS.contains(name)) {
            open.push("");
            return;
        }
        open.push(name);
        out.append('<').append(name);
        for (String attribute : ATTRIBUTES) {
            String value = valueOf(reader, attribute);
            if ("img".equals(name) && "alt".equals(attribute) && value.isEmpty()) {
                out.append(" alt=\"\"");
            } else if (allowed(name, attribute, value)) {
                out.append(' ').append(attribute).append("=\"").append(escape(value)).append('"');
            }
        }
        out.append(VOID.contains(name) ? "/>" : ">");
    }

    private void end() {
        String name = open.pop();
        if (skipped > 0) {
            skipped--;
        } else if (!name.isEmpty() && !VOID.contains(name)) {
            out.append("</").append(name).append('>');
        }
    }

    private static boolean allowed(String element, String attribute, String value) {
        if (value.isEmpty()
                || ONLY_ON.containsKey(attribute) && !ONLY_ON.get(attribute).contains(element)) {
            return false;
        }
        return switch (attribute) {
            case "data-interaction" -> Identifier.isValid(value);
            case "lang" -> LANG.matcher(value).matches();
            case "dir" -> value.equals("ltr") || value.equals("rtl");
            case "class" -> CLASS.matcher(value).matches();
            case "src" ->
                    ASSET.matcher(value).matches() && Identifier.isAssetName(value.substring(6));
            case "scope" -> value.equals("row") || value.equals("col");
            case "type" -> Set.of("1", "a", "A", "i", "I").contains(value);
            case "title", "alt" -> TITLE.matcher(value).matches();
            default -> SMALL.matcher(value).matches();
        };
    }

    private static String valueOf(XMLStreamReader reader, String attribute) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (localName(reader.getAttributeLocalName(i)).equals(attribute)) {
                return reader.getAttributeValue(i);
            }
        }
        return "";
    }

    /** QTI files use prefixes at will (m:math, xhtml:p, xml:lang). */
    private static String localName(String name) {
        return name.substring(name.indexOf(':') + 1);
    }
}
