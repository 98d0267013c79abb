package io.invigil.exam.paper;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers in responses and keys, within bounds that keep arithmetic cheap. */
final class Numbers {
    static final int DIGITS_MAX = 18;
    static final int SCALE_MAX = 12;
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

    /** Refuses amounts whose digits or exponent would make sums expensive (such as 1e999999). */
    static BigDecimal amount(String what, BigDecimal value) {
        if (value.precision() > DIGITS_MAX
                || value.scale() > SCALE_MAX
                || value.scale() < -SCALE_MAX) {
            throw new IllegalArgumentException("amount out of range: " + what);
        }
        return value;
    }

    /** Refuses a key value that no response could ever equal. */
    static void check(BaseType type, String value) {
        if (isNumeric(type) && parse(type, value).isEmpty()) {
            throw new IllegalArgumentException("not a number: key value");
        }
    }
}
