package io.invigil.hub.plan;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Certificate levels, subjects and slots of a plan. Once candidates are registered, levels and
 * subjects stay as they are; slots may be added, and removed while nobody is seated in them.
 * Stateless and thread-safe.
 */
public final class PlanContent {
    public static final int LEVELS_MAX = 50;
    public static final int SUBJECTS_MAX = 200;
    public static final int SLOTS_MAX = 200;
    public static final int MINUTES_MAX = 600;

    private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9-]{1,32}");
    private static final BigDecimal MARK_MAX = new BigDecimal("1000");
    private static final BigDecimal WEIGHT_MAX = new BigDecimal("100");

    private final PlanContentStore store = new PlanContentStore();
    private final PlanStore plans = new PlanStore();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

    public List<CertificateLevel> levels(Tx tx, TenantId tenant, PlanId plan) {
        return store.levels(tx, tenant, plan);
    }

    public Optional<CertificateLevel> level(Tx tx, TenantId tenant, LevelId id) {
        return store.level(tx, tenant, id);
    }

    public List<Subject> subjects(Tx tx, TenantId tenant, PlanId plan) {
        return store.subjects(tx, tenant, plan);
    }

    public Optional<Subject> subject(Tx tx, TenantId tenant, SubjectId id) {
        return store.subject(tx, tenant, id);
    }

    /** Slots by start. */
    public List<Slot> slots(Tx tx, TenantId tenant, PlanId plan) {
        return store.slots(tx, tenant, plan);
    }

    public Optional<Slot> slot(Tx tx, TenantId tenant, SlotId id) {
        return store.planOfSlot(tx, tenant, id).stream()
                .flatMap(plan -> store.slots(tx, tenant, plan).stream())
                .filter(slot -> slot.id().equals(id))
                .findFirst();
    }

    public PlanDecision addLevel(Tx tx, StaffScope scope, Plan plan, LevelDraft draft) {
        List<FieldIssue> issues = mayChange(tx, scope, plan, true);
        if (!NUMBER.matcher(draft.number()).matches()) {
            issues.add(FieldIssue.of("number", PlanRefusal.LEVEL_NUMBER_MALFORMED));
        }
        if (isNotText(draft.name(), 200)) {
            issues.add(FieldIssue.of("name", PlanRefusal.LEVEL_NAME_MISSING));
        }
        if (isNotText(draft.shortName(), 60)) {
            issues.add(FieldIssue.of("shortName", PlanRefusal.LEVEL_NAME_MISSING));
        }
        if (isNotText(draft.level(), 20)) {
            issues.add(FieldIssue.of("level", PlanRefusal.LEVEL_NAME_MISSING));
        }
        if (draft.issuer().length() > 200) {
            issues.add(FieldIssue.of("issuer", PlanRefusal.PLAN_TEXT_TOO_LONG, "200"));
        }
        if (String.join("\n", draft.majors()).length() > 2000) {
            issues.add(FieldIssue.of("majors", PlanRefusal.PLAN_TEXT_TOO_LONG, "2000"));
        }
        boolean weighted = draft.passRule() == PassRule.WEIGHTED_TOTAL;
        if (weighted && isOutside(draft.totalPassMark(), new BigDecimal("0.01"), MARK_MAX)) {
            issues.add(FieldIssue.of("totalPassMark", PlanRefusal.LEVEL_TOTAL_MISSING));
        }
        List<CertificateLevel> present = store.levels(tx, plan.tenant(), plan.id());
        if (present.size() >= LEVELS_MAX) {
            issues.add(FieldIssue.of("", PlanRefusal.LEVEL_LIMIT, "" + LEVELS_MAX));
        }
        if (present.stream()
                .anyMatch(
                        one ->
                                one.number().equals(draft.number())
                                        && one.level().equals(draft.level()))) {
            issues.add(FieldIssue.of("number", PlanRefusal.LEVEL_TAKEN));
        }
        if (!issues.isEmpty()) {
            return new PlanDecision.Refused(issues);
        }
        LevelId id = new LevelId(numbers.take(tx, plan.tenant(), NumberSeries.LEVEL, 1));
        CertificateLevel added =
                new CertificateLevel(
                        plan.tenant(),
                        id,
                        plan.id(),
                        draft.number(),
                        draft.name(),
                        draft.shortName(),
                        draft.level(),
                        draft.majors(),
                        draft.issuer(),
                        draft.passRule(),
                        weighted ? draft.totalPassMark() : BigDecimal.ZERO);
        store.add(tx, added);
        audit.created(tx, scope.actor(), "plan-level", id, added);
        return new PlanDecision.Saved(plan.id());
    }

    public PlanDecision addSubject(Tx tx, StaffScope scope, Plan plan, SubjectDraft draft) {
        List<FieldIssue> issues = mayChange(tx, scope, plan, true);
        if (!NUMBER.matcher(draft.number()).matches()) {
            issues.add(FieldIssue.of("number", PlanRefusal.SUBJECT_NUMBER_MALFORMED));
        }
        if (isNotText(draft.name(), 200)) {
            issues.add(FieldIssue.of("name", PlanRefusal.SUBJECT_NAME_MISSING));
        }
        if (draft.minutes() < 1 || draft.minutes() > MINUTES_MAX) {
            issues.add(
                    FieldIssue.of("minutes", PlanRefusal.SUBJECT_MINUTES_RANGE, "" + MINUTES_MAX));
        }
        if (isOutside(draft.fullMark(), new BigDecimal("0.01"), MARK_MAX)) {
            issues.add(FieldIssue.of("fullMark", PlanRefusal.SUBJECT_MARKS_RANGE));
        } else if (isOutside(draft.passMark(), BigDecimal.ZERO, draft.fullMark())) {
            issues.add(FieldIssue.of("passMark", PlanRefusal.SUBJECT_MARKS_RANGE));
        }
        if (isOutside(draft.weight(), BigDecimal.ZERO, WEIGHT_MAX)) {
            issues.add(FieldIssue.of("weight", PlanRefusal.SUBJECT_WEIGHT_RANGE));
        }
        if (draft.targetType().length() > 60) {
            issues.add(FieldIssue.of("targetType", PlanRefusal.PLAN_TEXT_TOO_LONG, "60"));
        }
        if (store.levels(tx, plan.tenant(), plan.id()).stream()
                .noneMatch(level -> level.id().equals(draft.level()))) {
            issues.add(FieldIssue.of("level", PlanRefusal.LEVEL_UNKNOWN));
        }
        List<Subject> present = store.subjects(tx, plan.tenant(), plan.id());
        if (present.size() >= SUBJECTS_MAX) {
            issues.add(FieldIssue.of("", PlanRefusal.SUBJECT_LIMIT, "" + SUBJECTS_MAX));
        }
        if (present.stream().anyMatch(one -> one.number().equals(draft.number()))) {
            issues.add(FieldIssue.of("number", PlanRefusal.SUBJECT_NUMBER_TAKEN));
        }
        if (!issues.isEmpty()) {
            return new PlanDecision.Refused(issues);
        }
        SubjectId id = new SubjectId(numbers.take(tx, plan.tenant(), NumberSeries.SUBJECT, 1));
        Subject added =
                new Subject(
                        plan.tenant(),
                        id,
                        plan.id(),
                        draft.level(),
                        draft.number(),
                        draft.name(),
                        draft.mode(),
                        draft.minutes(),
                        draft.fullMark(),
                        draft.passMark(),
                        draft.weight(),
                        draft.targetType().isBlank()
                                ? Subject.EVERYBODY
                                : draft.targetType().strip());
        store.add(tx, added);
        audit.created(tx, scope.actor(), "subject", id, added);
        return new PlanDecision.Saved(plan.id());
    }

    public PlanDecision addSlot(Tx tx, StaffScope scope, Plan plan, SlotDraft draft) {
        List<FieldIssue> issues = mayChange(tx, scope, plan, false);
        if (!draft.start().isBefore(draft.end())) {
            issues.add(FieldIssue.of("end", PlanRefusal.SLOT_REVERSED));
            return new PlanDecision.Refused(issues);
        }
        Window exam = plan.windows().exam();
        if (draft.start().isBefore(exam.from()) || draft.end().isAfter(exam.to())) {
            String days = exam.firstDay(plan.zone()) + " – " + exam.lastDay(plan.zone());
            issues.add(FieldIssue.of("start", PlanRefusal.SLOT_OUTSIDE_EXAM_WINDOW, days));
        }
        List<Slot> present = store.slots(tx, plan.tenant(), plan.id());
        Window time = new Window(draft.start(), draft.end());
        if (present.size() >= SLOTS_MAX) {
            issues.add(FieldIssue.of("", PlanRefusal.SLOT_LIMIT, "" + SLOTS_MAX));
        }
        if (present.stream().anyMatch(slot -> slot.time().equals(time))) {
            issues.add(FieldIssue.of("start", PlanRefusal.SLOT_TAKEN));
        }
        slotSubjects(tx, plan, draft, issues);
        if (!issues.isEmpty()) {
            return new PlanDecision.Refused(issues);
        }
        SlotId id = new SlotId(numbers.take(tx, plan.tenant(), NumberSeries.SLOT, 1));
        List<SubjectId> subjects = List.copyOf(draft.subjects());
        Slot added = new Slot(plan.tenant(), id, plan.id(), time, subjects);
        store.add(tx, added);
        audit.created(tx, scope.actor(), "slot", id, added);
        return new PlanDecision.Saved(plan.id());
    }

    private void slotSubjects(Tx tx, Plan plan, SlotDraft draft, List<FieldIssue> issues) {
        if (draft.subjects().isEmpty()) {
            issues.add(FieldIssue.of("subjects", PlanRefusal.SLOT_SUBJECTS_MISSING));
        }
        Map<SubjectId, Subject> known =
                store.subjects(tx, plan.tenant(), plan.id()).stream()
                        .collect(Collectors.toMap(Subject::id, Function.identity()));
        long minutes = Duration.between(draft.start(), draft.end()).toMinutes();
        for (SubjectId id : draft.subjects()) {
            Subject subject = known.get(id);
            if (subject == null) {
                issues.add(FieldIssue.of("subjects", PlanRefusal.SUBJECT_UNKNOWN));
            } else if (subject.minutes() > minutes) {
                issues.add(FieldIssue.of("end", PlanRefusal.SLOT_TOO_SHORT, subject.name()));
            }
        }
    }

    /** Removes a slot in which nobody is seated. */
    public PlanDecision removeSlot(Tx tx, StaffScope scope, Plan plan, SlotId slot) {
        List<FieldIssue> issues = mayChange(tx, scope, plan, false);
        if (plans.isSeatedIn(tx, plan.tenant(), slot)) {
            issues.add(FieldIssue.of("", PlanRefusal.SLOT_IN_USE));
        }
        if (!issues.isEmpty()) {
            return new PlanDecision.Refused(issues);
        }
        if (store.planOfSlot(tx, plan.tenant(), slot).filter(plan.id()::equals).isPresent()) {
            Optional<Slot> removed = slot(tx, plan.tenant(), slot);
            store.removeSlot(tx, plan.tenant(), slot);
            removed.ifPresent(one -> audit.deleted(tx, scope.actor(), "slot", slot, one));
        }
        return new PlanDecision.Saved(plan.id());
    }

    /** Removes a subject of a plan without registrations. */
    public PlanDecision removeSubject(Tx tx, StaffScope scope, Plan plan, SubjectId subject) {
        List<FieldIssue> issues = mayChange(tx, scope, plan, true);
        if (!issues.isEmpty()) {
            return new PlanDecision.Refused(issues);
        }
        for (Subject one : store.subjects(tx, plan.tenant(), plan.id())) {
            if (one.id().equals(subject)) {
                store.removeSubject(tx, plan.tenant(), subject);
                audit.deleted(tx, scope.actor(), "subject", subject, one);
            }
        }
        return new PlanDecision.Saved(plan.id());
    }

    private List<FieldIssue> mayChange(Tx tx, StaffScope scope, Plan plan, boolean untouched) {
        List<FieldIssue> issues = new ArrayList<>();
        if (!scope.mayRunPlansOf(plan.body())) {
            issues.add(FieldIssue.of("", PlanRefusal.PLAN_NOT_ALLOWED));
            return issues;
        }
        plans.lock(tx, plan.tenant(), plan.id());
        if (untouched && !plans.registeredSchools(tx, plan).isEmpty()) {
            issues.add(FieldIssue.of("", PlanRefusal.PLAN_HAS_REGISTRATIONS));
        }
        return issues;
    }

    private static boolean isNotText(String text, int charsMax) {
        return text.isBlank() || text.length() > charsMax;
    }

    private static boolean isOutside(BigDecimal value, BigDecimal least, BigDecimal most) {
        return value.compareTo(least) < 0 || value.compareTo(most) > 0;
    }
}
