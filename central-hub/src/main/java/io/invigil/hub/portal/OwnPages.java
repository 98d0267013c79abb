package io.invigil.hub.portal;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.Photos;
import io.invigil.hub.certificate.Certificate;
import io.invigil.hub.certificate.Certificates;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.print.OwnTickets;
import io.invigil.hub.score.ScoreQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The candidate's own data, exams, ticket, results and certificates. Thread-safe. */
public final class OwnPages implements HttpService {
    private final CandidateDesk desk;
    private final OwnExams exams;
    private final OwnTickets tickets;
    private final Certificates certificates;
    private final Photos photos = new Photos();
    private final Organisations organisations = new Organisations();
    private final Audit audit = new Audit();

    public OwnPages(
            CandidateDesk desk, OwnExams exams, OwnTickets tickets, Certificates certificates) {
        this.desk = desk;
        this.exams = exams;
        this.tickets = tickets;
        this.certificates = certificates;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/portal", desk.page((visit, candidate) -> Reply.seeOther(CandidateDesk.HOME)))
                .get(CandidateDesk.HOME, desk.page(this::home))
                .get("/portal/data", desk.page(this::data))
                .get("/portal/photo", desk.page(this::photo))
                .get("/portal/tickets/{plan}", desk.page(this::ticket))
                .get("/portal/certificates/{registration}", desk.page(this::certificate));
    }

    private Reply home(Visit visit, Candidate candidate) {
        List<OwnExams.OwnPlan> plans =
                desk.inTransaction(
                        tx -> {
                            List<OwnExams.OwnPlan> own = exams.of(tx, candidate);
                            recordScores(tx, visit, candidate, own);
                            return own;
                        });
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("candidate", candidate);
        view.put("plans", plans);
        return Reply.page(
                        Page.titled(visit.text("portal.own.title"))
                                .width(Page.Width.NARROW)
                                .style("hub/paper.css")
                                .style("hub/portal.css"),
                        desk.content("portal/own.jte", view))
                .header("Cache-Control", "no-store");
    }

    /** Reads of scores are part of the log (domain, section 17). */
    private void recordScores(
            io.invigil.appliance.db.Tx tx,
            Visit visit,
            Candidate candidate,
            List<OwnExams.OwnPlan> plans) {
        long shown =
                plans.stream()
                        .filter(one -> !(one.scores() instanceof ScoreQuery.Answer.NotFound))
                        .count();
        if (shown > 0) {
            audit.read(
                    tx,
                    CandidateDesk.actor(candidate, visit.address()),
                    "score",
                    "candidate-" + candidate.id(),
                    Map.of("plans", shown));
        }
    }

    private Reply data(Visit visit, Candidate candidate) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("candidate", candidate);
        view.put(
                "school",
                desk.inTransaction(
                                tx ->
                                        organisations.find(
                                                tx, candidate.tenant(), candidate.school()))
                        .orElseThrow()
                        .name());
        return Reply.page(
                        Page.titled(visit.text("portal.data.title"))
                                .width(Page.Width.NARROW)
                                .style("hub/portal.css"),
                        desk.content("portal/data.jte", view))
                .header("Cache-Control", "no-store");
    }

    private Reply photo(Visit visit, Candidate candidate) {
        return Optional.of(candidate)
                .filter(Candidate::hasPhoto)
                .flatMap(
                        one -> desk.inTransaction(tx -> photos.find(tx, one.tenant(), one.photo())))
                .map(jpeg -> Reply.bytes("image/jpeg", jpeg).header("Cache-Control", "no-store"))
                .orElseGet(Reply::notFound);
    }

    private Reply ticket(Visit visit, Candidate candidate) {
        Optional<Plan> plan =
                desk.inTransaction(tx -> exams.plan(tx, candidate, visit.pathNumber("plan")));
        if (plan.isEmpty()) {
            return Reply.notFound();
        }
        return switch (tickets.download(plan.get(), candidate)) {
            case OwnTickets.Download.None none -> Reply.notFound();
            case OwnTickets.Download.File file ->
                    Reply.download(file.name(), "application/pdf", out -> out.write(file.bytes()));
            case OwnTickets.Download.Unprintable unprintable ->
                    Reply.page(
                                    Page.titled(visit.text("portal.ticket.unprintable"))
                                            .width(Page.Width.NARROW)
                                            .under(
                                                    visit.text("portal.own.title"),
                                                    CandidateDesk.HOME),
                                    desk.content(
                                            "portal/unprintable.jte",
                                            Map.of(
                                                    "visit",
                                                    visit,
                                                    "missing",
                                                    unprintable.missing())))
                            .status(422);
        };
    }

    private Reply certificate(Visit visit, Candidate candidate) {
        Optional<Certificate> own =
                desk.inTransaction(
                        tx -> exams.certificate(tx, candidate, visit.pathNumber("registration")));
        return own.flatMap(one -> certificates.pdf(desk.database(), one))
                .map(
                        pdf ->
                                Reply.download(
                                        own.get().issue().orElseThrow().number() + ".pdf",
                                        "application/pdf",
                                        out -> out.write(pdf)))
                .orElseGet(Reply::notFound);
    }
}
