package io.invigil.protocol.paper;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a paper whose key is at hand may be opened now (XSP/1 section 8, fault rows 58 and 60).
 * Cryptography cannot refuse an early correct code; this rule does, and a dead clock battery does
 * not stop the exam.
 */
public sealed interface OpeningDecision {
    Duration EARLIEST_BEFORE_START = Duration.ofMinutes(10);
    int REASON_CHARS_MAX = 500;

    /** In time: nothing to explain. */
    record Open() implements OpeningDecision {}

    /** Early or at an unknown time, on two people's word: an incident. */
    record OpenEarly(TwoStaff by) implements OpeningDecision {}

    record Refused(Reason reason) implements OpeningDecision {}

    /** Stable codes. */
    enum Reason {
        OPENING_ROOM_NOT_READY,
        OPENING_TOO_EARLY,
        OPENING_NO_TRUSTED_TIME,
        OPENING_ONE_PERSON_TWICE,
        OPENING_REASON_MISSING
    }

    /** Two staff who each logged in for this. */
    record TwoStaff(String first, String second, String reason) {}

    /**
     * Decides.
     *
     * @param ready whether the room's phase is READY or later and not closed
     * @param trustedNow a time that the node can defend (signed hub time carried forward by the
     *     monotonic clock); empty when there is none
     * @param startsAt begin of the slot, T
     * @param override present when two staff ask for it
     */
    static OpeningDecision decide(
            boolean ready,
            Optional<Instant> trustedNow,
            Instant startsAt,
            Optional<TwoStaff> override) {
        if (!ready) {
            return new Refused(Reason.OPENING_ROOM_NOT_READY);
        }
        Instant earliest = startsAt.minus(EARLIEST_BEFORE_START);
        if (trustedNow.isPresent() && !trustedNow.get().isBefore(earliest)) {
            return new Open();
        }
        if (override.isEmpty()) {
            return new Refused(
                    trustedNow.isPresent()
                            ? Reason.OPENING_TOO_EARLY
                            : Reason.OPENING_NO_TRUSTED_TIME);
        }
        TwoStaff staff = override.get();
        if (staff.first().equals(staff.second())) {
            return new Refused(Reason.OPENING_ONE_PERSON_TWICE);
        }
        return staff.reason().isBlank() || staff.reason().length() > REASON_CHARS_MAX
                ? new Refused(Reason.OPENING_REASON_MISSING)
                : new OpenEarly(staff);
    }
}
