package io.invigil.hub.sessionroom;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.score.ComputedScore;
import io.invigil.hub.score.Scores;
import io.invigil.hub.score.SittingOutcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the students of a class have in a test that a room server held. Thread-safe. */
public final class SessionGrades {
    private final Scores scores;
    private final Plans plans = new Plans();
    private final SessionRoomStore store = new SessionRoomStore();

    public SessionGrades(Scores scores) {
        this.scores = scores;
    }

    /** The number that counts, once the sitting passed review. */
    public static Optional<String> shown(ComputedScore score) {
        return score.outcome() == SittingOutcome.SCORED
                ? Optional.of(score.total().stripTrailingZeros().toPlainString())
                : Optional.empty();
    }

    /** Marks that count, by student and as shown. */
    public Map<CandidateId, String> marks(Tx tx, TenantId tenant, long session) {
        Map<CandidateId, String> found = new HashMap<>();
        of(tx, tenant, session)
                .forEach((student, one) -> shown(one).ifPresent(mark -> found.put(student, mark)));
        return found;
    }

    /** By student; empty while the session was not given to a room server, or has no paper. */
    public Map<CandidateId, ComputedScore> of(Tx tx, TenantId tenant, long session) {
        Map<CandidateId, ComputedScore> found = new HashMap<>();
        store.find(tx, tenant, session)
                .filter(held -> held.paper().isPresent())
                .flatMap(held -> plans.find(tx, tenant, held.plan()))
                .ifPresent(
                        plan ->
                                scores.compute(tx, plan)
                                        .forEach(one -> found.put(one.sitting().candidate(), one)));
        return found;
    }
}
