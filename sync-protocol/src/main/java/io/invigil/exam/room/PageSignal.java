package io.invigil.exam.room;

/** What a candidate's page noticed about itself; evidence for people, no verdict. */
public enum PageSignal {
    /** Another window or programme had the focus, or the page was hidden. */
    LEFT,
    /** The page was no longer in full screen. */
    FULL_SCREEN_LEFT,
    COPY,
    PASTE,
    PRINT,
    /** A second screen was connected. */
    SECOND_SCREEN
}
