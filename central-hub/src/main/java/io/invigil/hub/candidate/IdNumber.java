package io.invigil.hub.candidate;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A resident identity number of 18 characters (GB 11643-1999: six digits region, eight birth date,
 * three sequence, one check character by ISO 7064 MOD 11-2).
 */
public record IdNumber(String value) {
    public static final int LENGTH = 18;

    private static final Pattern PLAIN = Pattern.compile("[0-9]{17}[0-9X]");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK = "10X98765432";

    /** What became of reading a text as an ID number. */
    public sealed interface Reading {
        record Valid(IdNumber number) implements Reading {}

        record Invalid(Fault fault) implements Reading {}
    }

    /** What is wrong; names are stable codes. */
    public enum Fault {
        ID_LENGTH,
        ID_CHARACTERS,
        ID_BIRTH_DATE,
        ID_CHECK_DIGIT
    }

    public IdNumber {
        if (!(check(value) instanceof Checked.Sound)) {
            throw new IllegalArgumentException("not an ID number");
        }
    }

    /** Reads what people type: full-width digits, spaces and a small x are accepted. */
    public static Reading read(String text) {
        String normal =
                PLAIN.matcher(text).matches()
                        ? text
                        : Normalizer.normalize(text, Normalizer.Form.NFKC)
                                .replaceAll("\\s", "")
                                .toUpperCase(Locale.ROOT);
        return switch (check(normal)) {
            case Checked.Sound sound -> new Reading.Valid(new IdNumber(normal));
            case Checked.Faulty faulty -> new Reading.Invalid(faulty.fault());
        };
    }

    /** By the seventeenth digit: odd is male. */
    public Gender gender() {
        return (value.charAt(16) - '0') % 2 == 1 ? Gender.MALE : Gender.FEMALE;
    }

    /** As shown where the whole number is not needed: {@code 370*****6532}. */
    public static String masked(String idNumber) {
        if (idNumber.length() < 8) {
            return "*****";
        }
        return idNumber.substring(0, 3) + "*****" + idNumber.substring(idNumber.length() - 4);
    }

    /** The check character of 17 digits. */
    public static char checkCharacter(String seventeen) {
        int sum = 0;
        for (int at = 0; at < WEIGHTS.length; at++) {
            sum += (seventeen.charAt(at) - '0') * WEIGHTS[at];
        }
        return CHECK.charAt(sum % 11);
    }

    private sealed interface Checked {
        record Sound() implements Checked {}

        record Faulty(Fault fault) implements Checked {}
    }

    private static Checked check(String text) {
        if (text.length() != LENGTH) {
            return new Checked.Faulty(Fault.ID_LENGTH);
        }
        for (int at = 0; at < LENGTH; at++) {
            char each = text.charAt(at);
            boolean digit = each >= '0' && each <= '9';
            if (!digit && !(at == LENGTH - 1 && each == 'X')) {
                return new Checked.Faulty(Fault.ID_CHARACTERS);
            }
        }
        if (!isDate(text.substring(6, 14))) {
            return new Checked.Faulty(Fault.ID_BIRTH_DATE);
        }
        if (checkCharacter(text) != text.charAt(LENGTH - 1)) {
            return new Checked.Faulty(Fault.ID_CHECK_DIGIT);
        }
        return new Checked.Sound();
    }

    private static boolean isDate(String eight) {
        int year = Integer.parseInt(eight.substring(0, 4));
        int month = Integer.parseInt(eight.substring(4, 6));
        int day = Integer.parseInt(eight.substring(6));
        try {
            return year >= 1900 && LocalDate.of(year, month, day).getYear() < 2100;
        } catch (DateTimeException impossible) {
            return false;
        }
    }
}
