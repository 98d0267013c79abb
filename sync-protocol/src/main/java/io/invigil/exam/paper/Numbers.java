package io.invigil.exam.paper;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers in responses and keys, within bounds that keep arithmetic cheap. */
final class Numbers {
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,30}");
    private static final Pattern FLOAT =
            Pattern.compile(
                    "[+-]?([0-9]{1,30}(\\.[0-9]{0,30})?|\\.[0-9]{1,30})([eE][+-]?[0-9]{1,2})?");

    private Numbers() {}

    /** The value of a number, empty when the text is none of that type. */
    static Optional<BigDecimal> parse(BaseType type, String text) {
        Pattern form = type == BaseType.INTEGER ? INTEGER : FLOAT;
        return form.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    static boolean isNumeric(BaseType type) {
        return type == BaseType.INTEGER || type == BaseType.FLOAT;
    }

    /** Refuses a key value that no response could ever equal. */
    static void check(BaseType type, String value) {
        if (isNumeric(type) && parse(type, value).isEmpty()) {
            throw new IllegalArgumentException("not a number: key value");
        }
    }
}
