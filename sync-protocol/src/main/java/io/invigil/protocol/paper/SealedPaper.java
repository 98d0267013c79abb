package io.invigil.protocol.paper;

import io.invigil.protocol.crypto.Aead;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The sealed-paper format: {@code "XSP1" | package id[16] | u16 nameLen | name | segment…}. Each
 * segment is AES-256-GCM over at most 64 KiB; its nonce is {@code index u64 | last u8 | 0[3]}, its
 * additional data the whole header. So no segment can be changed, moved, dropped, repeated or
 * appended (fault row 57), and no paper stands for another. A content key seals one content only.
 * Stateless.
 */
public final class SealedPaper {
    public static final int SEGMENT_BYTES = 64 * 1024;
    public static final int PLAINTEXT_BYTES_MAX = 60 * 1024 * 1024;
    static final int PACKAGE_ID_BYTES = 16;
    private static final int NAME_BYTES_MAX = 480;
    private static final byte[] MAGIC = "XSP1".getBytes(StandardCharsets.US_ASCII);

    private SealedPaper() {}

    /** Outcome of opening. */
    public sealed interface Outcome {
        record Opened(byte[] content) implements Outcome {}

        record Refused(Reason reason) implements Outcome {}
    }

    /** Why a sealed paper is refused; another source may hold a good copy. */
    public enum Reason {
        PAPER_NOT_SEALED_FORMAT,
        PAPER_OTHER_PACKAGE,
        PAPER_OTHER_NAME,
        /** Changed, cut or lengthened, or sealed under another key. */
        PAPER_DAMAGED,
        PAPER_TOO_LARGE
    }

    /**
     * Seals a content under a key that was never used before.
     *
     * @param packageId 32 hexadecimal digits
     * @param name part name
     */
    public static byte[] seal(byte[] contentKey, String packageId, String name, byte[] content) {
        if (content.length > PLAINTEXT_BYTES_MAX) {
            throw new IllegalArgumentException("a paper has at most " + PLAINTEXT_BYTES_MAX);
        }
        byte[] header = header(packageId, name);
        int segments = Math.max(1, (content.length + SEGMENT_BYTES - 1) / SEGMENT_BYTES);
        var out =
                new ByteArrayOutputStream(
                        header.length + content.length + segments * Aead.TAG_BYTES);
        out.writeBytes(header);
        for (int index = 0; index < segments; index++) {
            int from = index * SEGMENT_BYTES;
            byte[] plain =
                    Arrays.copyOfRange(
                            content, from, Math.min(content.length, from + SEGMENT_BYTES));
            boolean last = index == segments - 1;
            out.writeBytes(Aead.encrypt(contentKey, nonce(index, last), header, plain));
        }
        return out.toByteArray();
    }

    /** Opens a sealed content; nothing of it is given out before all of it is verified. */
    public static Outcome open(byte[] contentKey, String packageId, String name, byte[] sealed) {
        Optional<Reason> problem = headerProblem(packageId, name, sealed);
        if (problem.isPresent()) {
            return new Outcome.Refused(problem.get());
        }
        byte[] header = header(packageId, name);
        var out = new ByteArrayOutputStream(sealed.length - header.length);
        int at = header.length;
        long index = 0;
        boolean last;
        do {
            int end = Math.min(sealed.length, at + SEGMENT_BYTES + Aead.TAG_BYTES);
            last = end == sealed.length;
            Optional<byte[]> plain =
                    Aead.decrypt(
                            contentKey,
                            nonce(index++, last),
                            header,
                            Arrays.copyOfRange(sealed, at, end));
            if (plain.isEmpty()) {
                return new Outcome.Refused(Reason.PAPER_DAMAGED);
            }
            out.writeBytes(plain.get());
            at = end;
        } while (!last);
        return new Outcome.Opened(out.toByteArray());
    }

    private static Optional<Reason> headerProblem(String packageId, String name, byte[] sealed) {
        int fixed = MAGIC.length + PACKAGE_ID_BYTES + Short.BYTES;
        if (sealed.length < fixed + Aead.TAG_BYTES
                || !Arrays.equals(sealed, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return Optional.of(Reason.PAPER_NOT_SEALED_FORMAT);
        }
        byte[] header = header(packageId, name);
        int idEnd = MAGIC.length + PACKAGE_ID_BYTES;
        if (!Arrays.equals(sealed, 0, idEnd, header, 0, idEnd)) {
            return Optional.of(Reason.PAPER_OTHER_PACKAGE);
        }
        if (sealed.length < header.length
                || !Arrays.equals(sealed, 0, header.length, header, 0, header.length)) {
            return Optional.of(Reason.PAPER_OTHER_NAME);
        }
        long segments = 1 + (long) PLAINTEXT_BYTES_MAX / SEGMENT_BYTES;
        return sealed.length - header.length > PLAINTEXT_BYTES_MAX + segments * Aead.TAG_BYTES
                ? Optional.of(Reason.PAPER_TOO_LARGE)
                : Optional.empty();
    }

    private static byte[] header(String packageId, String name) {
        byte[] id = HexFormat.of().parseHex(packageId);
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        if (id.length != PACKAGE_ID_BYTES || nameBytes.length > NAME_BYTES_MAX) {
            throw new IllegalArgumentException("package id or part name out of range");
        }
        return ByteBuffer.allocate(MAGIC.length + id.length + Short.BYTES + nameBytes.length)
                .put(MAGIC)
                .put(id)
                .putShort((short) nameBytes.length)
                .put(nameBytes)
                .array();
    }

    private static byte[] nonce(long index, boolean last) {
        return ByteBuffer.allocate(Aead.NONCE_BYTES)
                .putLong(index)
                .put((byte) (last ? 1 : 0))
                .array();
    }
}
