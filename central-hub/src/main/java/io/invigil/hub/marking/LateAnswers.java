package io.invigil.hub.marking;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.attempt.LateAnswer;
import io.invigil.hub.organisation.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Answers that a room kept apart: none counts before a person at the centre has said so, and while
 * one is undecided the sitting's score is held (XSP/1 section 11). Stateless and thread-safe.
 */
public final class LateAnswers {
    private final Attempts attempts = new Attempts();
    private final LateStore store = new LateStore();

    /** An answer kept apart with the decision on it, if any. */
    public record Case(LateAnswer answer, Optional<LateDecision> decision) {
        public boolean accepted() {
            return decision.filter(LateDecision::accepted).isPresent();
        }
    }

    /** All of a sitting, in the order in which they arrived at the room. */
    public List<Case> ofSitting(Tx tx, TenantId tenant, long sitting) {
        Map<String, LateDecision> decisions = store.ofSitting(tx, tenant, sitting);
        return attempts.late(tx, tenant, sitting).stream()
                .map(answer -> new Case(answer, Optional.ofNullable(decisions.get(answer.op()))))
                .toList();
    }

    /** The answers that count: those in time, in place of them the accepted late ones. */
    static Map<String, Map<String, List<String>>> counted(
            Map<String, Map<String, List<String>>> inTime, List<Case> late) {
        Map<String, Map<String, List<String>>> counted = new TreeMap<>(inTime);
        late.stream()
                .filter(Case::accepted)
                .forEach(each -> counted.put(each.answer().item(), each.answer().response()));
        return counted;
    }

    void decide(Tx tx, TenantId tenant, LateDecision decision) {
        store.add(tx, tenant, decision);
    }
}
