package io.invigil.protocol.trust;

import io.invigil.protocol.json.Json;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What {@code GET /x1/trust} answers, and the file {@code trust.json} on a stick: every trust root
 * from the oldest version still walked from to the newest, and the revocations. Nothing of it is
 * believed before {@link TrustWalk} and {@link Revocations#read} have judged it.
 *
 * @param roots signed envelopes in base64, ascending versions
 * @param revocations signed envelope in base64; empty text when nothing was ever revoked
 */
public record TrustBundle(List<String> roots, String revocations) {
    public static final int ROOTS_MAX = TrustWalk.STEPS_MAX;
    public static final int BYTES_MAX = 8 * 1024 * 1024;

    public TrustBundle {
        roots = List.copyOf(roots);
        if (roots.isEmpty() || roots.size() > ROOTS_MAX || revocations == null) {
            throw new IllegalArgumentException("a trust bundle has 1 to 64 roots");
        }
        roots.forEach(Base64.getDecoder()::decode);
        Base64.getDecoder().decode(revocations);
    }

    /** Of envelopes as {@link TrustRoot#sign} and {@link Revocations#sign} give them. */
    public static TrustBundle of(List<byte[]> rootEnvelopes, Optional<byte[]> revocations) {
        return new TrustBundle(
                rootEnvelopes.stream().map(Base64.getEncoder()::encodeToString).toList(),
                revocations.map(Base64.getEncoder()::encodeToString).orElse(""));
    }

    /** Reads an answer; empty when malformed or too long. */
    public static Optional<TrustBundle> read(byte[] json) {
        return json.length > BYTES_MAX ? Optional.empty() : Json.read(json, TrustBundle.class);
    }

    public List<byte[]> rootEnvelopes() {
        return roots.stream().map(Base64.getDecoder()::decode).toList();
    }

    public Optional<byte[]> revocationsEnvelope() {
        return revocations.isEmpty()
                ? Optional.empty()
                : Optional.of(Base64.getDecoder().decode(revocations));
    }
}
