package io.invigil.hub.plan;

import io.invigil.appliance.web.Form;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.pack.AttemptRules;
import io.invigil.exam.pack.AttendanceWindows;
import io.invigil.exam.pack.ExamPolicy.ResultVisibility;
import io.invigil.exam.pack.FaceRechecks;
import io.invigil.exam.pack.IdentityCheck;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.RecordVersion;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The plan's form: fields to draft, plan to fields. */
final class PlanForm {
    private PlanForm() {}

    /** What became of reading the form. */
    sealed interface Reading {
        record Read(PlanDraft draft) implements Reading {}

        record Unreadable(List<FieldIssue> issues) implements Reading {}
    }

    static Entered blank() {
        SittingPolicy policy = SittingPolicy.standard();
        return policy(
                        new Entered.Builder()
                                .with("mode", RegistrationMode.BY_CERTIFICATE)
                                .with("mixed", "on"),
                        policy)
                .build();
    }

    static Entered of(Plan plan) {
        Entered.Builder fields =
                new Entered.Builder()
                        .with("number", plan.number())
                        .with("name", plan.name())
                        .with("requirements", plan.requirements())
                        .withAll("schools", List.copyOf(plan.schools()));
        for (PlanStage stage : PlanStage.values()) {
            Window window = plan.windows().of(stage);
            fields.with(stage + ".first", window.firstDay(plan.zone()));
            fields.with(stage + ".last", window.lastDay(plan.zone()));
        }
        if (plan.fullIdOnStickers()) {
            fields.with("fullId", "on");
        }
        fields.with("mode", plan.registrationMode());
        if (plan.options().fees()) {
            fields.with("fees", "on");
        }
        if (plan.options().mixedSubjects()) {
            fields.with("mixed", "on");
        }
        return policy(fields, plan.policy()).build();
    }

    private static Entered.Builder policy(Entered.Builder fields, SittingPolicy policy) {
        fields.with("checkInOpens", policy.checkInOpensMinutesBefore())
                .with("lateStart", policy.lateStartMinutes())
                .with("visibility", policy.resultVisibility())
                .with("identity", policy.identity())
                .with("attempts", policy.attempts().allowed())
                .with("counting", policy.attempts().counting())
                .with("checkOut", policy.attendance().checkOutMinutes())
                .with("recheckMinutes", policy.rechecks().everyMinutes());
        if (policy.rechecks().afterLeaving()) {
            fields.with("recheckOnReturn", "on");
        }
        if (policy.attendance().handInLeaves()) {
            fields.with("handInLeaves", "on");
        }
        if (policy.openBook()) {
            fields.with("openBook", "on");
        }
        if (policy.recordFocusLoss()) {
            fields.with("focusLoss", "on");
        }
        if (policy.autoPassWithoutIncident()) {
            fields.with("autoPass", "on");
        }
        return fields;
    }

    /** A difference under the field's own label. */
    static RecordVersion.Difference named(Visit visit, RecordVersion.Difference one) {
        String name = one.field();
        String label =
                switch (name) {
                    case "checkInOpens" -> visit.text("plan.check-in-opens");
                    case "lateStart" -> visit.text("plan.late-start");
                    case "checkOut" -> visit.text("plan.check-out");
                    case "handInLeaves" -> visit.text("plan.hand-in-leaves");
                    case "openBook" -> visit.text("plan.open-book");
                    case "focusLoss" -> visit.text("plan.focus-loss");
                    case "recheckMinutes" -> visit.text("plan.recheck-minutes");
                    case "recheckOnReturn" -> visit.text("plan.recheck-on-return");
                    case "autoPass" -> visit.text("plan.auto-pass");
                    case "fullId" -> visit.text("plan.full-id");
                    case "fees" -> visit.text("plan.uses-fees");
                    case "mixed" -> visit.text("plan.mixed-subjects");
                    case "mode" -> visit.text("plan.registration-mode");
                    default -> {
                        int dot = name.indexOf('.');
                        yield dot < 0
                                ? visit.text("plan." + name)
                                : visit.text("plan.stage." + name.substring(0, dot))
                                        + " · "
                                        + visit.text("plan." + name.substring(dot + 1) + "-day");
                    }
                };
        return one.labelled(label);
    }

