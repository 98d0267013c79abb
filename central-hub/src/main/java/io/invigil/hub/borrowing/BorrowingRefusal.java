package io.invigil.hub.borrowing;

/** Why a borrowing is not taken or not decided. Names are stable codes. */
public enum BorrowingRefusal {
    BORROW_NOT_ALLOWED,
    /** Outside the plan's whole time range. */
    BORROW_PLAN_CLOSED,
    BORROW_SCHOOL_NOT_IN_PLAN,
    BORROW_SEATS_RANGE,
    BORROW_REASON_MISSING,
    /** One request at a time waits for the body. */
    BORROW_PENDING_EXISTS,
    BORROW_NOT_PENDING,
    BORROW_NOT_GRANTED,
    BORROW_ROOMS_MISSING,
    /** No room of another school's approved site in this plan. */
    BORROW_ROOM_UNKNOWN,
    /** Together the rooms have fewer seats than were asked for. */
    BORROW_SEATS_SHORT,
    /** Candidates of the school are seated there. */
    BORROW_IN_USE
}
