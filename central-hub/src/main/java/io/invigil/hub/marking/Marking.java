package io.invigil.hub.marking;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.paper.AnswerKey;
import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.ObjectiveScoring;
import io.invigil.exam.paper.ScoreSheet;
import io.invigil.exam.room.AnswersDigest;
import io.invigil.hub.attempt.Attempt;
import io.invigil.hub.attempt.AttemptListener;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.paper.PaperContent;
import io.invigil.hub.paper.PaperId;
import io.invigil.hub.paper.Papers;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.PlanStage;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Marks sittings by machine, takes teachers' marks, raises and settles alarms. Thread-safe. */
public final class Marking implements AttemptListener {
    private static final String SETTLED_BY_FACTS = "later records agree";

    private final Clock clock;
    private final PaperShelf shelf;
    private final Plans plans;
    private final Sittings sittings = new Sittings();
    private final Attempts attempts = new Attempts();
    private final LateAnswers late = new LateAnswers();
    private final MarkingStore store = new MarkingStore();
    private final MarkingAudit audit = new MarkingAudit();

    public Marking(Clock clock, Papers papers, Plans plans) {
        this.clock = clock;
        this.plans = plans;
        this.shelf = new PaperShelf(papers);
    }

    /** A contradiction found by comparing, not yet stored. */
    private record Found(ScoreAlarm.Kind kind, String detail) {}

    @Override
    public void attemptChanged(Tx tx, TenantId tenant, Attempt attempt) {
        if (attempt.handIn().isPresent()) {
            mark(tx, tenant, attempt, attempt.handIn().get());
        }
    }

    private void mark(Tx tx, TenantId tenant, Attempt attempt, Attempt.HandIn handIn) {
        var answers = Attempts.responses(attempts.current(tx, tenant, attempt.sitting()));
        String digest = AnswersDigest.of(answers).hex();
        List<Found> found = new ArrayList<>();
        if (!digest.equals(handIn.answersDigest())) {
            found.add(new Found(ScoreAlarm.Kind.ANSWERS_DIFFER, handIn.answersDigest()));
        }
        for (String item : attempts.forkedItems(tx, tenant, attempt.sitting())) {
            found.add(new Found(ScoreAlarm.Kind.ANSWERS_FORKED, item));
        }
        List<LateAnswers.Case> apart = late.ofSitting(tx, tenant, attempt.sitting());
        apart.stream()
                .filter(each -> each.decision().isEmpty())
                .filter(each -> !each.answer().response().equals(answers.get(each.answer().item())))
                .map(each -> new Found(ScoreAlarm.Kind.LATE_UNDECIDED, each.answer().op()))
                .forEach(found::add);
        Optional<PaperContent> paper =
                PaperId.ofName(attempt.paper()).flatMap(id -> shelf.content(tx, tenant, id));
        if (paper.isEmpty()) {
            found.add(new Found(ScoreAlarm.Kind.PAPER_UNKNOWN, attempt.paper()));
        } else {
            ScoreSheet inTime =
                    ObjectiveScoring.score(paper.get().paper(), paper.get().key(), answers);
            compare(tx, tenant, attempt, paper.get(), inTime, found);
            ScoreSheet sheet =
                    ObjectiveScoring.score(
                            paper.get().paper(),
                            paper.get().key(),
                            LateAnswers.counted(answers, apart));
            store.putObjective(
                    tx,
                    tenant,
                    new ObjectiveMark(
                            attempt.sitting(),
                            paper.get().version().id(),
                            sheet.score(),
                            sheet.maximum(),
                            digest,
                            now()));
        }
        settleOrRaise(tx, tenant, attempt.sitting(), found);
    }

