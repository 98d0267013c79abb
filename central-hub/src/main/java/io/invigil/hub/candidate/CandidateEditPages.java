package io.invigil.hub.candidate;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.RecordVersion;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Single entry and correction of candidates, side by side with other clerks. Thread-safe. */
public final class CandidateEditPages implements HttpService {
    private static final String NEW = "/candidates/new";

    private final StaffDesk desk;
    private final CandidateEntry entry;
    private final Candidates candidates = new Candidates();

    public CandidateEditPages(StaffDesk desk, CandidateEntry entry) {
        this.desk = desk;
        this.entry = entry;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        rules.get(NEW, desk.page(this::blank, clerk))
                .post(NEW, desk.page(this::add, clerk))
                .get("/candidates/{candidate}/edit", desk.page(this::edit, clerk))
                .post("/candidates/{candidate}/edit", desk.page(this::change, clerk));
    }

    private Reply blank(Visit visit, StaffScope scope) {
        return form(visit, NEW, Entered.empty(), new FormErrors(), List.of());
    }

    private Reply add(Visit visit, StaffScope scope) {
        Entered sent = new Entered(visit.form().fields());
        return answer(
                visit, NEW, sent, desk.inTransaction(tx -> entry.add(tx, scope, values(sent))));
    }

    private static Map<String, String> values(Entered sent) {
        Map<String, String> values = new HashMap<>();
        CandidateEntry.FIELDS.forEach(
                (field, column) -> values.put(column, sent.text(field).strip()));
        return values;
    }

    private Optional<Candidate> find(Visit visit, StaffScope scope) {
        long number = visit.pathNumber("candidate");
        return number <= 0
                ? Optional.empty()
                : desk.inTransaction(
                        tx -> candidates.findVisible(tx, scope, new CandidateId(number)));
    }

    private static Entered stored(Candidate candidate) {
        return CandidateEntry.form(candidate);
    }

    private static String path(Candidate candidate) {
        return "/candidates/" + candidate.id() + "/edit";
    }

    private Reply edit(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(
                        one ->
                                form(
                                        visit,
                                        path(one),
                                        RecordVersion.opened(stored(one), stored(one).fields()),
                                        new FormErrors(),
                                        List.of()))
                .orElseGet(Reply::notFound);
    }

    private Reply change(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(
                        one -> {
                            Entered sent =
                                    RecordVersion.settled(
                                            new Entered(visit.form().fields()), stored(one));
                            String version = sent.text(RecordVersion.FIELD);
                            return answer(
                                    visit,
                                    path(one),
                                    sent,
                                    desk.inTransaction(
                                            tx ->
                                                    entry.change(
                                                            tx,
                                                            scope,
                                                            one.id(),
                                                            values(sent),
                                                            version)));
                        })
                .orElseGet(Reply::notFound);
    }

    private Reply answer(Visit visit, String action, Entered sent, CandidateEntry.Outcome outcome) {
        return switch (outcome) {
            case CandidateEntry.Outcome.Added added -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("candidate.added"));
                yield Reply.seeOther("/candidates/" + added.candidate());
            }
            case CandidateEntry.Outcome.Changed changed -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("candidate.changed"));
                yield Reply.seeOther("/candidates/" + changed.candidate());
            }
            case CandidateEntry.Outcome.Meanwhile meanwhile ->
                    conflict(visit, action, sent, meanwhile.now());
            case CandidateEntry.Outcome.Refused refused ->
                    form(visit, action, sent, StaffDesk.errors(visit, refused.issues()), List.of())
                            .status(422);
        };
    }

    /** The second of two clerks sees both versions and chooses field by field. */
    private Reply conflict(Visit visit, String action, Entered sent, Candidate now) {
        Entered stored = stored(now);
        List<RecordVersion.Difference> differences =
                RecordVersion.differences(stored, sent).stream()
                        .filter(one -> CandidateEntry.FIELDS.containsKey(one.field()))
                        .map(one -> one.labelled(visit.text(label(one.field()))))
                        .toList();
        FormErrors errors =
                StaffDesk.errors(
                        visit,
                        List.of(FieldIssue.of("", CandidateIssue.CANDIDATE_CHANGED_MEANWHILE)));
        Entered again = RecordVersion.versioned(sent, stored, stored.fields());
        return form(visit, action, again, errors, differences).status(409);
    }

    private static String label(String field) {
        return switch (field) {
            case "idNumber" -> "candidate.id-number";
            case "programmeLevel" -> "candidate.level";
            case "enrolmentYear" -> "candidate.year";
            default -> "candidate." + field;
        };
    }

    private Reply form(
            Visit visit,
            String action,
            Entered entered,
            FormErrors errors,
            List<RecordVersion.Difference> differences) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("action", action);
        view.put("entered", entered);
        view.put("errors", errors);
        view.put("differences", differences);
        String title = visit.text(action.equals(NEW) ? "candidate.new" : "candidate.edit");
        return Reply.page(
                Page.titled(title)
                        .width(Page.Width.NARROW)
                        .under(visit.text("candidate.nav"), "/candidates")
                        .errors(errors.list()),
                desk.content("candidate/form.jte", view));
    }
}
