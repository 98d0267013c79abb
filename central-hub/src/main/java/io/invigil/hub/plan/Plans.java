package io.invigil.hub.plan;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.RecordVersion;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Plans: entering, changing, reading (domain, section 2). What a plan offers is in {@link
 * PlanContent}. Stateless and thread-safe.
 */
public final class Plans {
    public static final int PLANS_LISTED_MAX = 500;
    public static final int NAME_CHARS_MAX = 200;
    public static final int REQUIREMENTS_CHARS_MAX = 4000;
    public static final int MINUTES_MAX = 24 * 60;

    private static final Pattern NUMBER = Pattern.compile("[A-Z0-9-]{1,32}");

    private final PlanStore store = new PlanStore();
    private final PlanContentStore content = new PlanContentStore();
    private final Organisations organisations = new Organisations();
    private final Numbers numbers = new Numbers();
    private final Audit audit = new Audit();

    public Optional<Plan> find(Tx tx, TenantId tenant, PlanId id) {
        return store.find(tx, tenant, id);
    }

    public Optional<Plan> findByNumber(Tx tx, TenantId tenant, String number) {
        return store.findByNumber(tx, tenant, number);
    }

    /** The plan when the member of staff may see it: a school only sees plans that name it. */
    public Optional<Plan> findVisible(Tx tx, StaffScope scope, PlanId id) {
        return store.find(tx, scope.tenant(), id).filter(plan -> isVisible(tx, scope, plan));
    }

    /** Visible plans, newest exam window first; class sessions' plans are reached from those. */
    public List<Plan> visible(Tx tx, StaffScope scope) {
        return store.all(tx, scope.tenant(), PLANS_LISTED_MAX).stream()
                .filter(plan -> isVisible(tx, scope, plan))
                .toList();
    }

    /** As {@link #visible}, with the plans of class sessions. */
    public List<Plan> visibleWithSessions(Tx tx, StaffScope scope) {
        return Stream.concat(
                        store.all(tx, scope.tenant(), PLANS_LISTED_MAX).stream(),
                        store.ofSessions(tx, scope.tenant(), PLANS_LISTED_MAX).stream())
                .filter(plan -> isVisible(tx, scope, plan))
                .toList();
    }

    private boolean isVisible(Tx tx, StaffScope scope, Plan plan) {
        return switch (scope.role()) {
            case BODY_STAFF -> plan.body().equals(scope.organisation().id());
            case SCHOOL_CLERK -> plan.schools().contains(scope.organisation().id());
            case AUTHORITY_READER -> true;
            case TEACHER -> isTaughtBy(tx, scope, plan);
            case UNIT_STAFF ->
                    plan.isOfSession() && store.isEntrustedTo(tx, plan, scope.organisation().id());
            case COLLEGE_STAFF ->
                    plan.isOfSession() && store.isOfCollege(tx, plan, scope.organisation().id());
            case PROVINCE_STAFF -> false;
            case BODY_ADMIN,
                    SCHOOL_ADMIN,
                    AUTHORITY_ADMIN,
                    PROVINCE_ADMIN,
                    UNIT_ADMIN,
                    COLLEGE_ADMIN ->
                    false;
        };
    }

    private boolean isTaughtBy(Tx tx, StaffScope scope, Plan plan) {
        return plan.isOfSession() && store.isTaughtBy(tx, plan, scope.login());
    }

    /**
     * Whether the member of staff has the plan's sittings held: packages, release of papers. Of a
     * class session its teachers and the school's clerks, otherwise the body.
     */
    public boolean mayHold(Tx tx, StaffScope scope, Plan plan) {
        return plan.isOfSession()
                ? scope.role() == StaffRole.SCHOOL_CLERK && isVisible(tx, scope, plan)
                        || scope.role() == StaffRole.TEACHER && isTaughtBy(tx, scope, plan)
                : scope.mayRunPlansOf(plan.body());
    }

    /**
     * Whether the member of staff marks answers of the plan: the body, and of a class session the
     * teachers (S0, section 9: 任课老师只能阅分配课程、班级下学生的试卷).
     */
    public boolean mayMark(Tx tx, StaffScope scope, Plan plan) {
        return scope.mayRunPlansOf(plan.body())
                || scope.role() == StaffRole.TEACHER && isTaughtBy(tx, scope, plan);
    }

    /**
     * Whether the member of staff may see sittings of a school's candidates in this plan; a unit
     * those of the classes entrusted to it, a college those of its classes.
     */
    public boolean seesSittings(Tx tx, StaffScope scope, Plan plan, OrganisationId school) {
        return scope.role() == StaffRole.UNIT_STAFF || scope.role() == StaffRole.COLLEGE_STAFF
                ? isVisible(tx, scope, plan)
                : scope.sees(school);
    }