    private void compare(
            Tx tx,
            TenantId tenant,
            Attempt attempt,
            PaperContent paper,
            ScoreSheet sheet,
            List<Found> found) {
        Optional<Sitting> sitting = sittings.find(tx, tenant, new SittingId(attempt.sitting()));
        boolean fits = sitting.filter(one -> shelf.isOf(tx, one, paper.version())).isPresent();
        if (!fits) {
            found.add(new Found(ScoreAlarm.Kind.PAPER_OF_OTHER_SUBJECT, attempt.paper()));
        }
        attempt.provisional()
                .filter(
                        p ->
                                p.score().compareTo(sheet.score()) != 0
                                        || p.maximum().compareTo(sheet.maximum()) != 0)
                .ifPresent(
                        p ->
                                found.add(
                                        new Found(
                                                ScoreAlarm.Kind.SCORE_DIFFERS,
                                                "%s/%s : %s/%s"
                                                        .formatted(
                                                                p.score().toPlainString(),
                                                                p.maximum().toPlainString(),
                                                                sheet.score().toPlainString(),
                                                                sheet.maximum().toPlainString()))));
    }

    /** Raises what is new, closes what no longer is; what staff settled stays settled. */
    private void settleOrRaise(Tx tx, TenantId tenant, long sitting, List<Found> found) {
        Map<Found, ScoreAlarm> known = new HashMap<>();
        store.alarms(tx, tenant, sitting)
                .forEach(alarm -> known.put(new Found(alarm.kind(), alarm.detail()), alarm));
        for (Found contradiction : found) {
            ScoreAlarm before = known.remove(contradiction);
            boolean byFacts =
                    before != null && before.settled().map(s -> s.login().isEmpty()).orElse(false);
            if (before == null || byFacts) {
                store.putAlarm(
                        tx,
                        tenant,
                        new ScoreAlarm(
                                sitting,
                                contradiction.kind(),
                                contradiction.detail(),
                                now(),
                                Optional.empty()));
            }
        }
        for (ScoreAlarm gone : known.values()) {
            if (gone.settled().isEmpty()) {
                settle(tx, tenant, gone, "", SETTLED_BY_FACTS);
            }
        }
    }

    private void settle(Tx tx, TenantId tenant, ScoreAlarm alarm, String login, String reason) {
        store.putAlarm(
                tx,
                tenant,
                new ScoreAlarm(
                        alarm.sitting(),
                        alarm.kind(),
                        alarm.detail(),
                        alarm.raisedAt(),
                        Optional.of(new ScoreAlarm.Settled(login, reason, now()))));
    }

    /** Closes an alarm after staff have looked at it; the sitting may then score. */
    public MarkDecision settle(Tx tx, StaffScope scope, ScoreAlarm alarm, String reason) {
        Optional<MarkDecision.Code> refusal = mayMark(tx, scope, alarm.sitting());
        if (refusal.isPresent()) {
            return new MarkDecision.Refused(refusal.get());
        }
        if (reason.isBlank() || reason.length() > ScoreAlarm.REASON_CHARS_MAX) {
            return new MarkDecision.Refused(MarkDecision.Code.ALARM_REASON_MISSING);
        }
        boolean open =
                store.alarms(tx, scope.tenant(), alarm.sitting()).stream()
                        .anyMatch(a -> a.equals(alarm) && a.settled().isEmpty());
        if (!open || alarm.kind() == ScoreAlarm.Kind.LATE_UNDECIDED) {
            // late answers are decided one by one, never waved through
            return new MarkDecision.Refused(MarkDecision.Code.ALARM_UNKNOWN);
        }
        settle(tx, scope.tenant(), alarm, scope.login(), reason.strip());
        audit.settled(tx, scope, alarm, reason.strip());
        return new MarkDecision.Done();
    }

