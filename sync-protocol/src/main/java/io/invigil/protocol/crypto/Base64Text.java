package io.invigil.protocol.crypto;

import java.util.Base64;
import java.util.Optional;

/**
 * Base64 with exactly one spelling per content: unused bits must be zero and padding as written
 * here, so that every changed character is noticed. Stateless.
 */
public final class Base64Text {
    private Base64Text() {}

    /** RFC 4648 section 4, padded. */
    public static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Reads {@link #encode}'s form; empty for null and any other spelling. */
    public static Optional<byte[]> decode(String text) {
        return strict(text, Base64.getDecoder(), Base64.getEncoder());
    }

    /** RFC 4648 section 5 (URL-safe), without padding. */
    public static String encodeUrl(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Reads {@link #encodeUrl}'s form; empty for null and any other spelling. */
    public static Optional<byte[]> decodeUrl(String text) {
        return strict(text, Base64.getUrlDecoder(), Base64.getUrlEncoder().withoutPadding());
    }

    private static Optional<byte[]> strict(
            String text, Base64.Decoder decoder, Base64.Encoder encoder) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            byte[] bytes = decoder.decode(text);
            return encoder.encodeToString(bytes).equals(text)
                    ? Optional.of(bytes)
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
