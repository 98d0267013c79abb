package io.invigil.exam.code;

import io.invigil.protocol.crypto.Entropy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Six digits of the desk sticker. They save typing and keep a neighbour out; identity rests on
 * check-in. Kept as an HMAC under a key of the node and bound to the sitting: a slow hash of a
 * million values protects nothing, and sixty candidates log in within a minute. Never printed by
 * {@code toString}.
 */
public final class Pin {
    public static final int DIGITS = 6;
    private static final int TYPED_CHARS_MAX = 40;

    private final String digits;

    private Pin(String digits) {
        this.digits = digits;
    }

    /** A random PIN, none of those that one would try first. */
    public static Pin random(Entropy entropy) {
        while (true) {
            long bits = ByteBuffer.wrap(entropy.bytes(Long.BYTES)).getLong() >>> 1;
            if (bits < Long.MAX_VALUE / 1_000_000 * 1_000_000) {
                String digits = String.format(java.util.Locale.ROOT, "%06d", bits % 1_000_000);
                if (!isGuessable(digits)) {
                    return new Pin(digits);
                }
            }
        }
    }

    /** Reads what was typed; spaces, hyphens and full-width digits are fine. */
    public static Optional<Pin> parse(String typed) {
        if (typed.length() > TYPED_CHARS_MAX) {
            return Optional.empty();
        }
        var digits = new StringBuilder();
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            int digit = Character.digit(c, 10);
            if (digit >= 0) {
                digits.append(digit);
            } else if (!Character.isWhitespace(c) && c != '-' && c != '\u3000') {
                return Optional.empty();
            }
        }
        return digits.length() == DIGITS
                ? Optional.of(new Pin(digits.toString()))
                : Optional.empty();
    }

    /** Six digits, to be printed. */
    public String text() {
        return digits;
    }

    /** Keyed digest to be kept instead of the PIN. */
    public byte[] digest(byte[] nodeKey, long sitting) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(nodeKey, "HmacSHA256"));
            mac.update(ByteBuffer.allocate(Long.BYTES).putLong(sitting).array());
            return mac.doFinal(digits.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK has no HMAC-SHA256", missing);
        }
    }

    /** Whether this PIN has that digest. Constant time. */
    public boolean matches(byte[] digest, byte[] nodeKey, long sitting) {
        return MessageDigest.isEqual(digest, digest(nodeKey, sitting));
    }

    /** All digits equal, or each one step from the one before. */
    static boolean isGuessable(String digits) {
        int step = digits.charAt(1) - digits.charAt(0);
        if (Math.abs(step) > 1) {
            return false;
        }
        for (int i = 2; i < digits.length(); i++) {
            if (digits.charAt(i) - digits.charAt(i - 1) != step) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pin that
                && MessageDigest.isEqual(
                        digits.getBytes(StandardCharsets.US_ASCII),
                        that.digits.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digits.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "Pin[hidden]";
    }
}