    /** Decides whether an answer that the room kept apart counts; marks the sitting anew. */
    public MarkDecision decideLate(
            Tx tx,
            StaffScope scope,
            SittingId sitting,
            String op,
            boolean accepted,
            String reason) {
        Optional<MarkDecision.Code> refusal = mayMark(tx, scope, sitting.value());
        if (refusal.isPresent()) {
            return new MarkDecision.Refused(refusal.get());
        }
        Optional<LateAnswers.Case> found =
                late.ofSitting(tx, scope.tenant(), sitting.value()).stream()
                        .filter(each -> each.answer().op().equals(op))
                        .findFirst();
        if (found.isEmpty()) {
            return new MarkDecision.Refused(MarkDecision.Code.LATE_UNKNOWN);
        }
        if (reason.isBlank() || reason.length() > ScoreAlarm.REASON_CHARS_MAX) {
            return new MarkDecision.Refused(MarkDecision.Code.LATE_REASON_MISSING);
        }
        int number = found.get().decision().map(LateDecision::number).orElse(0) + 1;
        late.decide(
                tx,
                scope.tenant(),
                new LateDecision(
                        sitting.value(),
                        op,
                        number,
                        accepted,
                        reason.strip(),
                        scope.login(),
                        now()));
        audit.late(tx, scope, sitting, op, accepted, reason.strip());
        attempts.find(tx, scope.tenant(), sitting.value())
                .ifPresent(attempt -> attemptChanged(tx, scope.tenant(), attempt));
        return new MarkDecision.Done();
    }

    /** Answers that the room kept apart, with the decisions on them. */
    public List<LateAnswers.Case> late(Tx tx, TenantId tenant, SittingId sitting) {
        return late.ofSitting(tx, tenant, sitting.value());
    }

    private Map<String, Map<String, List<String>>> counted(Tx tx, TenantId tenant, long sitting) {
        return LateAnswers.counted(
                Attempts.responses(attempts.current(tx, tenant, sitting)),
                late.ofSitting(tx, tenant, sitting));
    }

    /** Gives or replaces the mark of an item's written part. */
    public MarkDecision give(
            Tx tx, StaffScope scope, SittingId sitting, String item, BigDecimal mark) {
        Optional<MarkDecision.Code> refusal = mayMark(tx, scope, sitting.value());
        if (refusal.isPresent()) {
            return new MarkDecision.Refused(refusal.get());
        }
        Optional<WrittenAnswer> wanted =
                written(tx, scope.tenant(), sitting).stream()
                        .filter(answer -> answer.item().id().equals(item))
                        .findFirst();
        if (wanted.isEmpty()) {
            return new MarkDecision.Refused(MarkDecision.Code.MARK_ITEM_UNKNOWN);
        }
        BigDecimal maximum = wanted.get().maximum();
        if (mark.signum() < 0
                || mark.compareTo(maximum) > 0
                || mark.stripTrailingZeros().scale() > 2) {
            return new MarkDecision.Refused(MarkDecision.Code.MARK_RANGE);
        }
        int number = wanted.get().mark().map(TextMark::number).orElse(0) + 1;
        store.addText(
                tx,
                scope.tenant(),
                new TextMark(sitting.value(), item, number, mark, maximum, scope.login(), now()));
        audit.given(tx, scope, sitting, item, wanted.get().mark(), mark);
        return new MarkDecision.Done();
    }

    private Optional<MarkDecision.Code> mayMark(Tx tx, StaffScope scope, long sitting) {
        Optional<Sitting> found = sittings.find(tx, scope.tenant(), new SittingId(sitting));
        Optional<Plan> plan = found.flatMap(s -> plans.find(tx, scope.tenant(), s.plan()));
        if (plan.isEmpty()) {
            return Optional.of(MarkDecision.Code.MARK_SITTING_UNKNOWN);
        }
        if (!plans.mayMark(tx, scope, plan.get())) {
            return Optional.of(MarkDecision.Code.MARK_NOT_ALLOWED);
        }
        if (plan.get().windows().of(PlanStage.SCORE_ENTRY).isOver(clock.instant())) {
            return Optional.of(MarkDecision.Code.MARK_LOCKED);
        }
        return attempts.find(tx, scope.tenant(), sitting).flatMap(Attempt::handIn).isEmpty()
                ? Optional.of(MarkDecision.Code.MARK_NOT_HANDED_IN)
                : Optional.empty();
    }

