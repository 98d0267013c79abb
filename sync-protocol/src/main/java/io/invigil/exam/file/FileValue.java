package io.invigil.exam.file;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file as the value of a response: {@code blob:SHA-256 BYTES NAME}. The prefix makes the blob one
 * that the fact names, see {@link io.invigil.protocol.blob.FactBlobs}.
 *
 * @param sha256 hexadecimal
 * @param name as the candidate's machine had it; for people only, never a path
 */
public record FileValue(String sha256, long bytes, String name) {
    public static final int NAME_CHARS_MAX = 120;

    /** As long as a room keeps one blob. */
    public static final int BYTES_MAX = 8 * 1024 * 1024;

    private static final Pattern FORM =
            Pattern.compile(
                    "blob:([0-9a-f]{64}) ([1-9][0-9]{0,9}) ([^\\p{Cc}\\p{Cs}/\\\\]{1,120})");
    private static final Pattern BEGIN = Pattern.compile("blob:[0-9a-f]{64}.*", Pattern.DOTALL);

    /** Reads a value; empty when it is no file. */
    public static Optional<FileValue> parse(String value) {
        Matcher form = FORM.matcher(value);
        return form.matches()
                ? Optional.of(
                        new FileValue(form.group(1), Long.parseLong(form.group(2)), form.group(3)))
                : Optional.empty();
    }

    /** Whether a text would be taken for a file by who does not know the paper. */
    public static boolean looksLikeOne(String text) {
        return BEGIN.matcher(text).matches();
    }

    /** All files of a response. */
    public static List<FileValue> in(Map<String, List<String>> response) {
        return response.values().stream()
                .flatMap(List::stream)
                .flatMap(value -> parse(value).stream())
                .toList();
    }

    /** The value as it stands in a response. */
    public String text() {
        return "blob:" + sha256 + " " + bytes + " " + name;
    }
}
