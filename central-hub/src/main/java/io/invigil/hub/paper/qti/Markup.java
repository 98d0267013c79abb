package io.invigil.hub.paper.qti;

import io.invigil.exam.paper.Xhtml;
import io.invigil.hub.paper.qti.QtiIssue.Code;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns the body of an item into markup from a strict allow-list. An element outside it refuses the
 * item rather than changing the question silently; attributes that only style are dropped, event
 * handlers refuse the item. The paper model's own filter ({@link Xhtml}) then has the last word.
 */
final class Markup {
    private static final Set<String> PLAIN =
            Set.of(
                    "p",
                    "div",
                    "span",
                    "br",
                    "hr",
                    "strong",
                    "b",
                    "em",
                    "i",
                    "u",
                    "s",
                    "sub",
                    "sup",
                    "small",
                    "code",
                    "pre",
                    "kbd",
                    "var",
                    "samp",
                    "q",
                    "cite",
                    "abbr",
                    "dfn",
                    "blockquote",
                    "ul",
                    "ol",
                    "li",
                    "dl",
                    "dt",
                    "dd",
                    "table",
                    "caption",
                    "thead",
                    "tbody",
                    "tfoot",
                    "tr",
                    "th",
                    "td",
                    "colgroup",
                    "col",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "figure",
                    "figcaption",
                    "ruby",
                    "rb",
                    "rt",
                    "rp",
                    "img",
                    "math",
                    "mrow",
                    "mi",
                    "mn",
                    "mo",
                    "mtext",
                    "mfrac",
                    "msup",
                    "msub",
                    "msubsup",
                    "msqrt",
                    "mroot",
                    "mtable",
                    "mtr",
                    "mtd",
                    "mover",
                    "munder",
                    "munderover",
                    "mspace",
                    "mstyle",
                    "mfenced");

    /** Elements shown as another: headings stay below those of the page around them. */
    private static final Map<String, String> AS =
            Map.of("h1", "h3", "h2", "h3", "tt", "code", "big", "span", "strike", "s");

    private static final Set<String> VOID = Set.of("br", "hr", "img", "col");
    private static final Set<String> ADDRESSES = Set.of("href", "src", "data", "cite", "longdesc");
    private static final Set<String> SPANS = Set.of("colspan", "rowspan", "span", "start");
    private static final Set<String> LENGTHS = Set.of("width", "height");
    private static final Set<String> DIRECTIONS = Set.of("ltr", "rtl", "auto");
    private static final Set<String> SCOPES = Set.of("row", "col", "rowgroup", "colgroup");

    /** What the surroundings do with pictures and with elements that are not plain markup. */
    interface Surroundings {
        /** The address that stands in {@code src} for a picture of the package. */
        String picture(XmlNode.Element element, String href) throws QtiRefused;

        /** Markup for an interaction; empty when the element is not one that may stand here. */
        Optional<String> interaction(XmlNode.Element element) throws QtiRefused;
    }

    private final String file;
    private final String item;
    private final Surroundings surroundings;

    Markup(String file, String item, Surroundings surroundings) {
        this.file = file;
        this.item = item;
        this.surroundings = surroundings;
    }

    /** Markup of the children of an element, without the element itself. */
    Xhtml inner(XmlNode.Element element) throws QtiRefused {
        return of(element.children(), element.line());
    }

    /** Markup of these nodes. */
    Xhtml of(List<XmlNode> nodes, int line) throws QtiRefused {
        StringBuilder out = new StringBuilder();
        for (XmlNode node : nodes) {
            append(out, node);
        }
        if (out.length() > QtiLimits.BODY_CHARS_MAX) {
            throw new QtiRefused(new QtiIssue(file, item, line, Code.TEXT_TOO_LONG, ""));
        }
        return Xhtml.sanitised(out.toString().strip())
                .orElseThrow(
                        () ->
                                new QtiRefused(
                                        new QtiIssue(file, item, line, Code.TEXT_TOO_LONG, "")));
    }

    private void append(StringBuilder out, XmlNode node) throws QtiRefused {
        switch (node) {
            case XmlNode.Text text -> out.append(escaped(text.text()));
            case XmlNode.Element element -> append(out, element);
        }
    }

