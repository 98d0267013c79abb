package io.invigil.hub.score;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.ScoreSheet;
import io.invigil.hub.attempt.AnswerRevision;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.marking.Marking;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.paper.PaperContent;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.review.Reviews;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rebuilds scores from what is stored. Thread-safe. */
public final class ScoreTraces {
    private final Marking marking;
    private final Reviews reviews;
    private final Scores scores;
    private final Attempts attempts = new Attempts();
    private final Sittings sittings = new Sittings();
    private final Candidates candidates = new Candidates();
    private final PlanContent content = new PlanContent();

    public ScoreTraces(Marking marking, Reviews reviews, Scores scores) {
        this.marking = marking;
        this.reviews = reviews;
        this.scores = scores;
    }

    /** The whole way of one attempt at a sitting of the plan. */
    public Optional<ScoreTrace> of(Tx tx, Plan plan, SittingId id) {
        Optional<Sitting> found =
                sittings.find(tx, plan.tenant(), id).filter(s -> s.plan().equals(plan.id()));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        TenantId tenant = plan.tenant();
        Sitting sitting = found.get();
        Optional<ScoreSheet> sheet = marking.sheet(tx, tenant, id);
        return Optional.of(
                new ScoreTrace(
                        id,
                        sitting,
                        attempts.numbers(tx, tenant, id.value()).stream()
                                .map(SittingId::new)
                                .toList(),
                        candidates.find(tx, tenant, sitting.candidate()).orElseThrow(),
                        content.subject(tx, tenant, sitting.subject()).orElseThrow(),
                        attempts.find(tx, tenant, id.value()),
                        lines(tx, tenant, id, sheet),
                        sheet,
                        marking.objective(tx, tenant, id),
                        marking.written(tx, tenant, id),
                        reviews.find(tx, plan, id),
                        reviews.history(tx, plan, id),
                        marking.alarms(tx, tenant, id),
                        marking.late(tx, tenant, id),
                        scores.find(tx, tenant, id.first()),
                        scores.corrections(tx, tenant, id.first()),
                        attempts.happenings(tx, tenant, id.value())));
    }

    private List<ScoreTrace.Line> lines(
            Tx tx, TenantId tenant, SittingId id, Optional<ScoreSheet> sheet) {
        Optional<PaperContent> paper = marking.paperOf(tx, tenant, id);
        if (paper.isEmpty()) {
            return List.of();
        }
        Map<String, ScoreSheet.ItemScore> scored = new HashMap<>();
        sheet.ifPresent(s -> s.items().forEach(line -> scored.put(line.item(), line)));
        Map<String, AnswerRevision> current = attempts.current(tx, tenant, id.value());
        Map<String, List<AnswerRevision>> history =
                ScoreTrace.byItem(attempts.history(tx, tenant, id.value()));
        List<ScoreTrace.Line> lines = new ArrayList<>();
        for (Item item : paper.get().paper().items()) {
            lines.add(
                    new ScoreTrace.Line(
                            lines.size() + 1,
                            item,
                            Optional.ofNullable(scored.get(item.id())),
                            Optional.ofNullable(current.get(item.id())),
                            history.getOrDefault(item.id(), List.of()).size()));
        }
        return lines;
    }
}
