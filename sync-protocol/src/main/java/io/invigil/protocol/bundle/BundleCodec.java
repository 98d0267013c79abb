package io.invigil.protocol.bundle;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.json.Canonical;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.Signature;
import io.invigil.protocol.receipt.SignedMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Writes and reads bundles (XSP/1 section 4). Stateless and thread-safe.
 *
 * <pre>
 * magic "XSB1" | u32 headerLen | header | u32 bodyLen | body | u8 nSig | { keyId[32] sig[64] }*
 * </pre>
 */
public final class BundleCodec {
    private static final byte[] MAGIC = "XSB1".getBytes(StandardCharsets.US_ASCII);

    private BundleCodec() {}

    /**
     * Seals and signs consecutive records of one lane.
     *
     * @param records 1 or more, in order, one lane of one epoch
     * @return the bundle, or empty when it would exceed the limits: take fewer records
     */
    public static Optional<byte[]> encode(
            Realm realm,
            NodeId node,
            List<FactRecord> records,
            BundleContext context,
            BundleSeal.Sealer sealer,
            BundleLimits limits,
            SigningKey... signers) {
        FactRecord first = records.getFirst();
        FactRecord last = records.getLast();
        if (records.size() > limits.recordsMax()) {
            return Optional.empty();
        }
        byte[] plain = BundleBody.write(context, records);
        if (plain.length > limits.inflatedBytesMax()) {
            return Optional.empty();
        }
        var header =
                new BundleHeader(
                        BundleHeader.VERSION,
                        Suite.ED25519_X25519_AES256GCM,
                        realm,
                        node,
                        first.epoch(),
                        first.lane(),
                        first.seq(),
                        last.seq(),
                        sealer.keyId());
        byte[] headerBytes = Json.write(header);
        byte[] body = sealer.seal(headerBytes, Deflate.deflate(plain));
        int signedLength = MAGIC.length + 4 + headerBytes.length + 4 + body.length;
        int length = signedLength + 1 + signers.length * Signature.BYTES;
        if (length > limits.bytesMax()) {
            return Optional.empty();
        }
        byte[] signed =
                ByteBuffer.allocate(signedLength)
                        .put(MAGIC)
                        .putInt(headerBytes.length)
                        .put(headerBytes)
                        .putInt(body.length)
                        .put(body)
                        .array();
        ByteBuffer out = ByteBuffer.allocate(length).put(signed).put((byte) signers.length);
        for (SigningKey signer : signers) {
            out.put(signer.verifyKey().keyId().bytes());
            out.put(signer.sign(MessageType.BUNDLE.uri(), signed));
        }
        return Optional.of(out.array());
    }

    /** Reads the outer form under the limits; total: never throws whatever the bytes. */
    public static BundleParse parse(byte[] bytes, BundleLimits limits) {
        if (bytes.length > limits.bytesMax()) {
            return new BundleParse.Rejected(RejectReason.TOO_LARGE);
        }
        if (bytes.length < MAGIC.length || !Arrays.equals(bytes, 0, 4, MAGIC, 0, 4)) {
            return new BundleParse.Rejected(RejectReason.NOT_A_BUNDLE);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, MAGIC.length, bytes.length - MAGIC.length);
        Optional<byte[]> headerBytes = field(in, BundleHeader.BYTES_MAX);
        Optional<byte[]> body = headerBytes.flatMap(h -> field(in, limits.bytesMax()));
        if (headerBytes.isEmpty() || body.isEmpty()) {
            return new BundleParse.Rejected(RejectReason.TRUNCATED);
        }
        byte[] signed = Arrays.copyOf(bytes, in.position());
        Optional<List<Signature>> signatures = SignedMessage.readSignatures(in);
        if (signatures.isEmpty()) {
            return new BundleParse.Rejected(RejectReason.TRUNCATED);
        }
        Optional<BundleHeader> header = Canonical.read(headerBytes.get(), BundleHeader.class);
        if (header.isEmpty()) {
            return new BundleParse.Rejected(RejectReason.BAD_HEADER);
        }
        return new BundleParse.Parsed(
                new SealedBundle(
                        Digest.sha256(bytes),
                        header.get(),
                        headerBytes.get(),
                        body.get(),
                        signed,
                        signatures.get()));
    }

    /** Opens a bundle whose signatures were verified; total. */
    public static BundleOpening open(
            SealedBundle bundle, BundleSeal.Opener opener, BundleLimits limits) {
        BundleHeader header = bundle.header();
        if (!opener.knows(header.sealKeyId())) {
            return new BundleOpening.Rejected(RejectReason.UNKNOWN_SEAL_KEY);
        }
        if (header.range().count() > limits.recordsMax()) {
            return new BundleOpening.Rejected(RejectReason.TOO_MANY_RECORDS);
        }
        Optional<byte[]> deflated =
                opener.open(header.sealKeyId(), bundle.headerBytes(), bundle.body());
        if (deflated.isEmpty()) {
            return new BundleOpening.Rejected(RejectReason.NOT_OPENED);
        }
        return switch (Deflate.inflate(deflated.get(), limits.inflatedBytesMax())) {
            case Deflate.Inflated.Refused refused -> new BundleOpening.Rejected(refused.reason());
            case Deflate.Inflated.Plain plain -> BundleBody.read(bundle, plain.bytes());
        };
    }

    /** Reads {@code u32 length | bytes}; the length is checked before anything is allocated. */
    private static Optional<byte[]> field(ByteBuffer in, int bytesMax) {
        if (in.remaining() < 4) {
            return Optional.empty();
        }
        long length = in.getInt() & 0xffffffffL;
        if (length < 1 || length > bytesMax || length > in.remaining()) {
            return Optional.empty();
        }
        byte[] out = new byte[(int) length];
        in.get(out);
        return Optional.of(out);
    }
}
