package io.invigil.protocol.crypto;

/** An HPKE message: the encapsulated key (32 bytes) and the ciphertext with its 16-byte tag. */
@SuppressWarnings("ArrayRecordComponent")
public record Sealed(byte[] enc, byte[] ciphertext) {
    public static final int ENC_BYTES = 32;

    /** Joins both parts; {@link #split} reverses it. */
    public byte[] joined() {
        byte[] out = new byte[enc.length + ciphertext.length];
        System.arraycopy(enc, 0, out, 0, enc.length);
        System.arraycopy(ciphertext, 0, out, enc.length, ciphertext.length);
        return out;
    }

    /**
     * Splits a joined message.
     *
     * @throws IllegalArgumentException when it is shorter than an encapsulated key
     */
    public static Sealed split(byte[] joined) {
        if (joined.length < ENC_BYTES) {
            throw new IllegalArgumentException("a sealed message is longer than 32 bytes");
        }
        return new Sealed(
                java.util.Arrays.copyOf(joined, ENC_BYTES),
                java.util.Arrays.copyOfRange(joined, ENC_BYTES, joined.length));
    }
}
