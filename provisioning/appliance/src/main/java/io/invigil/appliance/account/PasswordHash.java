package io.invigil.appliance.account;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.KeyDerivation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Argon2id in the PHC text form {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash} (RFC 9106; memory
 * and passes as OWASP recommends). Passwords are normalised to NFC, so that a name typed on another
 * keyboard is the same. Stateless; about 55 ms and 19 MiB each, so go through {@link Logins}.
 */
public final class PasswordHash {
    public static final int PASSWORD_CHARS_MAX = 128;

    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern PHC =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d)"
                            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    /** Limits for hashes that come from elsewhere, such as a roster. */
    private static final int MEMORY_KIB_MAX = 65_536;

    private static final int PASSES_MAX = 6;

    private PasswordHash() {}

    /** Hashes a password with a fresh salt. */
    public static String of(String password, Entropy entropy) {
        byte[] salt = entropy.bytes(SALT_BYTES);
        byte[] hash = argon2(password, salt, MEMORY_KIB, PASSES, 1, HASH_BYTES);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
                .formatted(
                        MEMORY_KIB,
                        PASSES,
                        base64.encodeToString(salt),
                        base64.encodeToString(hash));
    }

    /** Whether the password fits; false for a text that is no such hash or asks for too much. */
    public static boolean fits(String password, String phc) {
        Matcher matcher = PHC.matcher(phc);
        if (!matcher.matches() || password.length() > PASSWORD_CHARS_MAX) {
            return false;
        }
        int memory = Integer.parseInt(matcher.group(1));
        int passes = Integer.parseInt(matcher.group(2));
        int lanes = Integer.parseInt(matcher.group(3));
        if (memory < 8 * lanes || memory > MEMORY_KIB_MAX || passes < 1 || passes > PASSES_MAX) {
            return false;
        }
        if (lanes < 1 || lanes > 4) {
            return false;
        }
        byte[] salt = Base64.getDecoder().decode(matcher.group(4));
        byte[] expected = Base64.getDecoder().decode(matcher.group(5));
        byte[] actual = argon2(password, salt, memory, passes, lanes, expected.length);
        return MessageDigest.isEqual(expected, actual);
    }

    private static byte[] argon2(
            String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        byte[] secret =
                Normalizer.normalize(password, Normalizer.Form.NFC)
                        .getBytes(StandardCharsets.UTF_8);
        return KeyDerivation.argon2id(secret, salt, memoryKib, passes, lanes, length);
    }
}
