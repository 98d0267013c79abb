package io.invigil.hub.plan;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffScope;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Copies a plan for the next exam: its settings, schools, certificate levels, subjects and slots,
 * all days moved by as many as its registration is. What belongs to people (registrations, rooms,
 * seats, fee requests) is not copied. Stateless and thread-safe.
 */
public final class PlanCopies {
    private final Plans plans = new Plans();
    private final PlanContent content = new PlanContent();

    /**
     * Copies a plan of the member's own body; the rules of entering a plan hold for the copy.
     *
     * @param firstDay of the copy's registration, in the plan's zone
     */
    public PlanDecision copy(
            Tx tx,
            StaffScope scope,
            Plan plan,
            String number,
            String name,
            Optional<LocalDate> firstDay) {
        if (firstDay.isEmpty()) {
            return new PlanDecision.Refused(
                    List.of(FieldIssue.of("firstDay", PlanRefusal.PLAN_DATE_MISSING)));
        }
        long days =
                ChronoUnit.DAYS.between(
                        plan.windows().registration().firstDay(plan.zone()), firstDay.get());
        PlanDecision made = plans.add(tx, scope, draft(plan, number, name, days));
        if (made instanceof PlanDecision.Saved saved) {
            Plan copy = plans.find(tx, plan.tenant(), saved.plan()).orElseThrow();
            copyContent(tx, scope, plan, copy, days);
        }
        return made;
    }

    private static PlanDraft draft(Plan plan, String number, String name, long days) {
        Map<PlanStage, PlanDraft.Days> moved = new EnumMap<>(PlanStage.class);
        for (PlanStage stage : PlanStage.values()) {
            Window window = plan.windows().of(stage);
            moved.put(
                    stage,
                    PlanDraft.Days.of(
                            window.firstDay(plan.zone()).plusDays(days),
                            window.lastDay(plan.zone()).plusDays(days)));
        }
        return new PlanDraft(
                number,
                name,
                plan.zone(),
                plan.requirements(),
                plan.registrationMode(),
                moved,
                plan.policy(),
                plan.fullIdOnStickers(),
                plan.options(),
                plan.schools());
    }

    private void copyContent(Tx tx, StaffScope scope, Plan from, Plan to, long days) {
        Map<LevelId, LevelId> levels = new HashMap<>();
        for (CertificateLevel one : content.levels(tx, from.tenant(), from.id())) {
            done(
                    content.addLevel(
                            tx,
                            scope,
                            to,
                            new LevelDraft(
                                    one.number(),
                                    one.name(),
                                    one.shortName(),
                                    one.level(),
                                    one.majors(),
                                    one.issuer(),
                                    one.passRule(),
                                    one.totalPassMark())));
            content.levels(tx, to.tenant(), to.id()).stream()
                    .filter(
                            made ->
                                    made.number().equals(one.number())
                                            && made.level().equals(one.level()))
                    .forEach(made -> levels.put(one.id(), made.id()));
        }
        Map<String, SubjectId> before = new HashMap<>();
        for (Subject one : content.subjects(tx, from.tenant(), from.id())) {
            before.put(one.number(), one.id());
            done(
                    content.addSubject(
                            tx,
                            scope,
                            to,
                            new SubjectDraft(
                                    levels.get(one.level()),
                                    one.number(),
                                    one.name(),
                                    one.mode(),
                                    one.minutes(),
                                    one.fullMark(),
                                    one.passMark(),
                                    one.weight(),
                                    one.targetType())));
        }
        Map<SubjectId, SubjectId> subjects = new HashMap<>();
        content.subjects(tx, to.tenant(), to.id())
                .forEach(made -> subjects.put(before.get(made.number()), made.id()));
        for (Slot one : content.slots(tx, from.tenant(), from.id())) {
            Set<SubjectId> own =
                    one.subjects().stream().map(subjects::get).collect(Collectors.toSet());
            done(
                    content.addSlot(
                            tx,
                            scope,
                            to,
                            new SlotDraft(
                                    moved(from, one.time().from(), days),
                                    moved(from, one.time().to(), days),
                                    own)));
        }
    }

    /** The same time of day, so many days later, also across a change of the clocks. */
    private static Instant moved(Plan plan, Instant instant, long days) {
        return instant.atZone(plan.zone()).plusDays(days).toInstant();
    }

    private static void done(PlanDecision decision) {
        if (decision instanceof PlanDecision.Refused refused) {
            throw new PlanCopyBroken(refused.issues());
        }
    }

    /** What a sound plan holds was refused for its copy. */
    public static final class PlanCopyBroken extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        PlanCopyBroken(List<FieldIssue> issues) {
            super("a plan's own content does not fit its copy: " + issues);
        }
    }
}
