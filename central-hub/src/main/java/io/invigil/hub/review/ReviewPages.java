package io.invigil.hub.review;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.SittingId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The review list of a plan: by state, incidents shown, bulk pass. Thread-safe. */
public final class ReviewPages implements HttpService {
    private final PlanDesk desk;
    private final Reviews reviews;
    private final Plans plans = new Plans();
    private final Candidates candidates = new Candidates();
    private final PlanContent content = new PlanContent();

    public ReviewPages(PlanDesk desk, Reviews reviews) {
        this.desk = desk;
        this.reviews = reviews;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole body = StaffRole.BODY_STAFF;
        // a teacher of class sessions alone: no other plan is visible to one
        StaffRole teacher = StaffRole.TEACHER;
        String sitting = "/plans/{plan}/sittings/{sitting}";
        rules.get(
                        "/plans/{plan}/review",
                        desk.page(this::list, body, teacher, StaffRole.AUTHORITY_READER))
                .post("/plans/{plan}/review/pass", desk.page(this::pass, body, teacher))
                .post(sitting + "/pass", desk.page(this::passOne, body, teacher))
                .post(sitting + "/reject", desk.page(this::reject, body, teacher))
                .post(sitting + "/reopen", desk.page(this::reopen, body, teacher));
    }

    /** One line of the list. */
    public record Row(ReviewCase review, Candidate candidate, Subject subject) {}

    /** The tag's style of a state. */
    public static String style(ReviewState state) {
        return switch (state) {
            case PENDING -> "tag-warn";
            case PASSED -> "tag-good";
            case REJECTED -> "tag-bad";
        };
    }

    private Reply list(Visit visit, StaffScope scope, Plan plan) {
        return list(visit, scope, plan, new FormErrors());
    }

    private Reply list(Visit visit, StaffScope scope, Plan plan, FormErrors errors) {
        List<Row> all = desk.desk().inTransaction(tx -> rows(tx, plan));
        Map<ReviewState, Long> counts = new HashMap<>();
        for (ReviewState state : ReviewState.values()) {
            counts.put(state, all.stream().filter(r -> r.review().state() == state).count());
        }
        Optional<ReviewState> wanted = visit.query("state").flatMap(ReviewPages::state);
        List<Row> rows =
                all.stream()
                        .filter(r -> wanted.isEmpty() || r.review().state() == wanted.get())
                        .toList();
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("rows", rows);
        view.put("counts", counts);
        view.put("wanted", wanted);
        view.put("mayDecide", desk.desk().inTransaction(tx -> plans.mayMark(tx, scope, plan)));
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("review.title"))
                        .width(Page.Width.FULL)
                        .errors(errors.list()),
                desk.desk().content("review/list.jte", view));
    }

    private static Optional<ReviewState> state(String name) {
        for (ReviewState state : ReviewState.values()) {
            if (state.name().equals(name)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    private List<Row> rows(io.invigil.appliance.db.Tx tx, Plan plan) {
        Map<Long, ReviewCase> cases = reviews.ofPlan(tx, plan);
        Map<SubjectId, Subject> subjects = new HashMap<>();
        content.subjects(tx, plan.tenant(), plan.id()).forEach(s -> subjects.put(s.id(), s));
        List<CandidateId> ids =
                cases.values().stream().map(c -> c.sitting().candidate()).distinct().toList();
        Map<CandidateId, Candidate> people = candidates.findAll(tx, plan.tenant(), ids);
        List<Row> rows = new ArrayList<>();
        cases.values()
                .forEach(
                        review ->
                                rows.add(
                                        new Row(
                                                review,
                                                people.get(review.sitting().candidate()),
                                                subjects.get(review.sitting().subject()))));
        // trouble first, then by sitting so that the order stays while one works through it
        rows.sort(
                Comparator.comparing((Row r) -> r.review().incidents().isEmpty())
                        .thenComparing(r -> r.review().id().value()));
        return rows;
    }

    private Reply pass(Visit visit, StaffScope scope, Plan plan) {
        List<SittingId> ticked =
                visit.form().numbers("sitting").stream()
                        .filter(n -> n > 0)
                        .map(SittingId::new)
                        .toList();
        ReviewOutcome outcome =
                desk.desk().inTransaction(tx -> reviews.pass(tx, scope, plan, ticked));
        return switch (outcome) {
            case ReviewOutcome.Done done -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("review.passed", done.changed()));
                yield Reply.seeOther(PlanDesk.path(plan) + "/review?state=PENDING");
            }
            case ReviewOutcome.Refused refused ->
                    list(
                                    visit,
                                    scope,
                                    plan,
                                    new FormErrors()
                                            .add(
                                                    "list",
                                                    visit.texts()
                                                            .of("review.refusal", refused.code())))
                            .status(422);
        };
    }

    private Reply passOne(Visit visit, StaffScope scope, Plan plan) {
        return decided(
                visit,
                plan,
                sitting ->
                        desk.desk()
                                .inTransaction(
                                        tx -> reviews.pass(tx, scope, plan, List.of(sitting))));
    }

    private Reply reject(Visit visit, StaffScope scope, Plan plan) {
        String reason = visit.form().text("reason");
        return decided(
                visit,
                plan,
                sitting ->
                        desk.desk()
                                .inTransaction(
                                        tx -> reviews.reject(tx, scope, plan, sitting, reason)));
    }

    private Reply reopen(Visit visit, StaffScope scope, Plan plan) {
        String reason = visit.form().text("reason");
        return decided(
                visit,
                plan,
                sitting ->
                        desk.desk()
                                .inTransaction(
                                        tx -> reviews.reopen(tx, scope, plan, sitting, reason)));
    }

    private static Reply decided(
            Visit visit, Plan plan, java.util.function.Function<SittingId, ReviewOutcome> decide) {
        long number = visit.pathNumber("sitting");
        if (number <= 0) {
            return Reply.notFound();
        }
        switch (decide.apply(new SittingId(number))) {
            case ReviewOutcome.Done done ->
                    visit.flash(Flash.Kind.SUCCESS, visit.text("review.decided"));
            case ReviewOutcome.Refused refused ->
                    visit.flash(
                            Flash.Kind.WARNING, visit.texts().of("review.refusal", refused.code()));
        }
        return Reply.seeOther(PlanDesk.path(plan) + "/sittings/" + number);
    }
}
