package io.invigil.hub.admission;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.ingest.ParkedBundle;
import io.invigil.hub.ingest.ParkedBundles;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Parked bundles: list, one with its contents, proposal and decision. Thread-safe. */
public final class AdmissionPages implements HttpService {
    private final StaffDesk desk;
    private final ParkedBundles bundles;
    private final Admissions admissions;

    public AdmissionPages(StaffDesk desk, ParkedBundles bundles, Admissions admissions) {
        this.desk = desk;
        this.bundles = bundles;
        this.admissions = admissions;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole body = StaffRole.BODY_STAFF;
        rules.get("/ingest/reviews", desk.page(this::list, body))
                .get("/ingest/reviews/{item}", desk.page(this::show, body))
                .post("/ingest/reviews/{item}/propose", desk.page(this::propose, body))
                .post("/ingest/reviews/{item}/decide", desk.page(this::decide, body));
    }

    private Reply list(Visit visit, StaffScope scope) {
        return desk.inTransaction(
                tx ->
                        Reply.page(
                                Page.titled(visit.text("admission.title"))
                                        .under(visit.text("ingest.nav"), "/ingest"),
                                desk.content(
                                        "admission/list.jte",
                                        Map.of(
                                                "visit", visit,
                                                "bundles", bundles.list(tx),
                                                "reviews", admissions.latest(tx)))));
    }

    private Reply show(Visit visit, StaffScope scope) {
        return show(visit, scope, new FormErrors());
    }

    private Reply show(Visit visit, StaffScope scope, FormErrors errors) {
        String item = visit.path("item");
        Optional<String> reason = reason(item);
        if (reason.isEmpty()) {
            return Reply.notFound();
        }
        List<BundleReview> reviews = desk.inTransaction(tx -> admissions.of(tx, item));
        Optional<ParkedBundle> bundle = desk.inTransaction(tx -> bundles.find(tx, item));
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("item", item);
        view.put("reason", reason.get());
        view.put("bundle", bundle);
        view.put("reviews", reviews);
        view.put("login", scope.login());
        view.put("acceptable", ParkedBundles.admission(reason.get()).isPresent());
        view.put("errors", errors);
        return Reply.page(
                Page.titled(visit.text("admission.one", item.substring(0, 8)))
                        .under(visit.text("admission.title"), "/ingest/reviews")
                        .errors(errors.list()),
                desk.content("admission/show.jte", view));
    }

    private Optional<String> reason(String item) {
        return item.matches("[0-9a-f]{64}")
                ? desk.inTransaction(tx -> bundles.reason(tx, item))
                : Optional.empty();
    }

    private Reply propose(Visit visit, StaffScope scope) {
        String item = visit.path("item");
        if (reason(item).isEmpty()) {
            return Reply.notFound();
        }
        Optional<Verdict> verdict =
                Stream.of(Verdict.values())
                        .filter(v -> v.name().equals(visit.form().text("verdict")))
                        .findFirst();
        String reason = visit.form().text("reason");
        FormErrors errors = new FormErrors();
        if (verdict.isEmpty()) {
            errors.add("verdict", visit.text("admission.verdict.missing"));
        }
        if (reason.isEmpty() || reason.length() > Admissions.REASON_CHARS_MAX) {
            errors.add("reason", refused(visit, AdmissionRefusal.ADMISSION_REASON_MISSING));
        }
        if (!errors.isEmpty()) {
            return show(visit, scope, errors).status(422);
        }
        return answer(
                visit,
                item,
                desk.inTransaction(
                        tx -> admissions.propose(tx, scope, item, verdict.get(), reason)),
                "admission.proposed");
    }

    private Reply decide(Visit visit, StaffScope scope) {
        String item = visit.path("item");
        Optional<BundleReview> open =
                reason(item).isEmpty()
                        ? Optional.empty()
                        : desk.inTransaction(tx -> admissions.of(tx, item)).stream()
                                .filter(review -> review.decision().isEmpty())
                                .findFirst();
        if (open.isEmpty()) {
            return reason(item).isEmpty()
                    ? Reply.notFound()
                    : answer(visit, item, Optional.of(AdmissionRefusal.ADMISSION_DECIDED), "");
        }
        boolean confirm = visit.form().text("decision").equals("confirm");
        String note = visit.form().text("note");
        if (note.length() > Admissions.REASON_CHARS_MAX || (!confirm && note.isEmpty())) {
            FormErrors errors = new FormErrors();
            errors.add("note", refused(visit, AdmissionRefusal.ADMISSION_REASON_MISSING));
            return show(visit, scope, errors).status(422);
        }
        Admissions.Outcome outcome =
                desk.inTransaction(
                        tx -> admissions.decide(tx, scope, open.get().id(), confirm, note));
        return switch (outcome) {
            case Admissions.Outcome.Decided decided ->
                    answer(visit, item, Optional.empty(), "admission.decided");
            case Admissions.Outcome.Refused refused ->
                    answer(visit, item, Optional.of(refused.reason()), "");
        };
    }

    private static Reply answer(
            Visit visit, String item, Optional<AdmissionRefusal> refusal, String done) {
        visit.flash(
                refusal.isEmpty() ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                refusal.map(r -> refused(visit, r)).orElseGet(() -> visit.text(done)));
        return Reply.seeOther("/ingest/reviews/" + item);
    }

    private static String refused(Visit visit, AdmissionRefusal refusal) {
        return visit.texts().of("admission.refused", refusal);
    }
}
