package io.invigil.site.room.core;

import io.invigil.exam.room.ApartReason;
import io.invigil.exam.room.HeldEvidence;
import io.invigil.exam.room.RoomFact;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer beside those that count. Immutable.
 *
 * @param base revision that the page knew when it was written
 * @param arrivedWall wall clock of its arrival, epoch milliseconds
 * @param word what the proctor said of it last
 */
public record ApartAnswer(
        String item,
        String op,
        long base,
        Map<String, List<String>> response,
        ApartReason why,
        Optional<HeldEvidence> held,
        long arrivedWall,
        Optional<Word> word) {

    /** A proctor's decision, for the reviewer at the centre. */
    public record Word(boolean accepted, String reason, String by, long wallMillis) {}

    static ApartAnswer of(RoomFact.AnswerKeptApart fact, long wall) {
        return new ApartAnswer(
                fact.item(),
                fact.op(),
                fact.base(),
                fact.response(),
                fact.why(),
                fact.held(),
                wall,
                Optional.empty());
    }

    ApartAnswer decided(Word said) {
        return new ApartAnswer(item, op, base, response, why, held, arrivedWall, Optional.of(said));
    }
}
