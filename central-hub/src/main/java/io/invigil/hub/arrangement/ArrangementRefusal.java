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
    ARR_SLOT_BEGUN,
    /** No such slot or room, or nobody sits there. */
    ARR_PLACE_UNKNOWN,
    /** The sitting is not arranged. */
    ARR_SITTING_UNKNOWN,
    ARR_SLOT_SUBJECT,
    ARR_SLOT_SHORT,
    ARR_ROOM_TYPE,
    ARR_ROOM_LEVEL,
    ARR_ROOM_NOT_MIXED,
    ARR_SITE_UNUSABLE,
    ARR_SEAT_UNKNOWN,
    ARR_SEAT_BROKEN,
    ARR_SEAT_NOT_ACCESSIBLE,
    ARR_SEAT_TAKEN,
    /** The candidate sits another subject at that time. */
    ARR_CANDIDATE_BUSY,
    /** Two seats of the map are chosen, no more and no less. */
    ARR_TWO_SEATS,
    /** Nobody sits on either of the chosen seats. */
    ARR_SEATS_EMPTY,
    /** Somebody else sits there than the map showed. */
    ARR_SEATS_CHANGED,
    /** Banned from this exam (domain, section 12). */
    ARR_BANNED,
    /** Only who is banned loses a seat alone. */
    ARR_NOT_BANNED
}
