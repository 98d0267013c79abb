package io.invigil.hub.score;

import gg.jte.Content;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Form;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.paper.PictureMarks;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.marking.MarkDecision;
import io.invigil.hub.marking.Marking;
import io.invigil.hub.marking.ScoreAlarm;
import io.invigil.hub.marking.WrittenAnswer;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.paper.PaperId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.registration.SittingId;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One sitting from answers to total in one page (domain, section 17): what the room recorded, every
 * item with its score, the teacher's marks, review, alarms, what was entered, corrections; with the
 * forms for marking, settling and correcting. Thread-safe.
 */
public final class SittingPages implements HttpService {
    private final PlanDesk desk;
    private final Marking marking;
    private final Scores scores;
    private final ScoreTraces traces;
    private final AnswerFiles files;
    private final Plans plans = new Plans();
    private final Audit audit = new Audit();

    public SittingPages(
            PlanDesk desk, Marking marking, Scores scores, ScoreTraces traces, AnswerFiles files) {
        this.desk = desk;
        this.marking = marking;
        this.scores = scores;
        this.traces = traces;
        this.files = files;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole body = StaffRole.BODY_STAFF;
        // S0, section 9: 综合测试主观题阅卷由任课老师完成, of the classes assigned alone
        StaffRole teacher = StaffRole.TEACHER;
        rules.get(
                        "/plans/{plan}/sittings/{sitting}",
                        desk.page(this::show, body, teacher, StaffRole.AUTHORITY_READER))
                .post(
                        "/plans/{plan}/sittings/{sitting}/marks",
                        desk.page(this::mark, body, teacher))
                .post("/plans/{plan}/sittings/{sitting}/late", desk.page(this::late, body, teacher))
                .post(
                        "/plans/{plan}/sittings/{sitting}/alarm",
                        desk.page(this::settle, body, teacher))
                .post("/plans/{plan}/sittings/{sitting}/correction", desk.page(this::propose, body))
                .post(
                        "/plans/{plan}/sittings/{sitting}/correction/{number}",
                        desk.page(this::decide, body));
    }

    private Reply show(Visit visit, StaffScope scope, Plan plan) {
        Optional<SittingId> id = id(visit);
        Optional<ScoreTrace> trace =
                id.flatMap(
                        sitting -> desk.desk().inTransaction(tx -> read(tx, scope, plan, sitting)));
        if (trace.isEmpty()) {
            return Reply.notFound();
        }
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("trace", trace.get());
        view.put("mayDecide", desk.desk().inTransaction(tx -> plans.mayMark(tx, scope, plan)));
        view.put("mayCorrect", scope.mayRunPlansOf(plan.body()));
        view.put("login", scope.login());
        view.put(
                "arrived",
                files.arrived(
                        trace.get().written().stream()
                                .flatMap(answer -> answer.files().stream())
                                .toList()));
        String title = trace.get().candidate().name() + " · " + trace.get().subject().name();
        return Reply.page(
                PlanDesk.below(visit, plan, title)
                        .width(Page.Width.FULL)
                        .style("hub/paper.css")
                        .under(visit.text("score.title"), PlanDesk.path(plan) + "/scores"),
                desk.desk().content("score/sitting.jte", view));
    }

    /** Who reads scores is recorded (domain, section 17). */
    private Optional<ScoreTrace> read(Tx tx, StaffScope scope, Plan plan, SittingId sitting) {
        Optional<ScoreTrace> trace = traces.of(tx, plan, sitting);
        trace.ifPresent(
                shown ->
                        audit.read(tx, scope.actor(), "score", sitting, Map.of("what", "sitting")));
        return trace;
    }

    private static Optional<SittingId> id(Visit visit) {
        long number = visit.pathNumber("sitting");
        return number > 0 ? Optional.of(new SittingId(number)) : Optional.empty();
    }

    /** A drawing over its picture, as the candidate saw it. */
    public static Content drawn(Plan plan, ScoreTrace trace, WrittenAnswer.OnPicture answer) {
        String paper =
                trace.attempt()
                        .flatMap(a -> PaperId.ofName(a.paper()))
                        .map(id -> "/papers/" + id.value() + "/pictures/")
                        .orElse("/papers/0/pictures/");
        String url = PlanDesk.path(plan) + paper + answer.picture().surface().asset();
        String html = PictureMarks.answer(answer.picture(), url, answer.values());
        return output -> output.writeContent(html);
    }

