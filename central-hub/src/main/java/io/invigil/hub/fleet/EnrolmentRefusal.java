package io.invigil.hub.fleet;

/** Why an enrolment was refused, as the node is told. */
public enum EnrolmentRefusal {
    ENROL_MALFORMED(400),
    /** No such claim, or the proof is not of its code: which of both stays unsaid. */
    ENROL_CLAIM_UNKNOWN(403),
    ENROL_CLAIM_EXPIRED(403),
    ENROL_CLAIM_USED(403),
    /** A certificate request without proof of its key, or both with one key. */
    ENROL_CSR_REFUSED(400),
    ENROL_NAMES_REFUSED(400),
    /** A renewal that no record key in force has signed. */
    ENROL_RENEWAL_REFUSED(403);

    private final int status;

    EnrolmentRefusal(int status) {
        this.status = status;
    }

    /** HTTP status of the answer. */
    public int status() {
        return status;
    }
}
