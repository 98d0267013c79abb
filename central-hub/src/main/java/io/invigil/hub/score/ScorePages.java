package io.invigil.hub.score;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.PlanStage;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scores of a plan: what would be entered, entering it, what was entered. Thread-safe. */
public final class ScorePages implements HttpService {
    private final PlanDesk desk;
    private final Clock clock;
    private final Scores scores;
    private final Candidates candidates = new Candidates();
    private final PlanContent content = new PlanContent();
    private final Audit audit = new Audit();

    public ScorePages(PlanDesk desk, Clock clock, Scores scores) {
        this.desk = desk;
        this.clock = clock;
        this.scores = scores;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/plans/{plan}/scores", desk.page(this::list))
                .post("/plans/{plan}/scores/export", desk.page(this::export))
                .post("/plans/{plan}/scores", desk.page(this::enter, StaffRole.BODY_STAFF));
    }

    /**
     * One sitting in the list.
     *
     * @param computed what its records give now
     */
    public record Row(
            ComputedScore computed,
            Optional<SubjectScore> entered,
            Candidate candidate,
            Subject subject) {

        /** The sitting's number, which a list's ticks send. */
        public long id() {
            return computed.sitting().id().value();
        }
    }

    /** The tag's style of an outcome. */
    public static String style(SittingOutcome outcome) {
        return switch (outcome) {
            case SCORED -> "tag-good";
            case PENDING_REVIEW, INTERRUPTED -> "tag-warn";
            case REJECTED, HELD -> "tag-bad";
            case ABSENT, NOT_ARRIVED -> "";
        };
    }

    /** Why a decision was refused, as a text; empty when it was not. */
    static Optional<String> refusal(Visit visit, Plan plan, ScoreDecision decision) {
        return switch (decision) {
            case ScoreDecision.Entered entered -> Optional.empty();
            case ScoreDecision.Corrected corrected -> Optional.empty();
            case ScoreDecision.Refused refused ->
                    Optional.of(
                            visit.text(
                                    "score.refusal." + refused.code(),
                                    PlanDesk.days(visit, plan, PlanStage.SCORE_ENTRY)));
        };
    }

    private Reply list(Visit visit, StaffScope scope, Plan plan) {
        ScoreStage stage = ScoreStage.of(plan, clock.instant());
        boolean runs = scope.mayRunPlansOf(plan.body());
        boolean visible = isVisible(scope, plan);
        List<Row> rows =
                visible
                        ? desk.desk().inTransaction(tx -> read(tx, scope, plan))
                        : new ArrayList<>();
        Map<SittingOutcome, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row.computed().outcome(), 1, Integer::sum));
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("stage", stage);
        view.put("rows", rows);
        view.put("counts", counts);
        view.put("visible", visible);
        view.put(
                "list",
                new ListView(
                        ListQuery.of(visit),
                        PlanDesk.path(plan) + "/scores",
                        rows.size(),
                        rows.size(),
                        true));
        view.put("mayEnter", runs && plan.isOpen(PlanStage.SCORE_ENTRY, clock.instant()));
        view.put("mayTrace", scope.onlySchool().isEmpty());
        view.put("entryDays", PlanDesk.days(visit, plan, PlanStage.SCORE_ENTRY));
        view.put("publicityDays", PlanDesk.days(visit, plan, PlanStage.PUBLICITY));
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("score.title"))
                        .style("hub/paper.css")
                        .module("hub/listing.js")
                        .width(Page.Width.FULL),
                desk.desk().content("score/list.jte", view));
    }

    /** A school sees scores when its candidates do (domain, section 14). */
    private boolean isVisible(StaffScope scope, Plan plan) {
        return scope.onlySchool().isEmpty()
                || ScoreStage.of(plan, clock.instant()).isVisibleToCandidates();
    }

    /** 批量导出科目成绩; who takes scores away is recorded (domain, section 17). */
    private Reply export(Visit visit, StaffScope scope, Plan plan) {
        ListQuery query = ListQuery.sent(visit);
        return desk.desk()
                .inTransaction(
                        tx -> {
                            List<Row> rows =
                                    isVisible(scope, plan)
                                            ? rows(tx, scope, plan).stream()
                                                    .filter(row -> query.keeps(row.id()))
                                                    .toList()
                                            : List.of();
                            audit.exported(
                                    tx,
                                    scope.actor(),
                                    "score",
                                    "plan " + plan.id(),
                                    Map.of("rows", rows.size()));
                            return new ScoreSheet().of(tx, plan).reply(rows);
                        });
    }

    /** Who reads scores is recorded (domain, section 17). */
    private List<Row> read(io.invigil.appliance.db.Tx tx, StaffScope scope, Plan plan) {
        List<Row> rows = rows(tx, scope, plan);
        audit.read(tx, scope.actor(), "score", "plan " + plan.id(), Map.of("rows", rows.size()));
        return rows;
    }

    private List<Row> rows(io.invigil.appliance.db.Tx tx, StaffScope scope, Plan plan) {
        List<ComputedScore> computed = scores.compute(tx, plan);
        Map<Long, SubjectScore> entered = new HashMap<>();
        scores.ofPlan(tx, plan.tenant(), plan.id())
                .forEach(score -> entered.put(score.sitting().value(), score));
        Map<SubjectId, Subject> subjects = new HashMap<>();
        content.subjects(tx, plan.tenant(), plan.id()).forEach(s -> subjects.put(s.id(), s));
        List<CandidateId> ids =
                computed.stream().map(c -> c.sitting().candidate()).distinct().toList();
        Map<CandidateId, Candidate> people = candidates.findAll(tx, plan.tenant(), ids);
        List<Row> rows = new ArrayList<>();
        for (ComputedScore score : computed) {
            Candidate candidate = people.get(score.sitting().candidate());
            if (scope.sees(candidate.school())) {
                rows.add(
                        new Row(
                                score,
                                Optional.ofNullable(entered.get(score.sitting().id().value())),
                                candidate,
                                subjects.get(score.sitting().subject())));
            }
        }
        return rows;
    }

    private Reply enter(Visit visit, StaffScope scope, Plan plan) {
        ScoreDecision decision = desk.desk().inTransaction(tx -> scores.enter(tx, scope, plan));
        Optional<String> refusal = refusal(visit, plan, decision);
        visit.flash(
                refusal.isEmpty() ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                refusal.orElseGet(() -> visit.text("score.entered.done")));
        return Reply.seeOther(PlanDesk.path(plan) + "/scores");
    }
}