    private Reply mark(Visit visit, StaffScope scope, Plan plan) {
        Form form = visit.form();
        return act(
                visit,
                plan,
                sitting ->
                        number(form.text("mark"))
                                .map(
                                        mark ->
                                                text(
                                                        visit,
                                                        desk.desk()
                                                                .inTransaction(
                                                                        tx ->
                                                                                marking.give(
                                                                                        tx,
                                                                                        scope,
                                                                                        sitting,
                                                                                        form.text(
                                                                                                "item"),
                                                                                        mark))))
                                .orElseGet(
                                        () ->
                                                Optional.of(
                                                        visit.texts()
                                                                .of(
                                                                        "score.mark",
                                                                        MarkDecision.Code
                                                                                .MARK_RANGE))));
    }

    private Reply settle(Visit visit, StaffScope scope, Plan plan) {
        Form form = visit.form();
        return act(
                visit,
                plan,
                sitting -> {
                    List<ScoreAlarm> alarms =
                            desk.desk()
                                    .inTransaction(
                                            tx -> marking.alarms(tx, plan.tenant(), sitting));
                    Optional<ScoreAlarm> wanted =
                            alarms.stream()
                                    .filter(a -> a.kind().name().equals(form.text("kind")))
                                    .filter(a -> a.detail().equals(form.text("detail")))
                                    .findFirst();
                    return wanted.map(
                                    alarm ->
                                            text(
                                                    visit,
                                                    desk.desk()
                                                            .inTransaction(
                                                                    tx ->
                                                                            marking.settle(
                                                                                    tx,
                                                                                    scope,
                                                                                    alarm,
                                                                                    form.text(
                                                                                            "reason")))))
                            .orElseGet(
                                    () ->
                                            Optional.of(
                                                    visit.texts()
                                                            .of(
                                                                    "score.mark",
                                                                    MarkDecision.Code
                                                                            .ALARM_UNKNOWN)));
                });
    }

    private Reply late(Visit visit, StaffScope scope, Plan plan) {
        Form form = visit.form();
        boolean accepted = form.text("word").equals("accept");
        return act(
                visit,
                plan,
                sitting ->
                        text(
                                visit,
                                desk.desk()
                                        .inTransaction(
                                                tx ->
                                                        marking.decideLate(
                                                                tx,
                                                                scope,
                                                                sitting,
                                                                form.text("op"),
                                                                accepted,
                                                                form.text("reason")))));
    }

    private static Optional<String> text(Visit visit, MarkDecision decision) {
        return switch (decision) {
            case MarkDecision.Done done -> Optional.empty();
            case MarkDecision.Refused refused ->
                    Optional.of(visit.texts().of("score.mark", refused.code()));
        };
    }

    private Reply propose(Visit visit, StaffScope scope, Plan plan) {
        Form form = visit.form();
        return act(
                visit,
                plan,
                sitting ->
                        number(form.text("after"))
                                .map(
                                        after ->
                                                desk.desk()
                                                        .inTransaction(
                                                                tx ->
                                                                        scores.propose(
                                                                                tx,
                                                                                scope,
                                                                                plan,
                                                                                sitting.first(),
                                                                                after,
                                                                                form.text(
                                                                                        "reason"))))
                                .map(decision -> ScorePages.refusal(visit, plan, decision))
                                .orElseGet(
                                        () ->
                                                Optional.of(
                                                        visit.texts()
                                                                .of(
                                                                        "score.refusal",
                                                                        ScoreDecision.Code
                                                                                .SCORE_RANGE))));
    }

    private Reply decide(Visit visit, StaffScope scope, Plan plan) {
        int number = (int) Math.min(visit.pathNumber("number"), Integer.MAX_VALUE);
        boolean approve = visit.form().text("decision").equals("approve");
        return act(
                visit,
                plan,
                sitting ->
                        ScorePages.refusal(
                                visit,
                                plan,
                                desk.desk()
                                        .inTransaction(
                                                tx ->
                                                        scores.decide(
                                                                tx,
                                                                scope,
                                                                plan,
                                                                sitting.first(),
                                                                number,
                                                                approve))));
    }

    private static Optional<BigDecimal> number(String text) {
        return text.matches("[0-9]{1,6}(\\.[0-9]{1,4})?")
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }

    /** Does something and goes back to the sitting, with its refusal as a message if any. */
    private static Reply act(
            Visit visit, Plan plan, Function<SittingId, Optional<String>> refusalOf) {
        Optional<SittingId> sitting = id(visit);
        if (sitting.isEmpty()) {
            return Reply.notFound();
        }
        Optional<String> refusal = refusalOf.apply(sitting.get());
        visit.flash(
                refusal.isEmpty() ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                refusal.orElseGet(() -> visit.text("score.saved")));
        return Reply.seeOther(PlanDesk.path(plan) + "/sittings/" + sitting.get());
    }
}