    /** The written parts of a sitting in the paper's order, with what stands so far. */
    public List<WrittenAnswer> written(Tx tx, TenantId tenant, SittingId sitting) {
        Optional<Attempt> attempt = attempts.find(tx, tenant, sitting.value());
        Optional<PaperContent> paper =
                attempt.flatMap(a -> PaperId.ofName(a.paper()))
                        .flatMap(id -> shelf.content(tx, tenant, id));
        if (paper.isEmpty()) {
            return List.of();
        }
        Map<String, TextMark> marks = new HashMap<>();
        store.texts(tx, tenant, sitting.value()).forEach(m -> marks.put(m.item(), m));
        var answers = counted(tx, tenant, sitting.value());
        List<WrittenAnswer> written = new ArrayList<>();
        for (Item item : paper.get().paper().items()) {
            if (!Papers.isWritten(item)) {
                continue;
            }
            BigDecimal keyed =
                    paper.get()
                            .key()
                            .item(item.id())
                            .map(AnswerKey.ItemKey::maximum)
                            .orElse(BigDecimal.ZERO);
            var response = answers.getOrDefault(item.id(), Map.of());
            written.add(
                    WrittenAnswer.of(
                            item,
                            response,
                            item.maximum().subtract(keyed),
                            Optional.ofNullable(marks.get(item.id()))));
        }
        return written;
    }

    public Optional<ObjectiveMark> objective(Tx tx, TenantId tenant, SittingId sitting) {
        return store.objective(tx, tenant, sitting.value());
    }

    /** The objective part line by line, scored again now from the stored answers. */
    public Optional<ScoreSheet> sheet(Tx tx, TenantId tenant, SittingId sitting) {
        var answers = counted(tx, tenant, sitting.value());
        return paperOf(tx, tenant, sitting)
                .map(p -> ObjectiveScoring.score(p.paper(), p.key(), answers));
    }

    /** The paper that a sitting was begun with. */
    public Optional<PaperContent> paperOf(Tx tx, TenantId tenant, SittingId sitting) {
        return attempts.find(tx, tenant, sitting.value())
                .flatMap(a -> PaperId.ofName(a.paper()))
                .flatMap(id -> shelf.content(tx, tenant, id));
    }

    /** All of a sitting's teacher marks, in order. */
    public List<TextMark> texts(Tx tx, TenantId tenant, SittingId sitting) {
        return store.texts(tx, tenant, sitting.value());
    }

    /** Sum of the teachers' marks that count for one attempt. */
    public BigDecimal textSum(Tx tx, TenantId tenant, SittingId sitting) {
        Map<String, BigDecimal> last = new HashMap<>();
        texts(tx, tenant, sitting).forEach(mark -> last.put(mark.item(), mark.mark()));
        return last.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public List<ScoreAlarm> alarms(Tx tx, TenantId tenant, SittingId sitting) {
        return store.alarms(tx, tenant, sitting.value());
    }

    /** Alarms of a plan's sittings, open and settled. */
    public List<ScoreAlarm> alarmsOfPlan(Tx tx, TenantId tenant, PlanId plan) {
        return store.alarmsOfPlan(tx, tenant, plan.value());
    }

    /** Objective marks of a plan by sitting. */
    public Map<Long, ObjectiveMark> objectiveOfPlan(Tx tx, TenantId tenant, PlanId plan) {
        Map<Long, ObjectiveMark> marks = new HashMap<>();
        store.objectiveOfPlan(tx, tenant, plan.value()).forEach(m -> marks.put(m.sitting(), m));
        return marks;
    }

    /** Sum of the teachers' marks that count, by sitting. */
    public Map<Long, BigDecimal> textSumsOfPlan(Tx tx, TenantId tenant, PlanId plan) {
        Map<Long, Map<String, BigDecimal>> last = new LinkedHashMap<>();
        store.textsOfPlan(tx, tenant, plan.value())
                .forEach(
                        m ->
                                last.computeIfAbsent(m.sitting(), s -> new HashMap<>())
                                        .put(m.item(), m.mark()));
        Map<Long, BigDecimal> sums = new HashMap<>();
        last.forEach(
                (sitting, items) ->
                        sums.put(
                                sitting,
                                items.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add)));
        return sums;
    }

    private Instant now() {
        return clock.instant();
    }
}
