package io.invigil.hub.latechange;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Late changes of a plan's rooms. The body of the plan decides once, with a reason; a school sees
 * those of its sites. Accepting corrects what the change is about in the same transaction, see
 * {@link Correction}; rejecting changes nothing. Thread-safe.
 */
public final class LateChanges {
    public static final int REASON_CHARS_MAX = 1_000;

    private final Clock clock;
    private final Correction correction;
    private final LateChangeStore store = new LateChangeStore();
    private final Audit audit = new Audit();

    /**
     * @param correction what accepting carries out
     */
    public LateChanges(Clock clock, Correction correction) {
        this.clock = clock;
        this.correction = correction;
    }

    /** Those that wait first, then the newest. */
    public List<RoomChange> ofPlan(Tx tx, StaffScope scope, Plan plan) {
        return store.ofPlan(tx, plan).stream()
                .filter(row -> scope.sees(new OrganisationId(row.school())))
                .map(LateChangeStore.Row::change)
                .toList();
    }

    /**
     * Says what the centre thinks of a change; for good.
     *
     * @param corrected what is right, as far as the kind of change asks
     */
    public ChangeOutcome decide(
            Tx tx,
            StaffScope scope,
            Plan plan,
            String node,
            String id,
            RoomChange.Verdict verdict,
            String reason,
            Corrected corrected) {
        if (!scope.mayRunPlansOf(plan.body())) {
            return ChangeOutcome.of(ChangeDecision.CHANGE_NOT_ALLOWED);
        }
        Optional<LateChangeStore.Row> found = store.locked(tx, plan, node, id);
        if (found.isEmpty()) {
            return ChangeOutcome.of(ChangeDecision.CHANGE_UNKNOWN);
        }
        if (found.get().change().decision().isPresent()) {
            return ChangeOutcome.of(ChangeDecision.CHANGE_DECIDED_BEFORE);
        }
        if (reason.isBlank() || reason.length() > REASON_CHARS_MAX) {
            return ChangeOutcome.of(ChangeDecision.CHANGE_REASON_MISSING);
        }
        if (verdict == RoomChange.Verdict.ACCEPTED) {
            ChangeOutcome done = correction.carryOut(tx, scope, plan, found.get(), corrected);
            if (!done.isDone()) {
                return done;
            }
        }
        var decided =
                new RoomChange.Decided(verdict, reason.strip(), scope.login(), clock.instant());
        store.decide(tx, plan, node, id, decided);
        audit.created(
                tx,
                scope.actor(),
                "late-change",
                node + "/" + id,
                Map.of("verdict", verdict.name(), "reason", decided.reason()));
        return ChangeOutcome.of(ChangeDecision.DONE);
    }
}