    private void append(StringBuilder out, XmlNode.Element element) throws QtiRefused {
        refuseHandlers(element);
        if (element.foreign()) {
            throw refused(element, Code.ELEMENT_UNSUPPORTED, element.written());
        }
        if (isHiddenFeedback(element)) {
            return;
        }
        if (element.name().equals("rubricBlock")) {
            appendRubric(out, element);
            return;
        }
        if (isPictureObject(element)) {
            String href = element.attribute("data").orElse("");
            picture(out, element, href, element.text().strip());
            return;
        }
        String name = AS.getOrDefault(element.name(), element.name());
        if (!PLAIN.contains(name)) {
            Optional<String> interaction = surroundings.interaction(element);
            if (interaction.isEmpty()) {
                throw refused(element, Code.ELEMENT_UNSUPPORTED, element.written());
            }
            out.append(interaction.get());
            return;
        }
        if (name.equals("img")) {
            String href = element.attribute("src").orElse("");
            picture(out, element, href, element.attribute("alt").orElse(""));
            return;
        }
        out.append('<').append(name);
        appendAttributes(out, element);
        if (VOID.contains(name)) {
            out.append("/>");
            return;
        }
        out.append('>');
        for (XmlNode child : element.children()) {
            append(out, child);
        }
        out.append("</").append(name).append('>');
    }

    /** A rubric is shown when it is meant for candidates, else left out: it is for scorers. */
    private void appendRubric(StringBuilder out, XmlNode.Element element) throws QtiRefused {
        String view = element.attribute("view").orElse("candidate");
        if (List.of(view.split("\\s+")).contains("candidate")) {
            out.append("<div>");
            for (XmlNode child : element.children()) {
                append(out, child);
            }
            out.append("</div>");
        }
    }

    /** Feedback appears after an outcome is set, which an exam never shows. */
    private static boolean isHiddenFeedback(XmlNode.Element element) {
        return (element.name().equals("feedbackInline") || element.name().equals("feedbackBlock"))
                && element.attribute("showHide").orElse("show").equals("show");
    }

    private static boolean isPictureObject(XmlNode.Element element) {
        return element.name().equals("object")
                && element.attribute("type").orElse("").startsWith("image/");
    }

    private void picture(StringBuilder out, XmlNode.Element element, String href, String alt)
            throws QtiRefused {
        out.append("<img src=\"")
                .append(escaped(surroundings.picture(element, href)))
                .append("\" alt=\"")
                .append(escaped(alt))
                .append('"');
        appendAttributes(out, element);
        out.append("/>");
    }

    private void refuseHandlers(XmlNode.Element element) throws QtiRefused {
        for (Map.Entry<String, String> attribute : element.attributes().entrySet()) {
            String name = attribute.getKey().toLowerCase(Locale.ROOT);
            String value = attribute.getValue().replaceAll("[\\s\\p{Cntrl}]", "");
            boolean script =
                    ADDRESSES.contains(name)
                            && value.toLowerCase(Locale.ROOT).matches("^(javascript|vbscript):.*");
            if (name.startsWith("on") || script) {
                throw refused(element, Code.ATTRIBUTE_REFUSED, element.written() + "@" + name);
            }
        }
    }

    private static void appendAttributes(StringBuilder out, XmlNode.Element element) {
        Map<String, String> kept = new TreeMap<>();
        element.attributes()
                .forEach(
                        (name, value) -> {
                            if (isKept(name, value.strip())) {
                                kept.put(name.equals("xml:lang") ? "lang" : name, value.strip());
                            }
                        });
        kept.forEach(
                (name, value) ->
                        out.append(' ')
                                .append(name)
                                .append("=\"")
                                .append(escaped(value))
                                .append('"'));
    }

    private static boolean isKept(String name, String value) {
        return switch (name) {
            case "lang", "xml:lang" -> value.matches("[A-Za-z0-9-]{1,35}");
            case "dir" -> DIRECTIONS.contains(value);
            case "scope" -> SCOPES.contains(value);
            default ->
                    SPANS.contains(name) && value.matches("[1-9][0-9]?")
                            || LENGTHS.contains(name) && value.matches("[1-9][0-9]{0,3}");
        };
    }

    private QtiRefused refused(XmlNode.Element element, Code code, String subject) {
        return new QtiRefused(new QtiIssue(file, item, element.line(), code, subject));
    }

    /** Text for element content and attribute values alike. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (char c : text.toCharArray()) {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
