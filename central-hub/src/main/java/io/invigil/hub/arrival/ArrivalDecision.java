package io.invigil.hub.arrival;

/** Outcome of a claim at the portal. */
sealed interface ArrivalDecision {

    /** On its way, or already on its way. */
    record Sent() implements ArrivalDecision {}

    /** No sitting of the candidate in these hours. */
    record Unknown() implements ArrivalDecision {}

    record Refused(ArrivalRefusal code) implements ArrivalDecision {}
}
