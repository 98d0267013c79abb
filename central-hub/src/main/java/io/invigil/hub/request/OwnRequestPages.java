package io.invigil.hub.request;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Form;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Upload;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateField;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.portal.CandidateDesk;
import io.invigil.hub.request.CandidateRequest.Wish;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The candidate's own requests in the portal: ask, add evidence, withdraw. Thread-safe. */
public final class OwnRequestPages implements HttpService {
    public static final String PATH = "/portal/requests";

    private final CandidateDesk desk;
    private final Requests requests;
    private final Path uploads;

    /**
     * @param uploads directory for files while they are read
     */
    public OwnRequestPages(CandidateDesk desk, Requests requests, Path uploads) {
        this.desk = desk;
        this.requests = requests;
        this.uploads = uploads;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(PATH, desk.page(this::list))
                .post(PATH + "/correction", desk.page(this::correction))
                .post(PATH + "/accommodation", desk.page(this::accommodation))
                .put(PATH + "/{request}/file", desk.page(this::attach))
                .post(PATH + "/{request}/withdraw", desk.page(this::withdraw));
    }

    private Reply list(Visit visit, Candidate candidate) {
        return list(visit, candidate, Entered.empty(), new FormErrors());
    }

    private Reply list(Visit visit, Candidate candidate, Entered entered, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    view.put("requests", requests.own(tx, candidate));
                    view.put("plans", requests.openPlans(tx, candidate));
                    return view;
                });
        view.put("visit", visit);
        view.put("fields", List.of(CandidateField.values()));
        view.put("entered", entered);
        view.put("errors", errors);
        return Reply.page(
                        Page.titled(visit.text("request.own.title"))
                                .width(Page.Width.NARROW)
                                .style("hub/portal.css")
                                .errors(errors.list()),
                        desk.content("request/own.jte", view))
                .header("Cache-Control", "no-store");
    }

    private Reply correction(Visit visit, Candidate candidate) {
        Form form = visit.form();
        Optional<CandidateField> field =
                Arrays.stream(CandidateField.values())
                        .filter(one -> one.name().equals(form.text("field")))
                        .findFirst();
        if (field.isEmpty()) {
            FormErrors errors = new FormErrors();
            errors.add("field", visit.text("request.field.missing"));
            return list(visit, candidate, new Entered(form.fields()), errors).status(422);
        }
        boolean photo = field.get() == CandidateField.PHOTO;
        return ask(
                visit,
                candidate,
                new Wish.Correction(field.get(), photo ? "" : form.text("wanted")));
    }

    private Reply accommodation(Visit visit, Candidate candidate) {
        Form form = visit.form();
        Optional<PlanId> plan = form.number("plan").filter(id -> id > 0).map(PlanId::new);
        if (plan.isEmpty()) {
            FormErrors errors = new FormErrors();
            errors.add("plan", visit.text("issue." + RequestRefusal.ACC_NOT_REGISTERED));
            return list(visit, candidate, new Entered(form.fields()), errors).status(422);
        }
        int extra = form.number("extra").filter(n -> Math.abs(n) < 10_000).orElse(0L).intValue();
        return ask(
                visit,
                candidate,
                new Wish.Accommodation(plan.get(), extra, form.ticked("accessible")));
    }

    private Reply ask(Visit visit, Candidate candidate, Wish wish) {
        boolean correction = wish instanceof Wish.Correction;
        String statement = visit.form().text(correction ? "statement" : "need");
        Optional<FieldIssue> issue =
                desk.inTransaction(
                        tx -> requests.ask(tx, candidate, wish, statement, visit.address()));
        if (issue.isPresent()) {
            FieldIssue named =
                    !correction && issue.get().field().equals("statement")
                            ? new FieldIssue("need", issue.get().code(), issue.get().detail())
                            : issue.get();
            return list(
                            visit,
                            candidate,
                            new Entered(visit.form().fields()),
                            StaffDesk.errors(visit, List.of(named)))
                    .status(422);
        }
        visit.flash(Flash.Kind.SUCCESS, visit.text("request.own.asked"));
        return Reply.seeOther(PATH);
    }

    private Optional<CandidateRequest> find(Visit visit, Candidate candidate) {
        long id = visit.pathNumber("request");
        return desk.inTransaction(tx -> requests.findOwn(tx, candidate, id));
    }

    private Reply attach(Visit visit, Candidate candidate) {
        Optional<CandidateRequest> request = find(visit, candidate);
        if (request.isEmpty()) {
            return Reply.notFound();
        }
        try (Upload upload = visit.upload(uploads, CandidateRequest.FILE_BYTES_MAX)) {
            byte[] content = Files.readAllBytes(upload.file());
            Optional<RequestRefusal> refusal =
                    desk.inTransaction(
                            tx ->
                                    requests.attach(
                                            tx,
                                            candidate,
                                            request.get(),
                                            upload.fileName(),
                                            content,
                                            visit.address()));
            return done(visit, refusal, "request.own.attached");
        } catch (IOException disk) {
            throw new UncheckedIOException("the uploaded file cannot be read", disk);
        }
    }

    private Reply withdraw(Visit visit, Candidate candidate) {
        return find(visit, candidate)
                .map(
                        request ->
                                done(
                                        visit,
                                        desk.inTransaction(
                                                tx ->
                                                        requests.withdraw(
                                                                tx,
                                                                candidate,
                                                                request,
                                                                visit.address())),
                                        "request.own.withdrawn"))
                .orElseGet(Reply::notFound);
    }

    private static Reply done(Visit visit, Optional<RequestRefusal> refusal, String key) {
        visit.flash(
                refusal.isEmpty() ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                refusal.map(why -> visit.text("issue." + why)).orElseGet(() -> visit.text(key)));
        return Reply.seeOther(PATH);
    }
}
