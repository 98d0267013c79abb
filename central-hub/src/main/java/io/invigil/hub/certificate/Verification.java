package io.invigil.hub.certificate;

import io.invigil.exam.code.CertificateCode;
import io.invigil.exam.code.CertificateFacts;
import java.time.Instant;
import java.util.Optional;

/** What a stranger learns of a certificate. */
public sealed interface Verification {

    /** Issued and standing. */
    record Valid(CertificateFacts facts) implements Verification {}

    /** Was issued and later withdrawn. */
    record Revoked(CertificateFacts facts, String reason, Instant at) implements Verification {}

    /**
     * The code is signed by the issuer, but this centre has no such record.
     *
     * @param facts what the code itself says
     */
    record SignedOnly(CertificateFacts facts) implements Verification {}

    /** No certificate has this number. */
    record Unknown() implements Verification {}

    /** The scanned code is not ours. */
    record NotGenuine(CertificateCode.Reason reason) implements Verification {}

    /** What was issued, when anything was. */
    default Optional<CertificateFacts> certificate() {
        return switch (this) {
            case Valid valid -> Optional.of(valid.facts());
            case Revoked revoked -> Optional.of(revoked.facts());
            case SignedOnly signed -> Optional.of(signed.facts());
            case Unknown unknown -> Optional.empty();
            case NotGenuine notGenuine -> Optional.empty();
        };
    }
}
