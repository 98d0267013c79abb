package io.invigil.exam.code;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * QR content of admission ticket and desk sticker: {@code IVT1:PLAN:ADMISSION:CHECK}, upper case so
 * that a QR takes it in its dense alphanumeric mode. It holds no secret and proves nothing: the
 * desk that scans it still looks at the person. The check (CRC-32, base 36) only tells our codes
 * from others and a misread from a good one.
 *
 * @param planNumber such as {@code K202005220515}
 * @param admissionNumber 准考证号
 */
public record TicketCode(String planNumber, String admissionNumber) {
    public static final int CHARS_MAX = 120;
    private static final Pattern NUMBER = Pattern.compile("[0-9A-Z.-]{1,40}");
    private static final Pattern FORM =
            Pattern.compile("IVT1:([0-9A-Z.-]{1,40}):([0-9A-Z.-]{1,40}):([0-9A-Z]{7})");

    public TicketCode {
        if (!NUMBER.matcher(planNumber).matches() || !NUMBER.matcher(admissionNumber).matches()) {
            throw new IllegalArgumentException("numbers are 1 to 40 of 0-9, A-Z, . and -");
        }
    }

    /** The text to be drawn. */
    public String text() {
        String body = "IVT1:" + planNumber + ":" + admissionNumber;
        return body + ":" + check(body);
    }

    /** Reads what a scanner gave (white space around it and case do not matter). */
    public static Optional<TicketCode> parse(String scanned) {
        if (scanned.length() > CHARS_MAX) {
            return Optional.empty();
        }
        String text = scanned.strip().toUpperCase(Locale.ROOT);
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()
                || !check(text.substring(0, matcher.start(3) - 1)).equals(matcher.group(3))) {
            return Optional.empty();
        }
        return Optional.of(new TicketCode(matcher.group(1), matcher.group(2)));
    }

    private static String check(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        String digits = Long.toString(crc.getValue(), 36).toUpperCase(Locale.ROOT);
        return "0".repeat(7 - digits.length()) + digits;
    }
}
