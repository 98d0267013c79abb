package io.invigil.exam.room;

/** What a room says to a claim of the portal; never more than the candidate may know. */
public enum PortalAnswer {
    ARRIVED,
    LEFT,
    /** It was right a moment ago. */
    CODE_EXPIRED,
    CODE_WRONG,
    /** The code of another room: one is expected elsewhere. */
    OTHER_ROOM,
    NOT_OPEN,
    OVER,
    /** Check-out while the test is not handed in. */
    NOT_HANDED_IN,
    /** Check-out of somebody who never came. */
    NOT_ARRIVED,
    /** Only the desk can help. */
    REFUSED
}
