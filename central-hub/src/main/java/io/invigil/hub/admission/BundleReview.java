package io.invigil.hub.admission;

import java.time.Instant;
import java.util.Optional;

/**
 * A proposal about a parked bundle and what the second person said.
 *
 * @param item name of the parked row
 * @param decision empty while it is open
 */
public record BundleReview(
        long id,
        String item,
        Verdict verdict,
        String reason,
        String proposedBy,
        Instant proposedAt,
        Optional<Decision> decision) {

    /** Whether the second person agreed. */
    public enum State {
        OPEN,
        CONFIRMED,
        DECLINED
    }

    /**
     * @param outcome what ingest said of an accepted one, such as ACCEPTED or PARKED SCOPE
     */
    public record Decision(boolean confirmed, String note, String by, Instant at, String outcome) {}

    public State state() {
        return decision.map(d -> d.confirmed() ? State.CONFIRMED : State.DECLINED)
                .orElse(State.OPEN);
    }
}
