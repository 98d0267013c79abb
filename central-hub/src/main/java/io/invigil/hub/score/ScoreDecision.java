package io.invigil.hub.score;

import io.invigil.hub.plan.Window;
import java.util.Map;
import java.util.Optional;

/** What became of entering or correcting scores. */
public sealed interface ScoreDecision {

    /**
     * Scores were entered.
     *
     * @param outcomes how many sittings of the plan are in each state now
     */
    record Entered(Map<SittingOutcome, Integer> outcomes) implements ScoreDecision {
        public Entered {
            outcomes = Map.copyOf(outcomes);
        }
    }

    /** A correction was proposed or decided. */
    record Corrected(ScoreCorrection correction) implements ScoreDecision {}

    /**
     * Nothing was changed.
     *
     * @param window the window outside which it was tried
     */
    record Refused(Code code, Optional<Window> window) implements ScoreDecision {
        static Refused of(Code code) {
            return new Refused(code, Optional.empty());
        }
    }

    /** Stable codes. */
    enum Code {
        SCORE_NOT_ALLOWED,
        SCORE_WINDOW_CLOSED,
        SCORE_LOCKED,
        SCORE_UNKNOWN,
        SCORE_RANGE,
        SCORE_UNCHANGED,
        SCORE_REASON_MISSING,
        SCORE_SAME_PERSON,
        SCORE_CORRECTION_OPEN,
        SCORE_CORRECTION_UNKNOWN
    }
}
