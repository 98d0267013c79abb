package io.invigil.exam.code;

import io.invigil.protocol.crypto.Base64Text;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.crypto.VerifyKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The signed content of a certificate's QR: {@code IVC1.} and base64url of {@code version u8 | key
 * id[8] | day u32 | (len u8, UTF-8) × 6 | Ed25519 signature[64]}. The signature is over the DSSE
 * encoding of everything before it. A certificate with Chinese names takes about 300 characters;
 * behind an address ({@code https://…/verify#IVC1.…}) that is QR version 13 to 15 at level M. It
 * says what was issued, not whether it was revoked since: that needs the centre. Stateless.
 */
public final class CertificateCode {
    public static final String PREFIX = "IVC1.";
    public static final String TYPE = "application/vnd.invigil.certificate.v1";
    public static final int CHARS_MAX = 1_800;
    private static final int KEY_ID_BYTES = 8;
    private static final int FIELDS = 6;
    private static final byte VERSION = 1;

    private CertificateCode() {}

    /** Outcome of a check. */
    public sealed interface Outcome {
        /**
         * @param issuerKey id of the key that signed
         */
        record Genuine(CertificateFacts facts, Digest issuerKey) implements Outcome {}

        record Refused(Reason reason) implements Outcome {}
    }

    /** Why a code is not accepted. */
    public enum Reason {
        CERTIFICATE_CODE_MALFORMED,
        /** Signed by a key that is none of the issuer's. */
        CERTIFICATE_CODE_UNKNOWN_ISSUER,
        CERTIFICATE_CODE_FORGED
    }

    /** The content for the QR. */
    public static String sign(CertificateFacts facts, SigningKey issuerKey) {
        byte[] body = body(facts, issuerKey.verifyKey());
        byte[] signature = issuerKey.sign(TYPE, body);
        byte[] all = Arrays.copyOf(body, body.length + signature.length);
        System.arraycopy(signature, 0, all, body.length, signature.length);
        return PREFIX + Base64Text.encodeUrl(all);
    }

    /**
     * Checks a code from its content alone.
     *
     * @param scanned the content, also behind an address and {@code #}
     * @param issuerKeys the issuer's public keys, old ones too
     */
    public static Outcome verify(String scanned, Collection<VerifyKey> issuerKeys) {
        int start = scanned.indexOf(PREFIX);
        if (start < 0 || scanned.length() - start > CHARS_MAX || scanned.length() > 2 * CHARS_MAX) {
            return new Outcome.Refused(Reason.CERTIFICATE_CODE_MALFORMED);
        }
        Optional<byte[]> all =
                Base64Text.decodeUrl(scanned.substring(start + PREFIX.length()).strip());
        if (all.isEmpty() || all.get().length <= VerifyKey.SIGNATURE_BYTES + 1 + KEY_ID_BYTES) {
            return new Outcome.Refused(Reason.CERTIFICATE_CODE_MALFORMED);
        }
        int bodyLength = all.get().length - VerifyKey.SIGNATURE_BYTES;
        byte[] body = Arrays.copyOf(all.get(), bodyLength);
        byte[] signature = Arrays.copyOfRange(all.get(), bodyLength, all.get().length);
        Optional<CertificateFacts> facts = facts(body);
        if (facts.isEmpty()) {
            return new Outcome.Refused(Reason.CERTIFICATE_CODE_MALFORMED);
        }
        byte[] keyId = Arrays.copyOfRange(body, 1, 1 + KEY_ID_BYTES);
        Optional<VerifyKey> issuer =
                issuerKeys.stream().filter(key -> Arrays.equals(shortId(key), keyId)).findFirst();
        if (issuer.isEmpty()) {
            return new Outcome.Refused(Reason.CERTIFICATE_CODE_UNKNOWN_ISSUER);
        }
        return issuer.get().verify(TYPE, body, signature)
                ? new Outcome.Genuine(facts.get(), issuer.get().keyId())
                : new Outcome.Refused(Reason.CERTIFICATE_CODE_FORGED);
    }

    private static byte[] body(CertificateFacts facts, VerifyKey key) {
        ByteBuffer out = ByteBuffer.allocate(CHARS_MAX);
        out.put(VERSION).put(shortId(key)).putInt((int) facts.issuedOn().toEpochDay());
        for (String field : fields(facts)) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            out.put((byte) bytes.length).put(bytes);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static List<String> fields(CertificateFacts facts) {
        return List.of(
                facts.number(),
                facts.holder(),
                facts.maskedId(),
                facts.certificate(),
                facts.level(),
                facts.issuer());
    }

    private static Optional<CertificateFacts> facts(byte[] body) {
        ByteBuffer in = ByteBuffer.wrap(body);
        if (in.remaining() < 1 + KEY_ID_BYTES + Integer.BYTES || in.get() != VERSION) {
            return Optional.empty();
        }
        in.position(in.position() + KEY_ID_BYTES);
        int day = in.getInt();
        List<String> fields = new ArrayList<>();
        try {
            for (int i = 0; i < FIELDS; i++) {
                int length = in.hasRemaining() ? in.get() & 0xff : Integer.MAX_VALUE;
                if (length > in.remaining()) {
                    return Optional.empty();
                }
                byte[] bytes = new byte[length];
                in.get(bytes);
                fields.add(
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(bytes))
                                .toString());
            }
            if (in.hasRemaining()) {
                return Optional.empty();
            }
            return Optional.of(
                    new CertificateFacts(
                            fields.get(0),
                            fields.get(1),
                            fields.get(2),
                            fields.get(3),
                            fields.get(4),
                            fields.get(5),
                            LocalDate.ofEpochDay(day)));
        } catch (CharacterCodingException | DateTimeException | IllegalArgumentException bad) {
            return Optional.empty();
        }
    }

    private static byte[] shortId(VerifyKey key) {
        return Arrays.copyOf(key.keyId().bytes(), KEY_ID_BYTES);
    }
}
