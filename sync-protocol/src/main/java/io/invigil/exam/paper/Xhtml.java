package io.invigil.exam.paper;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * Sanitised XHTML: only elements and attributes of the allow-list, written in one canonical way
 * that means the same to an XML and an HTML parser. It can be put into a page as it is; pictures
 * stand as {@code asset:NAME} and interactions as empty elements with {@code data-interaction}
 * until {@link ItemBody#render} places them. Immutable.
 *
 * <p>In JSON it is one string; reading checks it again, so that a paper from anywhere can do no
 * more than a paper from the importer.
 */
public record Xhtml(String markup) {
    public static final int CHARS_MAX = 256 * 1024;
    public static final Xhtml EMPTY = new Xhtml("");

    /**
     * @throws IllegalArgumentException when the markup is not already sanitised
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Xhtml {
        if (!XhtmlFilter.sanitise(markup).filter(markup::equals).isPresent()) {
            throw new IllegalArgumentException("markup is not sanitised XHTML");
        }
    }

    /**
     * Sanitises an XML fragment (no DTD, no entities but the five of XML): unknown elements are
     * unwrapped, active ones removed with their content, unknown attributes removed.
     *
     * @return empty when it is not well-formed or over a limit
     */
    public static Optional<Xhtml> sanitised(String fragment) {
        return XhtmlFilter.sanitise(fragment).map(Xhtml::new);
    }

    /** Plain text as markup: every character stands for itself. */
    public static Xhtml ofText(String text) {
        return sanitised(XhtmlFilter.escape(text))
                .orElseThrow(() -> new IllegalArgumentException("text not allowed in XML"));
    }

    /**
     * Where an interaction stands in an item's body.
     *
     * @param block a {@code div} between paragraphs, or else a {@code span} inside a line
     */
    public static String placeholder(String responseIdentifier, boolean block) {
        String name = block ? "div" : "span";
        return "<%s data-interaction=\"%s\"></%s>"
                .formatted(name, Identifier.checked("response", responseIdentifier), name);
    }

    @JsonValue
    @Override
    public String markup() {
        return markup;
    }

    public boolean isEmpty() {
        return markup.isEmpty();
    }
}
