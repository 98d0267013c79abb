package io.invigil.protocol.trust;

import io.invigil.protocol.crypto.SignedEnvelope;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.trust.TrustVerdict.Reason;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges trust roots: the first one by a claim code, later ones step by step (fault row 56). Pure.
 */
public final class TrustWalk {
    /** A node that missed more versions than this enrols again. */
    public static final int STEPS_MAX = 64;

    private TrustWalk() {}

    /** Accepts the first trust root of a fresh node: the one whose key the claim code names. */
    public static TrustVerdict first(ClaimCode claim, byte[] envelope) {
        return parse(envelope)
                .map(step -> first(claim, step))
                .orElseGet(() -> refused(Reason.ROOT_NOT_AN_ENVELOPE, ""));
    }

    private static TrustVerdict first(ClaimCode claim, Step step) {
        if (step.root().isEmpty()) {
            return refused(step.problem(), "");
        }
        TrustRoot root = step.root().get();
        VerifyKey own = root.rootVerifyKey();
        if (!claim.names(own)) {
            return refused(Reason.ROOT_NOT_OF_CLAIM, root.realm());
        }
        // the key before it is unknown here: the own signature must stand, others are not judged
        return step.envelope().hasValidSignatureOf(own)
                ? new TrustVerdict.Trusted(root, true)
                : refused(Reason.ROOT_BAD_SIGNATURE, "version " + root.version());
    }

    /**
     * Walks from the root held to the newest of the chain.
     *
     * @param envelopes versions in ascending order; those below the one held are passed over
     */
    public static TrustVerdict walk(TrustRoot held, List<byte[]> envelopes) {
        if (envelopes.size() > STEPS_MAX) {
            return refused(Reason.ROOT_CHAIN_TOO_LONG, envelopes.size() + " versions");
        }
        TrustRoot current = held;
        for (byte[] envelope : envelopes) {
            Optional<Step> parsed = parse(envelope);
            if (parsed.isEmpty()) {
                return refused(Reason.ROOT_NOT_AN_ENVELOPE, "after " + current.version());
            }
            if (parsed.get().root().isEmpty()) {
                return refused(parsed.get().problem(), "after " + current.version());
            }
            TrustRoot next = parsed.get().root().get();
            Optional<Reason> problem = problemOf(current, next, parsed.get().envelope());
            if (problem.isPresent()) {
                return refused(problem.get(), next.version() + " after " + current.version());
            }
            current = next.version() > current.version() ? next : current;
        }
        return new TrustVerdict.Trusted(current, current.version() > held.version());
    }

    private static Optional<Reason> problemOf(
            TrustRoot current, TrustRoot next, SignedEnvelope envelope) {
        if (!next.realm().equals(current.realm())) {
            return Optional.of(Reason.ROOT_OTHER_REALM);
        }
        if (!next.suite().equals(Suite.ED25519_X25519_AES256GCM)) {
            return Optional.of(Reason.ROOT_OTHER_SUITE);
        }
        if (next.version() < current.version()) {
            return Optional.empty();
        }
        if (next.version() == current.version()) {
            return next.digest().equals(current.digest())
                    ? Optional.empty()
                    : Optional.of(Reason.ROOT_VERSION_REUSED);
        }
        if (next.version() > current.version() + 1) {
            return Optional.of(Reason.ROOT_VERSION_SKIPPED);
        }
        Set<VerifyKey> signers = new LinkedHashSet<>(List.of(current.rootVerifyKey()));
        signers.add(next.rootVerifyKey());
        return envelope.keyIds().size() == signers.size() && envelope.isSignedOnlyBy(signers)
                ? Optional.empty()
                : Optional.of(Reason.ROOT_BAD_SIGNATURE);
    }

    private record Step(SignedEnvelope envelope, Optional<TrustRoot> root, Reason problem) {}

    private static Optional<Step> parse(byte[] bytes) {
        return SignedEnvelope.decode(bytes, TrustRoot.BYTES_MAX)
                .map(
                        envelope -> {
                            if (!envelope.type().equals(TrustRoot.TYPE)) {
                                return new Step(envelope, Optional.empty(), Reason.ROOT_OTHER_TYPE);
                            }
                            return new Step(
                                    envelope,
                                    Json.read(envelope.unverifiedPayload(), TrustRoot.class),
                                    Reason.ROOT_MALFORMED);
                        });
    }

    private static TrustVerdict refused(Reason reason, String detail) {
        return new TrustVerdict.Refused(reason, detail);
    }
}
