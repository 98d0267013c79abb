package io.invigil.exam.code;

import io.invigil.exam.room.AttemptKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a candidate notes after handing in: number of the attempt and the first 64 bits of the
 * answers' digest, such as {@code 107-3F2A-90C1-77DE-0A4B}, for a second attempt {@code 107.2-…}.
 * Who has it can ask room and centre whether they hold exactly these answers; it tells nothing of
 * the person or of the answers.
 *
 * @param attempt see {@link AttemptKey}
 * @param digits 16 hexadecimal digits, lower case
 */
public record ReceiptCode(long attempt, String digits) {
    public static final int TYPED_CHARS_MAX = 80;
    private static final int DIGITS = 16;
    private static final int GROUP = 4;
    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,15})(?:\\.([1-9][0-9]?))?-([0-9a-f]{16})");
    private static final int ATTEMPTS_MAX = 31;

    /** The receipt of a hand-in. */
    public static ReceiptCode of(long attempt, String answersDigest) {
        return new ReceiptCode(attempt, answersDigest.substring(0, DIGITS));
    }

    /** Reads what was typed or scanned; blanks, hyphens within and case do not matter. */
    public static Optional<ReceiptCode> parse(String typed) {
        if (typed.length() > TYPED_CHARS_MAX) {
            return Optional.empty();
        }
        String plain = typed.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s\\u3000]+", "-");
        int first = plain.indexOf('-');
        if (first < 0) {
            return Optional.empty();
        }
        String tight = plain.substring(0, first + 1) + plain.substring(first).replace("-", "");
        Matcher form = FORM.matcher(tight);
        if (!form.matches()) {
            return Optional.empty();
        }
        long sitting = Long.parseLong(form.group(1));
        int attempt = form.group(2) == null ? 1 : Integer.parseInt(form.group(2));
        return sitting >= AttemptKey.SITTINGS || attempt > ATTEMPTS_MAX
                ? Optional.empty()
                : Optional.of(
                        new ReceiptCode(new AttemptKey(sitting, attempt).value(), form.group(3)));
    }

    /** Whether it is the receipt of answers with this digest; in constant time. */
    public boolean fits(String answersDigest) {
        return MessageDigest.isEqual(
                digits.getBytes(StandardCharsets.US_ASCII),
                answersDigest
                        .substring(0, Math.min(DIGITS, answersDigest.length()))
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** As it is shown and scanned. */
    public String text() {
        AttemptKey key = AttemptKey.of(attempt);
        StringBuilder text = new StringBuilder().append(key.sitting());
        if (key.attempt() > 1) {
            text.append('.').append(key.attempt());
        }
        for (int at = 0; at < DIGITS; at += GROUP) {
            text.append('-').append(digits, at, at + GROUP);
        }
        return text.toString().toUpperCase(Locale.ROOT);
    }
}
