package io.invigil.protocol.trust;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a key of the hub may do; keys are never shared between roles. */
public enum TrustRole {
    /** Ed25519: signs receipts and cursors. */
    @JsonProperty("receipt")
    RECEIPT(true),
    /** X25519: bundles are sealed to the first one, the others still open. */
    @JsonProperty("seal")
    SEAL(false),
    /** X25519: reads the raw ledger of a dead box. */
    @JsonProperty("recovery")
    RECOVERY(false),
    /** Ed25519: signs manifests, key releases, enrolment replies, revocations. */
    @JsonProperty("manifest")
    MANIFEST(true),
    /** Ed25519: signs the codes on issued certificates. */
    @JsonProperty("certificate")
    CERTIFICATE(true);

    private final boolean signs;

    TrustRole(boolean signs) {
        this.signs = signs;
    }

    /** Whether keys of the role are Ed25519; else X25519. */
    public boolean signs() {
        return signs;
    }
}
