package io.invigil.hub.marking;

/** What became of a teacher's mark or of settling an alarm. */
public sealed interface MarkDecision {

    /** It stands. */
    record Done() implements MarkDecision {}

    /** Nothing was changed. */
    record Refused(Code code) implements MarkDecision {}

    /** Stable codes. */
    enum Code {
        MARK_NOT_ALLOWED,
        MARK_SITTING_UNKNOWN,
        MARK_NOT_HANDED_IN,
        MARK_ITEM_UNKNOWN,
        MARK_RANGE,
        MARK_LOCKED,
        ALARM_UNKNOWN,
        ALARM_REASON_MISSING,
        LATE_UNKNOWN,
        LATE_REASON_MISSING
    }
}
