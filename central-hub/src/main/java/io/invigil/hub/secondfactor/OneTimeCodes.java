package io.invigil.hub.secondfactor;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes of 6 digits that change every 30 seconds, as phones' authenticators make them (RFC 6238
 * with its defaults: HMAC-SHA-1, RFC 4226). Stateless and thread-safe.
 */
final class OneTimeCodes {
    /** RFC 4226 section 4, R6: at least 128 bits, 160 recommended. */
    static final int SECRET_BYTES = 20;

    static final int STEP_SECONDS = 30;

    /** RFC 6238 section 5.2: one step either way for slow people and clocks. */
    private static final int STEPS_EITHER_WAY = 1;

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final TimeBasedOneTimePasswordGenerator generator =
            new TimeBasedOneTimePasswordGenerator();

    /** The code of an instant. */
    String code(byte[] secret, Instant at) {
        try {
            SecretKeySpec key = new SecretKeySpec(secret, generator.getAlgorithm());
            return generator.generateOneTimePasswordString(key, at, Locale.ROOT);
        } catch (InvalidKeyException impossible) {
            throw new IllegalStateException("HMAC takes any key", impossible);
        }
    }

    static long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
    }

    /** The step whose code was entered; every allowed step is compared, in constant time. */
    OptionalLong matching(byte[] secret, String entered, Instant now) {
        byte[] given = entered.getBytes(StandardCharsets.UTF_8);
        OptionalLong found = OptionalLong.empty();
        for (long step = step(now) - STEPS_EITHER_WAY;
                step <= step(now) + STEPS_EITHER_WAY;
                step++) {
            byte[] wanted =
                    code(secret, Instant.ofEpochSecond(step * STEP_SECONDS))
                            .getBytes(StandardCharsets.UTF_8);
            found = MessageDigest.isEqual(wanted, given) ? OptionalLong.of(step) : found;
        }
        return found;
    }

    /** RFC 4648 section 6, without padding: what people type when they cannot scan. */
    static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte one : bytes) {
            buffer = (buffer << 8 | one & 0xff) & 0xfff;
            bits += 8;
            while (bits >= 5) {
                text.append(BASE32.charAt(buffer >> bits - 5 & 31));
                bits -= 5;
            }
        }
        if (bits > 0) {
            text.append(BASE32.charAt(buffer << 5 - bits & 31));
        }
        return text.toString();
    }

    /** What the QR code says to an authenticator. */
    static String address(String issuer, String login, byte[] secret) {
        return "otpauth://totp/"
                + encoded(issuer)
                + ":"
                + encoded(login)
                + "?secret="
                + base32(secret)
                + "&issuer="
                + encoded(issuer);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
