package io.invigil.hub.review;

import io.invigil.hub.attempt.Attempt;
import io.invigil.hub.attempt.Attempts.Happening;
import io.invigil.hub.marking.ScoreAlarm;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import java.util.List;
import java.util.Optional;

/**
 * A begun attempt as reviewers see it: each is reviewed by itself.
 *
 * @param automatic whether the state follows from the plan's rule and no person decided
 * @param decision the person's decision that counts
 * @param incidents of this sitting, and those of the whole room while it lasted
 * @param alarms open ones
 */
public record ReviewCase(
        Sitting sitting,
        Attempt attempt,
        ReviewState state,
        boolean automatic,
        Optional<ReviewDecision> decision,
        List<Happening> incidents,
        List<ScoreAlarm> alarms) {
    public ReviewCase {
        incidents = List.copyOf(incidents);
        alarms = List.copyOf(alarms);
    }

    /** The attempt as addresses name it. */
    public SittingId id() {
        return new SittingId(attempt.sitting());
    }
}
