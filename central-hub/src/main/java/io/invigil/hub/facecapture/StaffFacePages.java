package io.invigil.hub.facecapture;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the school sees of a candidate's capture, and its unbinding. Thread-safe. */
public final class StaffFacePages implements HttpService {
    private static final String PATH = "/candidates/{candidate}/face";

    private final StaffDesk desk;
    private final FaceCaptures captures;
    private final Candidates candidates = new Candidates();
    private final Audit audit = new Audit();

    public StaffFacePages(StaffDesk desk, FaceCaptures captures) {
        this.desk = desk;
        this.captures = captures;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        rules.get(PATH, desk.page(this::show, clerk))
                .get(PATH + "/picture", desk.page(this::picture, clerk))
                .post(PATH + "/unbind", desk.page(this::unbind, clerk));
    }

    private Optional<Candidate> find(Visit visit, StaffScope scope) {
        long number = visit.pathNumber("candidate");
        return number <= 0
                ? Optional.empty()
                : desk.inTransaction(
                                tx -> candidates.findVisible(tx, scope, new CandidateId(number)))
                        .filter(one -> scope.mayChange(one.school()));
    }

    private Reply show(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(one -> show(visit, one, "", new FormErrors()))
                .orElseGet(Reply::notFound);
    }

    private Reply show(Visit visit, Candidate candidate, String reason, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    view.put("standing", captures.standing(tx, candidate));
                    view.put("events", captures.history(tx, candidate));
                    return view;
                });
        view.put("visit", visit);
        view.put("candidate", candidate);
        view.put("reason", reason);
        view.put("errors", errors);
        return Reply.page(
                Page.titled(visit.text("facecapture.staff.title"))
                        .under(visit.text("candidate.nav"), "/candidates")
                        .under(candidate.name(), "/candidates/" + candidate.id())
                        .style("hub/facecapture.css")
                        .errors(errors.list()),
                desk.content("facecapture/staff.jte", view));
    }

    /** Looking at somebody's face is part of the log. */
    private Reply picture(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .flatMap(
                        one ->
                                desk.inTransaction(
                                        tx -> {
                                            Optional<byte[]> jpeg = captures.picture(tx, one);
                                            if (jpeg.isPresent()) {
                                                audit.read(
                                                        tx,
                                                        scope.actor(),
                                                        "face-capture",
                                                        one.id(),
                                                        Map.of());
                                            }
                                            return jpeg;
                                        }))
                .map(jpeg -> Reply.bytes("image/jpeg", jpeg).header("Cache-Control", "no-store"))
                .orElseGet(Reply::notFound);
    }

    private Reply unbind(Visit visit, StaffScope scope) {
        Optional<Candidate> candidate = find(visit, scope);
        if (candidate.isEmpty()) {
            return Reply.notFound();
        }
        String reason = visit.form().text("reason");
        Optional<FaceRefusal> refusal =
                desk.inTransaction(tx -> captures.unbind(tx, scope, candidate.get(), reason));
        if (refusal.isPresent()) {
            FormErrors errors = new FormErrors();
            errors.add("reason", visit.text("issue." + refusal.get()));
            return show(visit, candidate.get(), reason, errors).status(422);
        }
        visit.flash(Flash.Kind.SUCCESS, visit.text("facecapture.unbound.done"));
        return Reply.seeOther("/candidates/" + candidate.get().id() + "/face");
    }
}
