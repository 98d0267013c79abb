package io.invigil.site.attendance;

import io.invigil.site.room.Outcome;

/** Outcome of a check-in or check-out by the candidate's own phone. */
public sealed interface CheckInDecision {

    /** Checked in or out, or was before. */
    record CheckedIn(String name, String room, int seat) implements CheckInDecision {}

    /** The code was right a moment ago: look at the screen again. */
    record CodeExpired() implements CheckInDecision {}

    record CodeWrong() implements CheckInDecision {}

    /** Number and last four do not belong together, or sit elsewhere. */
    record NumberWrong() implements CheckInDecision {}

    record Wait() implements CheckInDecision {}

    /** The room says no: phase, or not saved. */
    record Room(Outcome outcome) implements CheckInDecision {}
}