    /** Makes other changes of this plan wait until the transaction ends. */
    public void lock(Tx tx, TenantId tenant, PlanId plan) {
        store.lock(tx, tenant, plan);
    }

    /** Enters a new plan of the member's body. */
    public PlanDecision add(Tx tx, StaffScope scope, PlanDraft draft) {
        if (!scope.mayRunPlansOf(scope.organisation().id())) {
            return refused(List.of(FieldIssue.of("", PlanRefusal.PLAN_NOT_ALLOWED)));
        }
        List<FieldIssue> issues = issues(tx, scope, draft, Optional.empty());
        if (!issues.isEmpty()) {
            return refused(issues);
        }
        PlanId id = new PlanId(numbers.take(tx, scope.tenant(), NumberSeries.PLAN, 1));
        Plan added = plan(scope.tenant(), id, scope.organisation().id(), draft);
        store.add(tx, added);
        audit.created(tx, scope.actor(), "plan", id, added);
        return new PlanDecision.Saved(id);
    }

    /**
     * Changes a plan unless somebody else has changed it since the form was filled.
     *
     * @param version of the plan that the form was filled from, see {@link RecordVersion}
     */
    public PlanDecision change(
            Tx tx, StaffScope scope, Plan plan, PlanDraft draft, String version) {
        store.lock(tx, plan.tenant(), plan.id());
        Plan now = store.find(tx, plan.tenant(), plan.id()).orElseThrow();
        if (!RecordVersion.of(now).equals(version)) {
            return refused(List.of(FieldIssue.of("", PlanRefusal.PLAN_CHANGED_MEANWHILE)));
        }
        return change(tx, scope, now, draft);
    }

    /** Changes a plan; the caller has found it visible. */
    public PlanDecision change(Tx tx, StaffScope scope, Plan plan, PlanDraft draft) {
        if (!scope.mayRunPlansOf(plan.body())) {
            return refused(List.of(FieldIssue.of("", PlanRefusal.PLAN_NOT_ALLOWED)));
        }
        store.lock(tx, plan.tenant(), plan.id());
        List<FieldIssue> issues = issues(tx, scope, draft, Optional.of(plan));
        if (!issues.isEmpty()) {
            return refused(issues);
        }
        Plan changed = plan(plan.tenant(), plan.id(), plan.body(), draft);
        store.change(tx, changed);
        audit.changed(tx, scope.actor(), "plan", plan.id(), plan, changed);
        return new PlanDecision.Saved(plan.id());
    }

    private List<FieldIssue> issues(
            Tx tx, StaffScope scope, PlanDraft draft, Optional<Plan> before) {
        List<FieldIssue> issues = new ArrayList<>();
        if (!NUMBER.matcher(draft.number()).matches()
                || draft.number().startsWith(SessionPlans.NUMBER_PREFIX)) {
            issues.add(FieldIssue.of("number", PlanRefusal.PLAN_NUMBER_MALFORMED));
        } else if (store.findByNumber(tx, scope.tenant(), draft.number())
                .filter(other -> before.map(own -> !own.id().equals(other.id())).orElse(true))
                .isPresent()) {
            issues.add(FieldIssue.of("number", PlanRefusal.PLAN_NUMBER_TAKEN, draft.number()));
        }
        if (draft.name().isBlank()) {
            issues.add(FieldIssue.of("name", PlanRefusal.PLAN_NAME_MISSING));
        }
        if (draft.name().length() > NAME_CHARS_MAX) {
            issues.add(tooLong("name", NAME_CHARS_MAX));
        }
        if (draft.requirements().length() > REQUIREMENTS_CHARS_MAX) {
            issues.add(tooLong("requirements", REQUIREMENTS_CHARS_MAX));
        }
        minutes(issues, "checkInOpens", draft.policy().checkInOpensMinutesBefore());
        minutes(issues, "lateStart", draft.policy().lateStartMinutes());
        windowIssues(issues, draft);
        schoolIssues(tx, scope, draft, before, issues);
        before.ifPresent(plan -> slotIssues(tx, plan, draft, issues));
        before.ifPresent(plan -> modeIssues(tx, plan, draft, issues));
        return issues;
    }

    /** The exam window does not shrink away from slots that were entered. */
    private void slotIssues(Tx tx, Plan plan, PlanDraft draft, List<FieldIssue> issues) {
        if (!issues.isEmpty()) {
            return;
        }
        Window exam = window(draft, PlanStage.EXAM);
        boolean outside =
                content.slots(tx, plan.tenant(), plan.id()).stream()
                        .map(Slot::time)
                        .anyMatch(
                                time ->
                                        time.from().isBefore(exam.from())
                                                || time.to().isAfter(exam.to()));
        if (outside) {
            issues.add(FieldIssue.of(field(PlanStage.EXAM), PlanRefusal.PLAN_SLOTS_OUTSIDE));
        }
    }

