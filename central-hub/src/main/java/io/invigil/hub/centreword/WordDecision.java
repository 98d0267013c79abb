package io.invigil.hub.centreword;

/** What became of words to rooms. */
public sealed interface WordDecision {

    /**
     * @param rooms to how many exams of nodes they go
     */
    record Sent(String word, int rooms) implements WordDecision {}

    /** Nothing was sent. */
    record Refused(Code code) implements WordDecision {}

    /** Why not; the name is the code. */
    enum Code {
        WORD_NOT_ALLOWED,
        WORD_TEXT,
        WORD_NO_ROOM,
        WORD_TOO_MANY_ROOMS
    }
}
