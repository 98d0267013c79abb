package io.invigil.hub.registration;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Upload;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateFilter;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.CandidatePages;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.sheet.SheetReader;
import io.invigil.hub.sheet.SheetWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Registration for a plan: list, choice of candidates, import, removal. Thread-safe. */
public final class RegistrationPages implements HttpService {
    public static final int ROWS_PER_PAGE = 100;

    private final PlanDesk plans;
    private final StaffDesk desk;
    private final Registrations registrations;
    private final RegistrationImport imports;
    private final RegistrationRows rows = new RegistrationRows();
    private final Candidates candidates = new Candidates();
    private final PlanContent content = new PlanContent();

    public RegistrationPages(
            PlanDesk plans, Registrations registrations, RegistrationImport imports) {
        this.plans = plans;
        this.desk = plans.desk();
        this.registrations = registrations;
        this.imports = imports;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        rules.get("/plans/{plan}/registrations", plans.page(this::list))
                .get("/plans/{plan}/registrations/new", plans.page(this::choose, clerk))
                .post("/plans/{plan}/registrations/new", plans.page(this::register, clerk))
                .post("/plans/{plan}/registrations/remove", plans.page(this::remove, clerk))
                .get("/plans/{plan}/registrations/template", plans.page(this::template, clerk))
                .put("/plans/{plan}/registrations/import", plans.page(this::take, clerk));
    }

    private static String base(Plan plan) {
        return PlanDesk.path(plan) + "/registrations";
    }

    private Reply list(Visit visit, StaffScope scope, Plan plan) {
        return list(visit, scope, plan, new FormErrors());
    }

