package io.invigil.protocol.ledger.segment;

import io.invigil.protocol.crypto.Aead;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.Sealed;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Start of a segment file: {@code "XSP1SEG\n" | u32 length | JSON | u32 crc32c of all before}. The
 * JSON names the segment and holds its random AES-256-GCM key twice: under the node's wrapping key,
 * and sealed by HPKE to the hub's recovery key.
 */
public final class SegmentHeader {
    public static final int VERSION = 1;
    public static final int JSON_BYTES_MAX = 4096;

    private static final byte[] MAGIC = "XSP1SEG\n".getBytes(StandardCharsets.US_ASCII);
    private static final String SEAL_INFO = "xsp1 ledger segment key";

    private final SegmentIdentity identity;
    private final byte[] wrappedKey;
    private final Digest recoveryKeyId;
    private final Sealed recoverySealed;
    private final byte[] encoded;
    private final Digest digest;

    private SegmentHeader(
            SegmentIdentity identity,
            byte[] wrappedKey,
            Digest recoveryKeyId,
            Sealed recoverySealed,
            byte[] encoded) {
        this.identity = identity;
        this.wrappedKey = wrappedKey;
        this.recoveryKeyId = recoveryKeyId;
        this.recoverySealed = recoverySealed;
        this.encoded = encoded;
        this.digest = Digest.sha256(encoded);
    }

    /** Makes the header of a new segment whose key is {@code segmentKey}. */
    public static SegmentHeader create(
            SegmentIdentity identity,
            byte[] segmentKey,
            byte[] wrappingKey,
            SealPublicKey recoveryKey,
            Entropy entropy) {
        byte[] aad = identity.associatedData();
        byte[] nonce = entropy.bytes(Aead.NONCE_BYTES);
        byte[] wrapped = concat(nonce, Aead.encrypt(wrappingKey, nonce, aad, segmentKey));
        Sealed sealed = recoveryKey.seal(SEAL_INFO, aad, segmentKey, entropy);
        byte[] encoded = encode(identity, wrapped, recoveryKey.keyId(), sealed);
        return new SegmentHeader(identity, wrapped, recoveryKey.keyId(), sealed, encoded);
    }

    /** Reads the header at the start of a file; empty when it is damaged or of another format. */
    public static Optional<SegmentHeader> decode(byte[] file) {
        if (file.length < MAGIC.length + 8
                || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(file);
        int jsonLength = buffer.getInt(MAGIC.length);
        int checked = MAGIC.length + 4 + jsonLength;
        if (jsonLength < 2 || jsonLength > JSON_BYTES_MAX || file.length < checked + 4) {
            return Optional.empty();
        }
        CRC32C crc = new CRC32C();
        crc.update(file, 0, checked);
        if ((int) crc.getValue() != buffer.getInt(checked)) {
            return Optional.empty();
        }
        byte[] json = Arrays.copyOfRange(file, MAGIC.length + 4, checked);
        return Json.read(json, Wire.class)
                .filter(wire -> wire.v == VERSION)
                .flatMap(wire -> fromWire(wire, Arrays.copyOf(file, checked + 4)));
    }

    /** The segment's key, unwrapped with the node's wrapping key; empty when it is another's. */
    public Optional<byte[]> segmentKey(byte[] wrappingKey) {
        byte[] nonce = Arrays.copyOf(wrappedKey, Aead.NONCE_BYTES);
        byte[] sealed = Arrays.copyOfRange(wrappedKey, Aead.NONCE_BYTES, wrappedKey.length);
        return Aead.decrypt(wrappingKey, nonce, identity.associatedData(), sealed);
    }

    /** The segment's key, opened with the hub's recovery key; empty when it is another's. */
    public Optional<byte[]> segmentKey(SealKey recoveryKey) {
        if (!recoveryKey.publicKey().keyId().equals(recoveryKeyId)) {
            return Optional.empty();
        }
        return recoveryKey.open(SEAL_INFO, identity.associatedData(), recoverySealed);
    }

    public SegmentIdentity identity() {
        return identity;
    }

    /** The bytes as they stand in the file (a copy). */
    public byte[] encoded() {
        return encoded.clone();
    }

    public int length() {
        return encoded.length;
    }

    /** SHA-256 of the encoded header: additional data of every batch in the segment. */
    public Digest digest() {
        return digest;
    }

    private static byte[] encode(
            SegmentIdentity id, byte[] wrapped, Digest recoveryKeyId, Sealed sealed) {
        byte[] json =
                Json.write(
                        new Wire(
                                VERSION,
                                id.suite(),
                                id.realm().value(),
                                id.node().value(),
                                id.epoch().hex(),
                                id.parent().map(EpochId::hex).orElse(""),
                                id.index(),
                                id.firstBatch(),
                                id.firstPosition(),
                                id.prevBatchHash().hex(),
                                Base64.getEncoder().encodeToString(wrapped),
                                recoveryKeyId.hex(),
                                Base64.getEncoder().encodeToString(sealed.joined())));
        ByteBuffer out = ByteBuffer.allocate(MAGIC.length + 4 + json.length + 4);
        out.put(MAGIC).putInt(json.length).put(json);
        CRC32C crc = new CRC32C();
        crc.update(out.array(), 0, out.position());
        return out.putInt((int) crc.getValue()).array();
    }

    private static Optional<SegmentHeader> fromWire(Wire wire, byte[] encoded) {
        try {
            Optional<EpochId> parent =
                    wire.parent.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new EpochId(wire.parent));
            var identity =
                    new SegmentIdentity(
                            wire.suite,
                            new Realm(wire.realm),
                            new NodeId(wire.node),
                            new EpochId(wire.epoch),
                            parent,
                            wire.index,
                            wire.firstBatch,
                            wire.firstPosition,
                            Digest.ofHex(wire.prevBatchHash));
            identity.name();
            byte[] wrapped = Base64.getDecoder().decode(wire.wrappedKey);
            if (wrapped.length != Aead.NONCE_BYTES + Aead.KEY_BYTES + Aead.TAG_BYTES
                    || wire.firstBatch < 1) {
                return Optional.empty();
            }
            return Optional.of(
                    new SegmentHeader(
                            identity,
                            wrapped,
                            Digest.ofHex(wire.recoveryKeyId),
                            Sealed.split(Base64.getDecoder().decode(wire.recoverySealed)),
                            encoded));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] out = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, out, first.length, second.length);
        return out;
    }

    /** The JSON of a header. */
    private record Wire(
            int v,
            String suite,
            String realm,
            String node,
            String epoch,
            String parent,
            int index,
            long firstBatch,
            long firstPosition,
            String prevBatchHash,
            String wrappedKey,
            String recoveryKeyId,
            String recoverySealed) {
        Wire {
            for (String field : Arrays.asList(suite, realm, node, epoch, parent, prevBatchHash)) {
                Objects.requireNonNull(field);
            }
            for (String field : Arrays.asList(wrappedKey, recoveryKeyId, recoverySealed)) {
                Objects.requireNonNull(field);
            }
        }
    }
}
