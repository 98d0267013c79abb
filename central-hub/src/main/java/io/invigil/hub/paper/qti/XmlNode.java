package io.invigil.hub.paper.qti;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A node of a parsed file: element or text. Comments and processing instructions are gone. */
sealed interface XmlNode {

    /** Text of this node and everything below it. */
    String text();

    /** Character data. */
    record Text(String text) implements XmlNode {}

    /**
     * An element, its name and attribute names in QTI 2 spelling whatever the file's version.
     *
     * @param name local name, such as {@code choiceInteraction}
     * @param written the name as the file spells it, for messages
     * @param foreign whether it is in a name space other than QTI or XHTML, such as MathML
     * @param line line of the start tag's end, from 1
     */
    record Element(
            String name,
            String written,
            boolean foreign,
            Map<String, String> attributes,
            List<XmlNode> children,
            int line)
            implements XmlNode {

        @Override
        public String text() {
            StringBuilder text = new StringBuilder();
            children.forEach(child -> text.append(child.text()));
            return text.toString();
        }

        /** Value of an attribute; empty when absent. */
        Optional<String> attribute(String attribute) {
            return Optional.ofNullable(attributes.get(attribute)).map(String::strip);
        }

        Stream<Element> elements() {
            return children.stream().filter(Element.class::isInstance).map(Element.class::cast);
        }

        Stream<Element> elements(String wanted) {
            return elements().filter(element -> element.name().equals(wanted));
        }

        Optional<Element> first(String wanted) {
            return elements(wanted).findFirst();
        }

        /** This element and all below it, in document order. */
        Stream<Element> deep() {
            return Stream.concat(Stream.of(this), elements().flatMap(Element::deep));
        }

        Optional<Element> firstDeep(Predicate<Element> wanted) {
            return deep().filter(wanted).findFirst();
        }
    }
}
