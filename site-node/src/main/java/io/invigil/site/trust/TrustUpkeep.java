package io.invigil.site.trust;

import io.invigil.protocol.trust.TrustBundle;
import io.invigil.protocol.trust.TrustVerdict;
import io.invigil.protocol.trust.TrustWalk;
import io.invigil.site.technician.TrustKeeper;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Keeps the node's trust fresh: walks to the newest trust root, takes revocations, has certificates
 * renewed (XSP/1 sections 8 and 10). Whatever fails leaves what is in force. One thread.
 */
public final class TrustUpkeep {
    private final TrustKeeper trust;
    private final RevocationKeeper revocations;
    private final CertificateRenewal renewal;
    private final BiConsumer<String, String> alarm;
    private final Map<String, String> told = new HashMap<>();

    /**
     * @param alarm code and detail for the technician
     */
    public TrustUpkeep(
            TrustKeeper trust,
            RevocationKeeper revocations,
            CertificateRenewal renewal,
            BiConsumer<String, String> alarm) {
        this.trust = trust;
        this.revocations = revocations;
        this.renewal = renewal;
        this.alarm = alarm;
    }

    /** Takes what the hub, or a stick, states about keys. */
    public void take(TrustBundle bundle) {
        switch (TrustWalk.walk(trust.root(), bundle.rootEnvelopes())) {
            case TrustVerdict.Trusted trusted -> {
                if (trusted.advanced()) {
                    trust.advance(trusted.root(), bundle.rootEnvelopes());
                    tell("TRUST_ROOT_ADVANCED", "version " + trusted.root().version());
                }
                bundle.revocationsEnvelope().ifPresent(this::revocations);
            }
            case TrustVerdict.Refused refused -> tell(refused.reason().name(), refused.detail());
        }
    }

    private void revocations(byte[] envelope) {
        if (revocations.take(envelope) == RevocationKeeper.Verdict.REFUSED) {
            tell("REVOCATIONS_REFUSED", "held version " + revocations.version());
        }
        if (revocations.ownKeyRevoked()) {
            tell("NODE_KEY_REVOKED", "what this node sends waits for review at the hub");
        }
    }

    /** Asks for new certificates when it is time; works without any certificate. */
    public void renew() {
        switch (renewal.ifDue()) {
            case RenewalDecision.NotDue none -> {}
            case RenewalDecision.Renewed renewed ->
                    tell("CERTIFICATES_RENEWED", "until " + renewed.until());
            case RenewalDecision.Refused refused -> tell(refused.code(), refused.detail());
        }
    }

    /** Once for each state of affairs: the hub is asked often. */
    private void tell(String code, String detail) {
        if (!detail.equals(told.put(code, detail))) {
            alarm.accept(code, detail);
        }
    }
}
