package io.invigil.protocol.trust;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.VerifyKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a technician types into a fresh node: base32 of 10 random bytes and the first 10 bytes of
 * the SHA-256 of the root's public key (XSP/1 section 10). The second half lets the node know its
 * hub before it sends anything; the first half lets the hub know the node. The code itself never
 * travels: requests carry its id and a proof. Immutable; never printed by {@code toString}.
 */
public final class ClaimCode {
    public static final Duration VALID_FOR = Duration.ofHours(24);
    private static final int HALF_BYTES = 10;
    private static final int CHARS = 32;
    private static final int TYPED_CHARS_MAX = 100;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final byte[] secret;
    private final byte[] rootPrint;

    private ClaimCode(byte[] secret, byte[] rootPrint) {
        this.secret = secret;
        this.rootPrint = rootPrint;
    }

    public static ClaimCode make(VerifyKey rootKey, Entropy entropy) {
        return new ClaimCode(entropy.bytes(HALF_BYTES), print(rootKey));
    }

    /**
     * Reads what a person typed: case, spaces and hyphens do not matter, 0 is O, 1 is I, 8 is B,
     * which the alphabet does not have. There is no check digit: a slip in one half is a hub that
     * does not match, in the other a claim that the hub does not know.
     *
     * @return empty when it is not 32 letters and digits of the alphabet
     */
    public static Optional<ClaimCode> parse(String typed) {
        if (typed.length() > TYPED_CHARS_MAX) {
            return Optional.empty();
        }
        byte[] bytes = new byte[2 * HALF_BYTES];
        int count = 0;
        for (int i = 0; i < typed.length(); i++) {
            char c = Character.toUpperCase(typed.charAt(i));
            if (Character.isWhitespace(c) || c == '-' || c == '\u3000') {
                continue;
            }
            int value =
                    ALPHABET.indexOf(
                            switch (c) {
                                case '0' -> 'O';
                                case '1' -> 'I';
                                case '8' -> 'B';
                                default -> c;
                            });
            if (value < 0 || count == CHARS) {
                return Optional.empty();
            }
            put(bytes, count++, value);
        }
        return count == CHARS
                ? Optional.of(
                        new ClaimCode(
                                Arrays.copyOf(bytes, HALF_BYTES),
                                Arrays.copyOfRange(bytes, HALF_BYTES, bytes.length)))
                : Optional.empty();
    }

    /** Eight groups of four, as shown to people. */
    public String text() {
        byte[] bytes = Arrays.copyOf(secret, 2 * HALF_BYTES);
        System.arraycopy(rootPrint, 0, bytes, HALF_BYTES, HALF_BYTES);
        var out = new StringBuilder(CHARS + 7);
        for (int i = 0; i < CHARS; i++) {
            if (i > 0 && i % 4 == 0) {
                out.append('-');
            }
            out.append(ALPHABET.charAt(get(bytes, i)));
        }
        return out.toString();
    }

    /** Whether the second half names this root key. */
    public boolean names(VerifyKey rootKey) {
        return MessageDigest.isEqual(rootPrint, print(rootKey));
    }

    /** Public name of the claim, 16 hexadecimal digits; tells nothing of the secret. */
    public String claimId() {
        return Digest.sha256(label("xsp1 claim id"), secret).hex().substring(0, 16);
    }

    /** Key of the proof in a request; what the hub keeps instead of the code. */
    public byte[] proofKey() {
        return Digest.sha256(label("xsp1 claim key"), secret).bytes();
    }

    /** Whether a claim issued then may still be used now, by the hub's clock. */
    public static boolean usableAt(Instant issuedAt, Instant now) {
        return !now.isBefore(issuedAt) && now.isBefore(issuedAt.plus(VALID_FOR));
    }

    private static byte[] print(VerifyKey rootKey) {
        return Arrays.copyOf(Digest.sha256(rootKey.bytes()).bytes(), HALF_BYTES);
    }

    private static byte[] label(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void put(byte[] bytes, int index, int fiveBits) {
        for (int bit = 0; bit < 5; bit++) {
            int at = index * 5 + bit;
            if ((fiveBits >> (4 - bit) & 1) == 1) {
                bytes[at / 8] |= (byte) (0x80 >> at % 8);
            }
        }
    }

    private static int get(byte[] bytes, int index) {
        int value = 0;
        for (int bit = 0; bit < 5; bit++) {
            int at = index * 5 + bit;
            value = value << 1 | bytes[at / 8] >> (7 - at % 8) & 1;
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClaimCode that
                && MessageDigest.isEqual(secret, that.secret)
                && MessageDigest.isEqual(rootPrint, that.rootPrint);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rootPrint);
    }

    @Override
    public String toString() {
        return "ClaimCode[" + claimId() + "]";
    }
}
