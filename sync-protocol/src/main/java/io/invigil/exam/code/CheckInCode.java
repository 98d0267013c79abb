package io.invigil.exam.code;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The code on a room's screen that changes every minute (domain, section 9): eight characters of
 * HMAC-SHA256 over exam, room and minute (40 bits). Who types or scans it is in front of the
 * screen; a picture of it sent elsewhere is worth 80 s at most. Made and checked on one machine, so
 * a wrong clock does no harm. Immutable and thread-safe.
 */
public final class CheckInCode {
    public static final long PERIOD_MILLIS = 60_000;

    /** The code before still counts so long after a change. */
    public static final long GRACE_MILLIS = 20_000;

    public static final int KEY_BYTES_MIN = 32;
    private static final int CHARS = 8;
    private static final int TYPED_CHARS_MAX = 40;

    /** Crockford's base 32: no I, L, O, U. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final byte[] key;
    private final String exam;
    private final String room;

    /**
     * @param key at least 32 secret bytes of the node
     */
    public CheckInCode(byte[] key, String exam, String room) {
        if (key.length < KEY_BYTES_MIN) {
            throw new IllegalArgumentException("a check-in key has at least 32 bytes");
        }
        this.key = key.clone();
        this.exam = exam;
        this.room = room;
    }

    /** Outcome of a check. */
    public enum Outcome {
        VALID,
        /** It was right within the last ten minutes: look at the screen again. */
        EXPIRED,
        WRONG
    }

    /**
     * The code to be shown now.
     *
     * @param millis any clock of the node that does not jump back, epoch or uptime
     */
    public String at(long millis) {
        return code(minute(millis));
    }

    /** Milliseconds until the code changes. */
    public static long changesInMillis(long millis) {
        return PERIOD_MILLIS - Math.floorMod(millis, PERIOD_MILLIS);
    }

    /**
     * Checks a code in constant time for its content. Case, spaces and hyphens do not matter; O is
     * 0, I and L are 1.
     */
    public Outcome check(String typed, long millis) {
        byte[] given = normal(typed).getBytes(StandardCharsets.UTF_8);
        long minute = minute(millis);
        boolean current = same(minute, given);
        boolean previous = same(minute - 1, given);
        boolean old = false;
        for (int back = 2; back <= 10; back++) {
            old |= same(minute - back, given);
        }
        boolean inGrace = Math.floorMod(millis, PERIOD_MILLIS) < GRACE_MILLIS;
        if (current || previous && inGrace) {
            return Outcome.VALID;
        }
        return previous || old ? Outcome.EXPIRED : Outcome.WRONG;
    }

    private boolean same(long minute, byte[] given) {
        return MessageDigest.isEqual(code(minute).getBytes(StandardCharsets.UTF_8), given);
    }

    private static long minute(long millis) {
        return Math.floorDiv(millis, PERIOD_MILLIS);
    }

    private String code(long minute) {
        byte[] examBytes = exam.getBytes(StandardCharsets.UTF_8);
        byte[] roomBytes = room.getBytes(StandardCharsets.UTF_8);
        byte[] label = "xsp1 check-in\n".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer message =
                ByteBuffer.allocate(label.length + 16 + examBytes.length + roomBytes.length)
                        .put(label)
                        .putInt(examBytes.length)
                        .put(examBytes)
                        .putInt(roomBytes.length)
                        .put(roomBytes)
                        .putLong(minute);
        long bits = ByteBuffer.wrap(Arrays.copyOf(hmac(message.array()), Long.BYTES)).getLong();
        var out = new StringBuilder(CHARS);
        for (int i = 0; i < CHARS; i++) {
            out.append(ALPHABET.charAt((int) (bits >>> (59 - 5 * i) & 31)));
        }
        return out.toString();
    }

    private byte[] hmac(byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK has no HMAC-SHA256", missing);
        }
    }

    private static String normal(String typed) {
        return typed.length() > TYPED_CHARS_MAX
                ? ""
                : typed.replaceAll("[\\s\u3000-]", "")
                        .toUpperCase(Locale.ROOT)
                        .replace('O', '0')
                        .replace('I', '1')
                        .replace('L', '1');
    }
}