    static Reading read(Form form, ZoneId zone) {
        List<FieldIssue> issues = new ArrayList<>();
        int checkIn = minutes(form, "checkInOpens", issues);
        int lateStart = minutes(form, "lateStart", issues);
        Optional<Long> recheck = recheckMinutes(form, issues);
        int attempts = attempts(form, issues);
        int checkOut = checkOut(form, issues);
        if (!issues.isEmpty()) {
            return new Reading.Unreadable(issues);
        }
        Map<PlanStage, PlanDraft.Days> days = new EnumMap<>(PlanStage.class);
        for (PlanStage stage : PlanStage.values()) {
            days.put(
                    stage,
                    new PlanDraft.Days(form.date(stage + ".first"), form.date(stage + ".last")));
        }
        Optional<ResultVisibility> visibility =
                Arrays.stream(ResultVisibility.values())
                        .filter(one -> one.name().equals(form.text("visibility")))
                        .findFirst();
        Optional<IdentityCheck> identity =
                Arrays.stream(IdentityCheck.values())
                        .filter(one -> one.name().equals(form.text("identity")))
                        .findFirst();
        Optional<AttemptRules.Counting> counting =
                Arrays.stream(AttemptRules.Counting.values())
                        .filter(one -> one.name().equals(form.text("counting")))
                        .findFirst();
        SittingPolicy policy =
                new SittingPolicy(
                        checkIn,
                        lateStart,
                        visibility.orElse(ResultVisibility.AT_PUBLICITY),
                        form.ticked("openBook"),
                        form.ticked("focusLoss"),
                        form.ticked("autoPass"),
                        identity.orElse(IdentityCheck.OFF),
                        new FaceRechecks(
                                recheck.orElse(0L).intValue(), form.ticked("recheckOnReturn")),
                        new AttemptRules(attempts, counting.orElse(AttemptRules.Counting.HIGHEST)),
                        new AttendanceWindows(checkOut, form.ticked("handInLeaves")));
        return new Reading.Read(
                new PlanDraft(
                        form.text("number"),
                        form.text("name"),
                        zone,
                        form.text("requirements"),
                        form.text("mode").equals(RegistrationMode.BY_SUBJECT.name())
                                ? RegistrationMode.BY_SUBJECT
                                : RegistrationMode.BY_CERTIFICATE,
                        days,
                        policy,
                        form.ticked("fullId"),
                        new PlanOptions(form.ticked("fees"), form.ticked("mixed")),
                        form.numbers("schools").stream()
                                .filter(id -> id > 0)
                                .map(OrganisationId::new)
                                .collect(Collectors.toSet())));
    }

    /** Nothing entered stands for none. */
    private static Optional<Long> recheckMinutes(Form form, List<FieldIssue> issues) {
        String field = "recheckMinutes";
        Optional<Long> minutes =
                form.number(field)
                        .filter(value -> value >= 0 && value <= FaceRechecks.EVERY_MINUTES_MAX)
                        .filter(value -> FaceRechecks.isInterval(value.intValue()));
        if (minutes.isEmpty() && !form.text(field).isBlank()) {
            issues.add(
                    FieldIssue.of(
                            field,
                            PlanRefusal.PLAN_RECHECK_RANGE,
                            FaceRechecks.EVERY_MINUTES_MIN + "–" + FaceRechecks.EVERY_MINUTES_MAX));
        }
        return minutes;
    }

    /** What the source says when the form does not ask. */
    private static int checkOut(Form form, List<FieldIssue> issues) {
        String field = "checkOut";
        if (form.text(field).isBlank()) {
            return AttendanceWindows.STANDARD.checkOutMinutes();
        }
        Optional<Long> minutes =
                form.number(field)
                        .filter(value -> value >= 0 && value <= AttendanceWindows.MINUTES_MAX);
        if (minutes.isEmpty()) {
            issues.add(
                    FieldIssue.of(
                            field,
                            PlanRefusal.PLAN_MINUTES_RANGE,
                            "" + AttendanceWindows.MINUTES_MAX));
        }
        return minutes.orElse(0L).intValue();
    }

    /** One when the form does not ask. */
    private static int attempts(Form form, List<FieldIssue> issues) {
        if (form.text("attempts").isBlank()) {
            return 1;
        }
        Optional<Long> attempts =
                form.number("attempts")
                        .filter(value -> value >= 1 && value <= AttemptRules.ALLOWED_MAX);
        if (attempts.isEmpty()) {
            issues.add(
                    FieldIssue.of(
                            "attempts",
                            PlanRefusal.PLAN_ATTEMPTS_RANGE,
                            "" + AttemptRules.ALLOWED_MAX));
        }
        return attempts.orElse(1L).intValue();
    }

    private static int minutes(Form form, String field, List<FieldIssue> issues) {
        Optional<Long> minutes =
                form.number(field).filter(value -> value >= 0 && value <= Plans.MINUTES_MAX);
        if (minutes.isEmpty()) {
            issues.add(
                    FieldIssue.of(field, PlanRefusal.PLAN_MINUTES_RANGE, "" + Plans.MINUTES_MAX));
        }
        return minutes.orElse(0L).intValue();
    }
}
