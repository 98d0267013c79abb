package io.invigil.site.room.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Form and size of what a page may save, so that every answer fits one fact. */
public final class AnswerLimits {
    /** As JSON in UTF-8; a fact has at most 48 KiB. */
    public static final int RESPONSE_BYTES_MAX = 40_000;

    public static final int VARIABLES_MAX = 64;
    public static final int VALUES_MAX = 256;
    public static final int TOKEN_CHARS_MAX = 64;
    public static final int ITEM_CHARS_MAX = 128;
    public static final int ITEMS_MAX = 500;
    public static final long SAVES_MAX = 50_000;

    /** Signals of one sitting's pages. */
    public static final int SIGNALS_MAX = 500;

    /** Answers of one sitting that are kept apart. */
    public static final int APART_MAX = 300;

    private AnswerLimits() {}

    static Optional<RoomRefusal> refusal(
            SittingState sitting, String item, String op, Map<String, List<String>> response) {
        boolean itemForm = !item.isBlank() && item.length() <= ITEM_CHARS_MAX;
        if (!isToken(op) || !itemForm || response.size() > VARIABLES_MAX) {
            return Optional.of(RoomRefusal.ANSWER_MALFORMED);
        }
        boolean newItem = !sitting.answers().containsKey(item);
        if (sitting.saves() >= SAVES_MAX || (newItem && sitting.answers().size() >= ITEMS_MAX)) {
            return Optional.of(RoomRefusal.SAVES_EXHAUSTED);
        }
        long bytes = jsonBytes(item);
        for (Map.Entry<String, List<String>> variable : response.entrySet()) {
            if (variable.getValue().size() > VALUES_MAX) {
                return Optional.of(RoomRefusal.ANSWER_TOO_LARGE);
            }
            long ofVariable = jsonBytes(variable.getKey());
            for (String value : variable.getValue()) {
                ofVariable += jsonBytes(value);
            }
            bytes += ofVariable;
        }
        // a lone surrogate adds more than any limit
        if (bytes >= MALFORMED) {
            return Optional.of(RoomRefusal.ANSWER_MALFORMED);
        }
        return bytes > RESPONSE_BYTES_MAX
                ? Optional.of(RoomRefusal.ANSWER_TOO_LARGE)
                : Optional.empty();
    }

    static boolean isToken(String text) {
        if (text.isEmpty() || text.length() > TOKEN_CHARS_MAX) {
            return false;
        }
        return text.chars()
                .allMatch(
                        c ->
                                (c >= 'a' && c <= 'z')
                                        || (c >= 'A' && c <= 'Z')
                                        || (c >= '0' && c <= '9')
                                        || c == '-'
                                        || c == '_');
    }

    private static final long MALFORMED = 1L << 40;

    /** Bytes of the text as a JSON string with quotes and comma. */
    private static long jsonBytes(String text) {
        long bytes = 3;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c < 0x20) {
                bytes += 6;
            } else if (c == '"' || c == '\\') {
                bytes += 2;
            } else if (c < 0x80) {
                bytes += 1;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c)
                                && at + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(at + 1));
                if (!pair) {
                    return MALFORMED;
                }
                at++;
                bytes += 4;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }
}
