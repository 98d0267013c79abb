package io.invigil.hub.plan;

/**
 * What a body settles per plan beside windows and sitting policy.
 *
 * @param fees whether fees are asked on this platform (缴费): then only paid registrations are
 *     arranged (domain, section 7)
 * @param mixedSubjects whether several subjects may sit in one room at one time
 */
public record PlanOptions(boolean fees, boolean mixedSubjects) {

    /** No fees, subjects may share a room. */
    public static PlanOptions standard() {
        return new PlanOptions(false, true);
    }
}
