package io.invigil.site.technician;

/** Outcome of an enrolment. */
public sealed interface EnrolDecision {
    /** The identity is kept; the node may start its services. */
    record Enrolled(NodeIdentity identity) implements EnrolDecision {}

    /** Nothing changed; {@code detail} is for the technician and holds no secret. */
    record Refused(Reason reason, String detail) implements EnrolDecision {}

    /** Stable codes. */
    enum Reason {
        CLAIM_CODE_MALFORMED,
        HUB_ADDRESS_MALFORMED,
        HUB_UNREACHABLE,
        /** The trust root there is not the one that the code names: another hub, or an attack. */
        HUB_NOT_OF_CLAIM,
        /** The hub does not know the claim, or it is used up or too old. */
        CLAIM_REFUSED,
        REPLY_REFUSED,
        ALREADY_ENROLLED
    }
}
