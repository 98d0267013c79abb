package io.invigil.hub.arrival;

import io.invigil.exam.room.PortalAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The newest claim of one sitting and what the room said to it.
 *
 * @param request grows with every claim of the sitting
 * @param answer empty while none came
 * @param room where the room says that one sits; empty text before the answer
 */
public record Arrival(
        long sitting,
        long request,
        String code,
        boolean leave,
        Instant askedAt,
        Optional<PortalAnswer> answer,
        String room,
        int seat) {
    /** A claim is sent, and waited for, so long; by then its code is an old one. */
    public static final Duration ANSWER_WITHIN = Duration.ofSeconds(40);

    /** Whether the answer may still come. */
    public boolean waits(Instant now) {
        return answer.isEmpty() && now.isBefore(askedAt.plus(ANSWER_WITHIN));
    }

    /** Key of the text that says how it stands. */
    public String state(Instant now) {
        return answer.map(Enum::name).orElse(waits(now) ? "WAITS" : "SILENT");
    }
}
