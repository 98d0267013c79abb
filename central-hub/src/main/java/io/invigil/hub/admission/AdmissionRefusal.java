package io.invigil.hub.admission;

/** Why something was not done; the name is the stable code. */
public enum AdmissionRefusal {
    /** No parked bundle, or no proposal, of that name. */
    ADMISSION_UNKNOWN,
    /** No review can let it in: two different records have one number. */
    ADMISSION_IMPOSSIBLE,
    /** A proposal and a refusal need a reason of at most 500 characters. */
    ADMISSION_REASON_MISSING,
    /** Another proposal waits for its second person. */
    ADMISSION_OPEN,
    /** Two people have decided already. */
    ADMISSION_DECIDED,
    /** Who proposed does not decide. */
    ADMISSION_SAME_PERSON
}
