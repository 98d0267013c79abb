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
    private final LateChangeStore store = new LateChangeStore();
    private final Correction correction = new Correction();
    private final Audit audit = new Audit();

    public LateChanges(Clock clock) {
        this.clock = clock;
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
     * @param corrected the right name of a wrong one, else not asked
     */
    public ChangeDecision decide(
            Tx tx,
            StaffScope scope,
            Plan plan,
            String node,
            String id,
            RoomChange.Verdict verdict,
            String reason,
            String corrected) {
        if (!scope.mayRunPlansOf(plan.body())) {
            return ChangeDecision.CHANGE_NOT_ALLOWED;
        }
        Optional<LateChangeStore.Row> found = store.locked(tx, plan, node, id);
        if (found.isEmpty()) {
            return ChangeDecision.CHANGE_UNKNOWN;
        }
        if (found.get().change().decision().isPresent()) {
            return ChangeDecision.CHANGE_DECIDED_BEFORE;
        }
        if (reason.isBlank() || reason.length() > REASON_CHARS_MAX) {
            return ChangeDecision.CHANGE_REASON_MISSING;
        }
        if (verdict == RoomChange.Verdict.ACCEPTED) {
            ChangeDecision done =
                    correction.carryOut(tx, scope.actor(), plan, found.get(), corrected);
            if (done != ChangeDecision.DONE) {
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
        return ChangeDecision.DONE;
    }
}
