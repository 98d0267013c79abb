package io.invigil.hub.plan;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.web.Form;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Certificates, subjects and slots of a plan, on one page with three forms. Thread-safe. */
public final class PlanContentPages implements HttpService {
    private final PlanDesk plans;
    private final StaffDesk desk;
    private final PlanContent content = new PlanContent();

    public PlanContentPages(PlanDesk plans) {
        this.plans = plans;
        this.desk = plans.desk();
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole body = StaffRole.BODY_STAFF;
        rules.get("/plans/{plan}/content", plans.page(this::show))
                .post("/plans/{plan}/levels", plans.page(this::addLevel, body))
                .post("/plans/{plan}/subjects", plans.page(this::addSubject, body))
                .post(
                        "/plans/{plan}/subjects/{subject}/remove",
                        plans.page(this::removeSubject, body))
                .post("/plans/{plan}/slots", plans.page(this::addSlot, body))
                .post("/plans/{plan}/slots/{slot}/remove", plans.page(this::removeSlot, body));
    }

    private Reply show(Visit visit, StaffScope scope, Plan plan) {
        return page(visit, scope, plan, Entered.empty(), new FormErrors());
    }

    private Reply page(
            Visit visit, StaffScope scope, Plan plan, Entered entered, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    view.put("levels", content.levels(tx, plan.tenant(), plan.id()));
                    view.put("subjects", content.subjects(tx, plan.tenant(), plan.id()));
                    view.put("slots", content.slots(tx, plan.tenant(), plan.id()));
                    return view;
                });
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("mayChange", scope.mayRunPlansOf(plan.body()));
        view.put("entered", entered);
        view.put("errors", errors);
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("plan.content")).errors(errors.list()),
                desk.content("plan/content.jte", view));
    }

    private Reply addLevel(Visit visit, StaffScope scope, Plan plan) {
        Form form = visit.form();
        LevelDraft draft =
                new LevelDraft(
                        form.text("number"),
                        form.text("name"),
                        form.text("shortName"),
                        form.text("level"),
                        form.text("majors")
                                .lines()
                                .flatMap(line -> Arrays.stream(line.split("[、,，;；]")))
                                .map(String::strip)
                                .filter(major -> !major.isEmpty())
                                .toList(),
                        form.text("issuer"),
                        form.text("passRule").equals(PassRule.WEIGHTED_TOTAL.name())
                                ? PassRule.WEIGHTED_TOTAL
                                : PassRule.ALL_SUBJECTS,
                        mark(form, "totalPassMark").orElse(BigDecimal.ZERO));
        return decide(visit, scope, plan, tx -> content.addLevel(tx, scope, plan, draft));
    }

    private Reply addSubject(Visit visit, StaffScope scope, Plan plan) {
        Form form = visit.form();
        Optional<ExamMode> mode =
                Arrays.stream(ExamMode.values())
                        .filter(one -> one.name().equals(form.text("mode")))
                        .findFirst();
        SubjectDraft draft =
                new SubjectDraft(
                        new LevelId(
                                form.number("level").filter(id -> id > 0).orElse(Long.MAX_VALUE)),
                        form.text("number"),
                        form.text("name"),
                        mode.orElse(ExamMode.COMPUTER),
                        form.number("minutes").filter(n -> n < 10_000).orElse(0L).intValue(),
                        mark(form, "fullMark").orElse(BigDecimal.ZERO),
                        mark(form, "passMark").orElse(new BigDecimal("-1")),
                        mark(form, "weight").orElse(new BigDecimal("-1")),
                        form.text("targetType"));
        return decide(visit, scope, plan, tx -> content.addSubject(tx, scope, plan, draft));
    }

    private static Optional<BigDecimal> mark(Form form, String field) {
        return form.get(field)
                .filter(text -> text.matches("\\d{1,5}(\\.\\d{1,4})?"))
                .map(BigDecimal::new);
    }

    private Reply addSlot(Visit visit, StaffScope scope, Plan plan) {
        Form form = visit.form();
        Optional<LocalDate> day = form.date("day");
        Optional<Instant> start = day.flatMap(date -> at(plan, date, form.text("start")));
        Optional<Instant> end = day.flatMap(date -> at(plan, date, form.text("end")));
        if (start.isEmpty() || end.isEmpty()) {
            return refused(
                    visit,
                    scope,
                    plan,
                    List.of(FieldIssue.of("start", PlanRefusal.SLOT_TIME_MISSING)));
        }
        SlotDraft draft =
                new SlotDraft(
                        start.get(),
                        end.get(),
                        form.numbers("subjects").stream()
                                .filter(id -> id > 0)
                                .map(SubjectId::new)
                                .collect(Collectors.toSet()));
        return decide(visit, scope, plan, tx -> content.addSlot(tx, scope, plan, draft));
    }

    private static Optional<Instant> at(Plan plan, LocalDate day, String time) {
        try {
            return Optional.of(day.atTime(LocalTime.parse(time)).atZone(plan.zone()).toInstant());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private Reply removeSlot(Visit visit, StaffScope scope, Plan plan) {
        SlotId slot = new SlotId(Math.max(1, visit.pathNumber("slot")));
        return decide(visit, scope, plan, tx -> content.removeSlot(tx, scope, plan, slot));
    }

    private Reply removeSubject(Visit visit, StaffScope scope, Plan plan) {
        SubjectId subject = new SubjectId(Math.max(1, visit.pathNumber("subject")));
        return decide(visit, scope, plan, tx -> content.removeSubject(tx, scope, plan, subject));
    }

    private Reply decide(
            Visit visit, StaffScope scope, Plan plan, Function<Tx, PlanDecision> work) {
        return switch (desk.inTransaction(work)) {
            case PlanDecision.Saved saved -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("plan.saved"));
                yield Reply.seeOther("/plans/" + saved.plan() + "/content");
            }
            case PlanDecision.Refused refused -> refused(visit, scope, plan, refused.issues());
        };
    }

    /** Which of the three forms was sent shows in the path; its fields carry that prefix. */
    private Reply refused(Visit visit, StaffScope scope, Plan plan, List<FieldIssue> issues) {
        String[] parts = visit.path().split("/");
        String form = parts.length > 3 ? parts[3] : "";
        Map<String, List<String>> sent = new HashMap<>();
        visit.form().fields().forEach((name, values) -> sent.put(form + "-" + name, values));
        List<FieldIssue> named =
                issues.stream()
                        .map(
                                issue ->
                                        new FieldIssue(
                                                issue.field().isEmpty()
                                                        ? ""
                                                        : form + "-" + issue.field(),
                                                issue.code(),
                                                issue.detail()))
                        .toList();
        return page(visit, scope, plan, new Entered(sent), StaffDesk.errors(visit, named))
                .status(422);
    }
}
