package io.invigil.site.blob;

import io.invigil.protocol.blob.BlobManifest;
import io.invigil.protocol.crypto.Aead;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.KeyDerivation;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * One blob at rest: {@code "IVB1" | salt (16) | u32 length | sealed manifest | sealed chunks}. Each
 * part is AES-256-GCM under a key of the file's own (HKDF of the exam's key, salt and digest), its
 * nonce the part's number, so that one chunk is read without the others. Stateless.
 */
final class BlobFile {
    private static final byte[] MAGIC = "IVB1".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_BYTES = 16;
    private static final int FRONT_BYTES = MAGIC.length + SALT_BYTES + Integer.BYTES;

    /** 512 chunk digests and what stands around them. */
    private static final int HEAD_BYTES_MAX = 64 * 1024;

    private BlobFile() {}

    static byte[] encode(BlobManifest manifest, byte[] content, byte[] examKey, Entropy entropy) {
        byte[] salt = entropy.bytes(SALT_BYTES);
        byte[] key = key(examKey, salt, manifest.sha256());
        byte[] head = seal(key, manifest.sha256(), 0, Json.write(manifest));
        int sealed = content.length + manifest.chunks().size() * Aead.TAG_BYTES;
        ByteBuffer out = ByteBuffer.allocate(FRONT_BYTES + head.length + sealed);
        out.put(MAGIC).put(salt).putInt(head.length).put(head);
        for (int i = 0; i < manifest.chunks().size(); i++) {
            int at = (int) manifest.offset(i);
            byte[] chunk = Arrays.copyOfRange(content, at, at + manifest.lengthOf(i));
            out.put(seal(key, manifest.sha256(), i + 1, chunk));
        }
        return out.array();
    }

    /** The manifest; empty when the file is missing or any byte of its head differs. */
    static Optional<BlobManifest> manifest(Path file, Digest digest, byte[] examKey)
            throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            return front(in, digest, examKey).map(Front::manifest);
        }
    }

    /** One chunk; empty when the file is missing or any byte of head or chunk differs. */
    static Optional<byte[]> chunk(Path file, Digest digest, int index, byte[] examKey)
            throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            Optional<Front> front = front(in, digest, examKey);
            return front.isPresent() ? chunk(in, front.get(), digest, index) : Optional.empty();
        }
    }

    /** The whole content; empty when any byte differs. */
    static Optional<byte[]> content(Path file, Digest digest, byte[] examKey) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            Optional<Front> front = front(in, digest, examKey);
            if (front.isEmpty()) {
                return Optional.empty();
            }
            BlobManifest manifest = front.get().manifest();
            ByteBuffer content = ByteBuffer.allocate((int) manifest.length());
            for (int i = 0; i < manifest.chunks().size(); i++) {
                Optional<byte[]> chunk = chunk(in, front.get(), digest, i);
                if (chunk.isEmpty()) {
                    return Optional.empty();
                }
                content.put(chunk.get());
            }
            return Digest.sha256(content.array()).equals(digest)
                    ? Optional.of(content.array())
                    : Optional.empty();
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Front(byte[] key, BlobManifest manifest, long chunksAt) {}

    private static Optional<Front> front(RandomAccessFile in, Digest digest, byte[] examKey)
            throws IOException {
        byte[] magic = new byte[MAGIC.length];
        byte[] salt = new byte[SALT_BYTES];
        if (in.length() < FRONT_BYTES) {
            return Optional.empty();
        }
        in.readFully(magic);
        in.readFully(salt);
        int length = in.readInt();
        boolean sane =
                Arrays.equals(magic, MAGIC)
                        && length >= Aead.TAG_BYTES
                        && length <= HEAD_BYTES_MAX
                        && in.length() - FRONT_BYTES >= length;
        if (!sane) {
            return Optional.empty();
        }
        byte[] head = new byte[length];
        in.readFully(head);
        byte[] key = key(examKey, salt, digest);
        return open(key, digest, 0, head)
                .flatMap(json -> Json.read(json, BlobManifest.class))
                .filter(manifest -> manifest.sha256().equals(digest))
                .map(manifest -> new Front(key, manifest, FRONT_BYTES + (long) length));
    }

    private static Optional<byte[]> chunk(
            RandomAccessFile in, Front front, Digest digest, int index) throws IOException {
        BlobManifest manifest = front.manifest();
        if (index < 0 || index >= manifest.chunks().size()) {
            return Optional.empty();
        }
        long at = front.chunksAt() + (long) index * (manifest.chunkLength() + Aead.TAG_BYTES);
        byte[] sealed = new byte[manifest.lengthOf(index) + Aead.TAG_BYTES];
        if (in.length() < at + sealed.length) {
            return Optional.empty();
        }
        in.seek(at);
        in.readFully(sealed);
        return open(front.key(), digest, index + 1, sealed)
                .filter(chunk -> manifest.accepts(index, chunk));
    }

    private static byte[] key(byte[] examKey, byte[] salt, Digest digest) {
        return KeyDerivation.hkdf(
                examKey, salt, "invigil room blob " + digest.hex(), Aead.KEY_BYTES);
    }

    private static byte[] seal(byte[] key, Digest digest, int part, byte[] plain) {
        return Aead.encrypt(key, nonce(part), digest.bytes(), plain);
    }

    private static Optional<byte[]> open(byte[] key, Digest digest, int part, byte[] sealed) {
        return Aead.decrypt(key, nonce(part), digest.bytes(), sealed);
    }

    private static byte[] nonce(int part) {
        return ByteBuffer.allocate(Aead.NONCE_BYTES).putInt(Aead.NONCE_BYTES - 4, part).array();
    }
}
