package io.invigil.protocol.blob;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.Sealed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One sealed chunk: {@code "XSC1" | blob[32] | u32 index | sealKeyId[32] | sealed}. Not signed: its
 * digest stands in a signed manifest. The 72 bytes before the seal are additional data.
 */
@SuppressWarnings("ArrayRecordComponent")
public record BlobChunk(Digest blob, int index, Digest sealKeyId, Sealed sealed) {
    public static final int BYTES_MAX = 60 * 1024;
    private static final byte[] MAGIC = "XSC1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD_BYTES = 4 + Digest.BYTES + 4 + Digest.BYTES;
    private static final int SEAL_BYTES = Sealed.ENC_BYTES + 16;
    private static final String INFO = "xsp/1 chunk";

    /** Seals chunk bytes to the hub. */
    public static BlobChunk seal(
            Digest blob, int index, byte[] content, SealPublicKey hub, Entropy entropy) {
        byte[] head = head(blob, index, hub.keyId());
        return new BlobChunk(blob, index, hub.keyId(), hub.seal(INFO, head, content, entropy));
    }

    public byte[] encode() {
        byte[] joined = sealed.joined();
        return ByteBuffer.allocate(HEAD_BYTES + joined.length)
                .put(head(blob, index, sealKeyId))
                .put(joined)
                .array();
    }

    /** Reads the outer form; empty when it is not a chunk or too long. */
    public static Optional<BlobChunk> decode(byte[] bytes) {
        if (bytes.length < HEAD_BYTES + SEAL_BYTES
                || bytes.length > BYTES_MAX
                || !Arrays.equals(bytes, 0, 4, MAGIC, 0, 4)) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 4, bytes.length - 4);
        byte[] blob = new byte[Digest.BYTES];
        byte[] keyId = new byte[Digest.BYTES];
        in.get(blob);
        int index = in.getInt();
        in.get(keyId);
        byte[] joined = new byte[in.remaining()];
        in.get(joined);
        if (index < 0 || index >= BlobManifest.CHUNKS_MAX) {
            return Optional.empty();
        }
        return Optional.of(
                new BlobChunk(Digest.of(blob), index, Digest.of(keyId), Sealed.split(joined)));
    }

    /** The content; empty when the key is another or any byte differs. */
    public Optional<byte[]> open(SealKey hub) {
        return hub.open(INFO, head(blob, index, sealKeyId), sealed);
    }

    private static byte[] head(Digest blob, int index, Digest keyId) {
        return ByteBuffer.allocate(HEAD_BYTES)
                .put(MAGIC)
                .put(blob.bytes())
                .putInt(index)
                .put(keyId.bytes())
                .array();
    }
}
