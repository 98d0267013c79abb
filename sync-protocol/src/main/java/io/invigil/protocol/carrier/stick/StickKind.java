package io.invigil.protocol.carrier.stick;

import java.util.Arrays;
import java.util.Optional;

/** What a file on a stick is, by its first four bytes; in the order of reading. */
public enum StickKind {
    /** Signed messages: Hello, receipt, offer, bitmap, key release. */
    MESSAGE("XSM1", "xsm", 64 * 1024),
    BUNDLE("XSB1", "xsb", 8 * 1024 * 1024),
    CHUNK("XSC1", "xsc", 64 * 1024);

    private final String magic;
    private final String extension;
    private final int bytesMax;

    StickKind(String magic, String extension, int bytesMax) {
        this.magic = magic;
        this.extension = extension;
        this.bytesMax = bytesMax;
    }

    public String extension() {
        return extension;
    }

    /** Files of this kind that are longer are not read. */
    public int bytesMax() {
        return bytesMax;
    }

    /** The kind of these first bytes. */
    public static Optional<StickKind> of(byte[] firstBytes) {
        if (firstBytes.length < 4) {
            return Optional.empty();
        }
        String magic = new String(firstBytes, 0, 4, java.nio.charset.StandardCharsets.ISO_8859_1);
        return Arrays.stream(values()).filter(kind -> kind.magic.equals(magic)).findFirst();
    }
}
