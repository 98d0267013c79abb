package io.invigil.hub.paper;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Upload;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.paper.qti.QtiLimits;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Papers of a plan: upload with progress, issues, preview, assignment. Thread-safe. */
public final class PaperPages implements HttpService {
    private final PlanDesk desk;
    private final Database database;
    private final Papers papers;
    private final PlanContent content = new PlanContent();

    public PaperPages(PlanDesk desk, Database database, Papers papers) {
        this.desk = desk;
        this.database = database;
        this.papers = papers;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole body = StaffRole.BODY_STAFF;
        rules.get("/plans/{plan}/papers", desk.page(this::list, body))
                .put("/plans/{plan}/subjects/{subject}/paper", desk.page(this::upload, body))
                .get("/plans/{plan}/papers/{paper}", desk.page(this::show, body))
                .post("/plans/{plan}/papers/{paper}/assign", desk.page(this::assign, body))
                .get(
                        "/plans/{plan}/papers/{paper}/pictures/{name}",
                        // a teacher marks with it what the own class sat
                        desk.page(this::picture, body, StaffRole.TEACHER));
    }

    /** A subject's papers, newest first, and where each is sat. */
    public record SubjectRow(PaperCover cover, List<PaperVersion> versions) {}

    private Reply list(Visit visit, StaffScope scope, Plan plan) {
        return list(visit, plan, new FormErrors());
    }

    private Reply list(Visit visit, Plan plan, FormErrors errors) {
        List<SubjectRow> rows =
                desk.desk()
                        .inTransaction(
                                tx -> {
                                    List<SubjectRow> all = new ArrayList<>();
                                    for (Subject subject :
                                            content.subjects(tx, plan.tenant(), plan.id())) {
                                        all.add(
                                                new SubjectRow(
                                                        papers.cover(tx, subject),
                                                        papers.ofSubject(
                                                                tx, plan.tenant(), subject.id())));
                                    }
                                    return all;
                                });
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("paper.title"))
                        .style("hub/paper.css")
                        .errors(errors.list()),
                desk.desk()
                        .content(
                                "paper/list.jte",
                                Map.of("visit", visit, "plan", plan, "rows", rows)));
    }

    private Reply upload(Visit visit, StaffScope scope, Plan plan) {
        Optional<Subject> subject = subject(visit, plan);
        if (subject.isEmpty()) {
            return Reply.notFound();
        }
        try (Upload upload = visit.upload(desk.desk().uploads(), QtiLimits.ARCHIVE_BYTES_MAX)) {
            PaperDecision decision =
                    papers.importPackage(
                            database, scope, subject.get().id(), upload.fileName(), upload.file());
            return switch (decision) {
                case PaperDecision.Accepted accepted -> {
                    PaperVersion version = accepted.version();
                    visit.flash(
                            Flash.Kind.SUCCESS,
                            visit.text("paper.imported", version.title(), version.items()));
                    yield Reply.seeOther(path(plan, version));
                }
                case PaperDecision.Refused refused ->
                        issues(
                                visit,
                                upload,
                                new PaperDecision.Faulty(List.of()),
                                text(visit, refused));
                case PaperDecision.Faulty faulty ->
                        issues(
                                visit,
                                upload,
                                faulty,
                                visit.text("paper.issues.lead", faulty.issues().size()));
            };
        }
    }

    private Reply issues(Visit visit, Upload upload, PaperDecision.Faulty faulty, String lead) {
        return Reply.html(
                        desk.desk()
                                .content(
                                        "paper/issues.jte",
                                        Map.of(
                                                "visit",
                                                visit,
                                                "fileName",
                                                upload.fileName(),
                                                "lead",
                                                lead,
                                                "issues",
                                                faulty.issues())))
                .status(422);
    }

    static String text(Visit visit, PaperDecision.Refused refused) {
        return visit.text("paper.refusal." + refused.refusal(), refused.detail().toArray());
    }

    private Optional<Subject> subject(Visit visit, Plan plan) {
        long number = visit.pathNumber("subject");
        return number <= 0
                ? Optional.empty()
                : desk.desk()
                        .inTransaction(
                                tx -> content.subject(tx, plan.tenant(), new SubjectId(number)))
                        .filter(subject -> subject.plan().equals(plan.id()));
    }

    private Optional<PaperContent> paper(Visit visit, Plan plan) {
        long number = visit.pathNumber("paper");
        if (number <= 0) {
            return Optional.empty();
        }
        return desk.desk()
                .inTransaction(
                        tx ->
                                papers.content(tx, plan.tenant(), new PaperId(number))
                                        .filter(paper -> isOf(tx, plan, paper.version())));
    }

    /** Whether it is a paper of the plan's subjects, or the one that a class session sat. */
    private boolean isOf(Tx tx, Plan plan, PaperVersion version) {
        return content.subjects(tx, plan.tenant(), plan.id()).stream()
                .anyMatch(
                        subject ->
                                subject.id().equals(version.subject())
                                        || plan.isOfSession()
                                                && papers.isSatWith(tx, subject, version));
    }

    private Reply show(Visit visit, StaffScope scope, Plan plan) {
        return paper(visit, plan)
                .map(paper -> show(visit, plan, paper, new FormErrors()))
                .orElseGet(Reply::notFound);
    }

    private Reply show(Visit visit, Plan plan, PaperContent paper, FormErrors errors) {
        PaperPreview preview =
                new PaperPreview(
                        visit.texts(),
                        paper,
                        name -> path(plan, paper.version()) + "/pictures/" + name);
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("paper", paper);
        view.put("preview", preview);
        view.put(
                "cover",
                desk.desk()
                        .inTransaction(
                                tx ->
                                        papers.cover(
                                                tx,
                                                content.subject(
                                                                tx,
                                                                plan.tenant(),
                                                                paper.version().subject())
                                                        .orElseThrow())));
        return Reply.page(
                PlanDesk.below(visit, plan, paper.version().title())
                        .under(visit.text("paper.title"), PlanDesk.path(plan) + "/papers")
                        .style("hub/paper.css")
                        .errors(errors.list()),
                desk.desk().content("paper/show.jte", view));
    }

    private Reply assign(Visit visit, StaffScope scope, Plan plan) {
        Optional<PaperContent> paper = paper(visit, plan);
        if (paper.isEmpty()) {
            return Reply.notFound();
        }
        Optional<SlotId> slot = visit.form().number("slot").filter(n -> n > 0).map(SlotId::new);
        PaperDecision decision =
                desk.desk()
                        .inTransaction(
                                tx -> papers.assign(tx, scope, paper.get().version().id(), slot));
        if (decision instanceof PaperDecision.Refused refused) {
            FormErrors errors = new FormErrors().add("slot", text(visit, refused));
            return show(visit, plan, paper.get(), errors).status(422);
        }
        visit.flash(
                Flash.Kind.SUCCESS,
                visit.text("paper.assigned.done", paper.get().version().title()));
        return Reply.seeOther(PlanDesk.path(plan) + "/papers");
    }

    private Reply picture(Visit visit, StaffScope scope, Plan plan) {
        return paper(visit, plan)
                .flatMap(
                        paper ->
                                desk.desk()
                                        .inTransaction(
                                                tx ->
                                                        papers.picture(
                                                                tx,
                                                                plan.tenant(),
                                                                paper.version().id(),
                                                                visit.path("name"))))
                .map(picture -> Reply.bytes(picture.mediaType(), picture.content()))
                .orElseGet(Reply::notFound);
    }

    private static String path(Plan plan, PaperVersion version) {
        return PlanDesk.path(plan) + "/papers/" + version.id();
    }
}
