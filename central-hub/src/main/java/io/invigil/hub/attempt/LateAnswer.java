package io.invigil.hub.attempt;

import io.invigil.exam.room.ApartReason;
import io.invigil.exam.room.HeldEvidence;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer that the room kept apart from those that count (XSP/1 section 11, LATE_UNPROVEN).
 *
 * @param base revision of the item that the page knew when it was written
 * @param held the page's account, empty when it came from a file
 * @param word what the proctor said of it last
 */
public record LateAnswer(
        String item,
        String op,
        long base,
        Map<String, List<String>> response,
        ApartReason why,
        Optional<HeldEvidence> held,
        Instant arrivedAt,
        Optional<Word> word) {

    /** A proctor's opinion. */
    public record Word(boolean accepted, String reason, String by) {}

    static LateAnswer of(StampedFact stamped, RoomFact.AnswerKeptApart fact) {
        return new LateAnswer(
                fact.item(),
                fact.op(),
                fact.base(),
                fact.response(),
                fact.why(),
                fact.held(),
                Instant.ofEpochMilli(stamped.stamp().at()),
                Optional.empty());
    }

    LateAnswer with(Word said) {
        return new LateAnswer(item, op, base, response, why, held, arrivedAt, Optional.of(said));
    }

    /** The values in order, for people. */
    public String text() {
        return String.join("\n", response.values().stream().flatMap(List::stream).toList());
    }
}
