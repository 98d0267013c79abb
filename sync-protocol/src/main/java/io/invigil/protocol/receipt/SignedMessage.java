package io.invigil.protocol.receipt;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.json.Canonical;
import io.invigil.protocol.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A typed, signed message (all but bundles and chunks).
 *
 * <pre>
 * magic "XSM1" | u8 typeLen | type | u32 payloadLen | payload | u8 nSig | { keyId[32] sig[64] }*
 * </pre>
 *
 * Signed is DSSE PAE(type, payload). The form is exact: no byte before, after or between. Immutable
 * by convention: the arrays are not to be changed.
 */
@SuppressWarnings("ArrayRecordComponent")
public record SignedMessage(MessageType type, byte[] payload, List<Signature> signatures) {
    public static final int BYTES_MAX = 60 * 1024;
    private static final byte[] MAGIC = "XSM1".getBytes(StandardCharsets.US_ASCII);

    public SignedMessage {
        signatures = List.copyOf(signatures);
    }

    /** Signs a value written as JSON. */
    public static SignedMessage sign(MessageType type, Object value, SigningKey... keys) {
        return signPayload(type, Json.write(value), keys);
    }

    /** Signs payload bytes as they are. */
    public static SignedMessage signPayload(MessageType type, byte[] payload, SigningKey... keys) {
        List<Signature> signatures = new ArrayList<>();
        for (SigningKey key : keys) {
            signatures.add(new Signature(key.verifyKey().keyId(), key.sign(type.uri(), payload)));
        }
        return new SignedMessage(type, payload, signatures);
    }

    /** The bytes on the wire. */
    public byte[] encode() {
        byte[] uri = type.uri().getBytes(StandardCharsets.US_ASCII);
        int length = MAGIC.length + 1 + uri.length + 4 + payload.length + 1;
        var out = ByteBuffer.allocate(length + signatures.size() * Signature.BYTES);
        out.put(MAGIC).put((byte) uri.length).put(uri).putInt(payload.length).put(payload);
        out.put((byte) signatures.size());
        for (Signature signature : signatures) {
            out.put(signature.keyId().bytes()).put(signature.value());
        }
        return out.array();
    }

    /** Reads a message; empty when any byte is out of form or a limit is exceeded. */
    public static Optional<SignedMessage> decode(byte[] bytes) {
        if (bytes.length > BYTES_MAX || bytes.length < MAGIC.length + 1 + 4 + 1) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        int typeLength = in.get() & 0xff;
        if (!java.util.Arrays.equals(magic, MAGIC) || in.remaining() < typeLength + 5) {
            return Optional.empty();
        }
        byte[] uri = new byte[typeLength];
        in.get(uri);
        long payloadLength = in.getInt() & 0xffffffffL;
        if (payloadLength > in.remaining() - 1) {
            return Optional.empty();
        }
        byte[] payload = new byte[(int) payloadLength];
        in.get(payload);
        return readSignatures(in)
                .flatMap(
                        signatures ->
                                MessageType.of(new String(uri, StandardCharsets.US_ASCII))
                                        .map(t -> new SignedMessage(t, payload, signatures)));
    }

    /** Reads {@code u8 nSig | { keyId sig }*} up to the very end of the buffer. */
    public static Optional<List<Signature>> readSignatures(ByteBuffer in) {
        if (!in.hasRemaining()) {
            return Optional.empty();
        }
        int count = in.get() & 0xff;
        if (count < 1 || count > Signature.COUNT_MAX || in.remaining() != count * Signature.BYTES) {
            return Optional.empty();
        }
        List<Signature> signatures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] keyId = new byte[Digest.BYTES];
            byte[] value = new byte[VerifyKey.SIGNATURE_BYTES];
            in.get(keyId).get(value);
            signatures.add(new Signature(Digest.of(keyId), value));
        }
        return Optional.of(signatures);
    }

    /**
     * Whether every signature is valid and made by a key that the lookup knows. All must hold, so
     * that no byte of a message is without a check.
     */
    public boolean verifiedBy(Function<Digest, Optional<VerifyKey>> keys) {
        return signatures.stream()
                .allMatch(
                        s ->
                                keys.apply(s.keyId())
                                        .filter(k -> k.verify(type.uri(), payload, s.value()))
                                        .isPresent());
    }

    /** The payload as a value in its one spelling; empty otherwise. */
    public <T> Optional<T> read(Class<T> shape) {
        return Canonical.read(payload, shape);
    }

    /** SHA-256 of type and payload, without signatures: links receipts into their chain. */
    public Digest contentHash() {
        return Digest.sha256(io.invigil.protocol.crypto.Dsse.pae(type.uri(), payload));
    }
}