    /** How one registers stays as it is once somebody has registered. */
    private void modeIssues(Tx tx, Plan plan, PlanDraft draft, List<FieldIssue> issues) {
        if (draft.registrationMode() != plan.registrationMode()
                && !store.registeredSchools(tx, plan).isEmpty()) {
            issues.add(FieldIssue.of("mode", PlanRefusal.PLAN_MODE_FIXED));
        }
    }

    private static void minutes(List<FieldIssue> issues, String field, int minutes) {
        if (minutes < 0 || minutes > MINUTES_MAX) {
            issues.add(
                    FieldIssue.of(
                            field, PlanRefusal.PLAN_MINUTES_RANGE, Integer.toString(MINUTES_MAX)));
        }
    }

    private static FieldIssue tooLong(String field, int max) {
        return FieldIssue.of(field, PlanRefusal.PLAN_TEXT_TOO_LONG, Integer.toString(max));
    }

    private static void windowIssues(List<FieldIssue> issues, PlanDraft draft) {
        Map<PlanStage, Window> windows = new EnumMap<>(PlanStage.class);
        for (PlanStage stage : PlanStage.values()) {
            PlanDraft.Days days = draft.days().get(stage);
            if (days == null || days.first().isEmpty() || days.last().isEmpty()) {
                issues.add(FieldIssue.of(field(stage), PlanRefusal.PLAN_DATE_MISSING));
            } else if (days.last().get().isBefore(days.first().get())) {
                issues.add(FieldIssue.of(field(stage), PlanRefusal.PLAN_WINDOW_REVERSED));
            } else {
                windows.put(
                        stage, Window.ofDays(days.first().get(), days.last().get(), draft.zone()));
            }
        }
        PlanStage[] stages = PlanStage.values();
        for (int at = 1; at < stages.length; at++) {
            Window earlier = windows.get(stages[at - 1]);
            Window later = windows.get(stages[at]);
            if (earlier != null && later != null && later.from().isBefore(earlier.from())) {
                issues.add(FieldIssue.of(field(stages[at]), PlanRefusal.PLAN_WINDOWS_ORDER));
            }
        }
    }

    /** Name of a stage's first-day field in forms. */
    public static String field(PlanStage stage) {
        return stage.name() + ".first";
    }

    private void schoolIssues(
            Tx tx,
            StaffScope scope,
            PlanDraft draft,
            Optional<Plan> before,
            List<FieldIssue> issues) {
        for (OrganisationId school : draft.schools()) {
            boolean known =
                    organisations
                            .find(tx, scope.tenant(), school)
                            .map(Organisation::kind)
                            .filter(kind -> kind == OrganisationKind.SCHOOL)
                            .isPresent();
            if (!known) {
                issues.add(
                        FieldIssue.of(
                                "schools", PlanRefusal.PLAN_SCHOOL_UNKNOWN, school.toString()));
            }
        }
        before.ifPresent(
                plan -> {
                    Set<OrganisationId> registered = store.registeredSchools(tx, plan);
                    for (OrganisationId school : registered) {
                        if (!draft.schools().contains(school)) {
                            String name =
                                    organisations
                                            .find(tx, scope.tenant(), school)
                                            .map(Organisation::name)
                                            .orElse("");
                            issues.add(
                                    FieldIssue.of(
                                            "schools", PlanRefusal.PLAN_SCHOOL_REGISTERED, name));
                        }
                    }
                });
    }

    private static Plan plan(TenantId tenant, PlanId id, OrganisationId body, PlanDraft draft) {
        return new Plan(
                tenant,
                id,
                draft.number(),
                draft.name().strip(),
                body,
                draft.zone(),
                draft.requirements().strip(),
                draft.registrationMode(),
                new PlanWindows(
                        window(draft, PlanStage.REGISTRATION),
                        window(draft, PlanStage.ARRANGEMENT),
                        window(draft, PlanStage.EXAM),
                        window(draft, PlanStage.SCORE_ENTRY),
                        window(draft, PlanStage.PUBLICITY)),
                draft.policy(),
                draft.fullIdOnStickers(),
                draft.options(),
                draft.schools(),
                0);
    }

    private static Window window(PlanDraft draft, PlanStage stage) {
        PlanDraft.Days days = draft.days().get(stage);
        return Window.ofDays(days.first().orElseThrow(), days.last().orElseThrow(), draft.zone());
    }

    private static PlanDecision refused(List<FieldIssue> issues) {
        return new PlanDecision.Refused(issues);
    }
}
