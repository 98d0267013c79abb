package io.invigil.hub.arrangement;

/** Why an arrangement is not made or taken back. Names are stable codes. */
public enum ArrangementRefusal {
    ARR_NOT_ALLOWED,
    /** Outside the arrangement window; the detail shows its days. */
    ARR_WINDOW_CLOSED,
    ARR_NOTHING_TO_DO,
    ARR_TOO_MANY_SITTINGS,
    /** Rooms have packages with these seats. */
    ARR_PUBLISHED,
    /** A slot with seated candidates has begun. */
    ARR_SLOT_BEGUN
}
