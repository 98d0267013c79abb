package io.invigil.hub.registration;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.CandidatePages;
import io.invigil.hub.importjob.ImportUploads;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.sheet.SheetReader;
import io.invigil.hub.sheet.SheetWriter;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Registering and removing by workbook. Where one registers by subject the certificate is chosen
 * before (必须先选择考试计划再选择考核证书). Thread-safe.
 */
public final class RegistrationImportPages implements HttpService {
    private final PlanDesk plans;
    private final StaffDesk desk;
    private final ImportUploads uploads;
    private final RegistrationRules rules;
    private final PlanContent content = new PlanContent();

    public RegistrationImportPages(PlanDesk plans, ImportUploads uploads, Clock clock) {
        this.plans = plans;
        this.desk = plans.desk();
        this.uploads = uploads;
        this.rules = new RegistrationRules(clock);
    }

    @Override
    public void routing(HttpRules routes) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        routes.get("/plans/{plan}/registrations/import", plans.page(this::show, clerk))
                .get("/plans/{plan}/registrations/template", plans.page(this::template, clerk))
                .put("/plans/{plan}/registrations/import", plans.page(this::take, clerk))
                .put(
                        "/plans/{plan}/registrations/import/{level}",
                        plans.page(this::takeSubjects, clerk))
                .put("/plans/{plan}/registrations/removal", plans.page(this::remove, clerk));
    }

    private Reply show(Visit visit, StaffScope scope, Plan plan) {
        List<CertificateLevel> levels =
                desk.inTransaction(tx -> content.levels(tx, plan.tenant(), plan.id()));
        long wanted = visit.queryNumber("level").orElse(0L);
        Optional<CertificateLevel> level =
                levels.stream().filter(one -> one.id().value() == wanted).findFirst();
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("levels", levels);
        view.put("level", level);
        view.put("bySubject", plan.registrationMode() == RegistrationMode.BY_SUBJECT);
        view.put("open", rules.planIssues(scope, plan));
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("registration.import"))
                        .under(visit.text("registration.nav"), RegistrationPages.base(plan)),
                desk.content("registration/import.jte", view));
    }

    private Reply template(Visit visit, StaffScope scope, Plan plan) {
        boolean subjects = plan.registrationMode() == RegistrationMode.BY_SUBJECT;
        String name = subjects ? RegistrationColumns.SUBJECT_SHEET : RegistrationColumns.SHEET;
        List<String> notes =
                visit.text(
                                subjects
                                        ? "registration.template.subject-notes"
                                        : "registration.template.notes")
                        .lines()
                        .toList();
        return Reply.download(
                name + "导入模板.xlsx",
                CandidatePages.XLSX,
                out ->
                        new SheetWriter()
                                .write(
                                        out,
                                        name,
                                        RegistrationColumns.of(plan.registrationMode()),
                                        List.of(),
                                        "填写说明",
                                        notes));
    }

    private Reply take(Visit visit, StaffScope scope, Plan plan) {
        return uploads.take(
                visit, RegistrationImport.order(scope, plan), SheetReader.FILE_BYTES_MAX);
    }

    private Reply takeSubjects(Visit visit, StaffScope scope, Plan plan) {
        long level = visit.pathNumber("level");
        boolean known =
                level > 0
                        && desk.inTransaction(
                                        tx -> content.level(tx, plan.tenant(), new LevelId(level)))
                                .filter(one -> one.plan().equals(plan.id()))
                                .isPresent();
        return known
                ? uploads.take(
                        visit,
                        SubjectImport.registering(scope, plan, new LevelId(level)),
                        SheetReader.FILE_BYTES_MAX)
                : Reply.notFound();
    }

    private Reply remove(Visit visit, StaffScope scope, Plan plan) {
        return uploads.take(visit, SubjectImport.removing(scope, plan), SheetReader.FILE_BYTES_MAX);
    }
}