    private Reply list(Visit visit, StaffScope scope, Plan plan, FormErrors errors) {
        String text = visit.query("q").orElse("");
        int page = visit.queryNumber("page").filter(n -> n < 10_000).orElse(0L).intValue();
        List<RegistrationRows.Row> all =
                desk.inTransaction(
                        tx ->
                                rows.of(
                                        tx,
                                        plan,
                                        registrations.ofPlan(tx, scope, plan),
                                        text,
                                        visit.now()));
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("mayChange", scope.role() == StaffRole.SCHOOL_CLERK);
        view.put("open", registrations.planIssues(scope, plan));
        view.put("text", text);
        view.put("page", page);
        view.put("total", all.size());
        view.put(
                "rows",
                all.stream().skip((long) page * ROWS_PER_PAGE).limit(ROWS_PER_PAGE).toList());
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("registration.nav")).errors(errors.list()),
                desk.content("registration/list.jte", view));
    }

    private CandidateFilter filter(StaffScope scope, String text) {
        return new CandidateFilter(
                Optional.of(scope.organisation().id()), text, CandidateFilter.Gaps.ANY);
    }

    private Reply choose(Visit visit, StaffScope scope, Plan plan) {
        return choose(
                visit,
                scope,
                plan,
                visit.query("q").orElse(""),
                visit.queryNumber("level").orElse(0L),
                new FormErrors(),
                List.of());
    }

    /**
     * @param refused people and why, from the registration just made
     */
    private Reply choose(
            Visit visit,
            StaffScope scope,
            Plan plan,
            String text,
            long level,
            FormErrors errors,
            List<RefusedPerson> refused) {
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    view.put("levels", content.levels(tx, plan.tenant(), plan.id()));
                    view.put("total", candidates.count(tx, scope, filter(scope, text)));
                    view.put(
                            "rows",
                            candidates.list(tx, scope, filter(scope, text), 0, ROWS_PER_PAGE));
                    return view;
                });
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("text", text);
        view.put("level", level);
        view.put("errors", errors);
        view.put("refused", refused);
        view.put("open", registrations.planIssues(scope, plan));
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("registration.new"))
                        .under(visit.text("registration.nav"), base(plan))
                        .errors(errors.list()),
                desk.content("registration/choose.jte", view));
    }

    /** A candidate who was not registered. */
    public record RefusedPerson(Candidate candidate, FieldIssue issue) {}

    private Reply register(Visit visit, StaffScope scope, Plan plan) {
        String text = visit.form().text("q");
        long level = visit.form().number("level").filter(id -> id > 0).orElse(Long.MAX_VALUE);
        RegistrationDecision decision =
                desk.inTransaction(
                        tx ->
                                registrations.register(
                                        tx,
                                        scope,
                                        plan,
                                        new LevelId(level),
                                        chosen(tx, visit, scope)));
        return switch (decision) {
            case RegistrationDecision.Refused refused ->
                    choose(
                                    visit,
                                    scope,
                                    plan,
                                    text,
                                    level,
                                    StaffDesk.errors(visit, refused.issues()),
                                    List.of())
                            .status(422);
            case RegistrationDecision.Carried carried ->
                    carried(visit, scope, plan, carried, level);
        };
    }

    private List<CandidateId> chosen(Tx tx, Visit visit, StaffScope scope) {
        if (visit.form().ticked("all")) {
            CandidateFilter filter = filter(scope, visit.form().text("q"));
            return candidates.list(tx, scope, filter, 0, Candidates.PAGE_ROWS_MAX).stream()
                    .map(Candidate::id)
                    .toList();
        }
        return visit.form().numbers("candidates").stream()
                .filter(id -> id > 0)
                .map(CandidateId::new)
                .toList();
    }

    private Reply carried(
            Visit visit,
            StaffScope scope,
            Plan plan,
            RegistrationDecision.Carried carried,
            long level) {
        String summary =
                visit.text("registration.done", carried.done().size(), carried.refused().size());
        if (carried.refused().isEmpty()) {
            visit.flash(Flash.Kind.SUCCESS, summary);
            return Reply.seeOther(base(plan));
        }
        visit.flash(Flash.Kind.WARNING, summary);
        List<RefusedPerson> refused =
                desk
                        .inTransaction(
                                tx ->
                                        candidates.findAll(
                                                tx, scope.tenant(), carried.refused().keySet()))
                        .values()
                        .stream()
                        .filter(one -> scope.sees(one.school()))
                        .limit(ROWS_PER_PAGE)
                        .map(one -> new RefusedPerson(one, carried.refused().get(one.id())))
                        .toList();
        String text = visit.form().text("q");
        return choose(visit, scope, plan, text, level, new FormErrors(), refused);
    }

    /** The number of ticked rows must be typed, so that nobody removes a page by a slip. */
    private Reply remove(Visit visit, StaffScope scope, Plan plan) {
        List<RegistrationId> chosen =
                visit.form().numbers("registrations").stream()
                        .filter(id -> id > 0)
                        .map(RegistrationId::new)
                        .toList();
        if (visit.form().number("count").orElse(-1L) != chosen.size()) {
            FormErrors errors = new FormErrors();
            errors.add("count", visit.text("registration.remove.count-wrong", chosen.size()));
            return list(visit, scope, plan, errors).status(422);
        }
        return switch (desk.inTransaction(tx -> registrations.remove(tx, scope, plan, chosen))) {
            case RegistrationDecision.Refused refused ->
                    list(visit, scope, plan, StaffDesk.errors(visit, refused.issues())).status(422);
            case RegistrationDecision.Carried carried -> {
                visit.flash(
                        carried.refused().isEmpty() ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                        visit.text(
                                "registration.removed",
                                carried.done().size(),
                                carried.refused().size()));
                yield Reply.seeOther(base(plan));
            }
        };
    }

    private Reply template(Visit visit, StaffScope scope, Plan plan) {
        List<String> notes = visit.text("registration.template.notes").lines().toList();
        return Reply.download(
                "按证书报考导入模板.xlsx",
                CandidatePages.XLSX,
                out ->
                        new SheetWriter()
                                .write(
                                        out,
                                        RegistrationColumns.SHEET,
                                        RegistrationColumns.all(),
                                        List.of(),
                                        "填写说明",
                                        notes));
    }

    private Reply take(Visit visit, StaffScope scope, Plan plan) {
        try (Upload upload = visit.upload(desk.uploads(), SheetReader.FILE_BYTES_MAX)) {
            ImportRecord record =
                    imports.run(
                            scope,
                            plan,
                            new ImportFile(upload.file(), upload.fileName(), upload.digest()));
            return Reply.seeOther("/imports/" + record.id());
        } catch (IOException disk) {
            throw new UncheckedIOException("the uploaded workbook cannot be read", disk);
        }
    }
}
