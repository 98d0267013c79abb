package io.invigil.hub.score;

import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.paper.PaperCover;
import io.invigil.hub.paper.Papers;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.PlanStage;
import io.invigil.hub.plan.PlanTask;
import io.invigil.hub.plan.PlanTasks;
import io.invigil.hub.plan.Subject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Papers, review, scores and certificates in a plan's task list. Thread-safe. */
public final class ScoringTasks implements PlanTasks {
    private final Clock clock;
    private final Papers papers;
    private final Scores scores;
    private final PlanContent content = new PlanContent();

    public ScoringTasks(Clock clock, Papers papers, Scores scores) {
        this.clock = clock;
        this.papers = papers;
        this.scores = scores;
    }

    @Override
    public List<PlanTask> of(Tx tx, Visit visit, StaffScope scope, Plan plan) {
        List<PlanTask> tasks = new ArrayList<>();
        boolean runs = scope.mayRunPlansOf(plan.body());
        if (runs) {
            tasks.add(papersTask(tx, visit, plan));
        }
        ScoreStage stage = ScoreStage.of(plan, clock.instant());
        if (runs) {
            Map<SittingOutcome, Integer> outcomes = scores.outcomes(tx, plan);
            int pending = outcomes.getOrDefault(SittingOutcome.PENDING_REVIEW, 0);
            tasks.add(
                    task(
                            visit,
                            plan,
                            "review",
                            pending > 0 ? PlanTask.Status.NEXT : PlanTask.Status.NOT_OPEN,
                            visit.text("review.task.hint", pending)));
        }
        tasks.add(task(visit, plan, "scores", scoreStatus(stage), scoreHint(visit, plan)));
        tasks.add(
                task(
                        visit,
                        plan,
                        "certificates",
                        stage == ScoreStage.FINAL ? PlanTask.Status.NEXT : PlanTask.Status.NOT_OPEN,
                        ""));
        return tasks;
    }

    private PlanTask papersTask(Tx tx, Visit visit, Plan plan) {
        List<Subject> subjects = content.subjects(tx, plan.tenant(), plan.id());
        List<PaperCover.State> states =
                subjects.stream().map(subject -> papers.cover(tx, subject).state()).toList();
        long ready = states.stream().filter(PaperCover.State.ALL::equals).count();
        boolean begun = states.stream().anyMatch(state -> state != PaperCover.State.NONE);
        PlanTask.Status status =
                !begun
                        ? PlanTask.Status.NEXT
                        : ready < subjects.size() ? PlanTask.Status.PARTLY : PlanTask.Status.DONE;
        return task(
                visit,
                plan,
                "papers",
                status,
                visit.text("paper.task.hint", ready, subjects.size()));
    }

    private static PlanTask.Status scoreStatus(ScoreStage stage) {
        return switch (stage) {
            case NOT_OPEN -> PlanTask.Status.NOT_OPEN;
            case ENTRY -> PlanTask.Status.NEXT;
            case PUBLICITY -> PlanTask.Status.PARTLY;
            case FINAL -> PlanTask.Status.DONE;
        };
    }

    private static String scoreHint(Visit visit, Plan plan) {
        return PlanDesk.days(visit, plan, PlanStage.SCORE_ENTRY);
    }

    private static PlanTask task(
            Visit visit, Plan plan, String part, PlanTask.Status status, String hint) {
        return new PlanTask(
                visit.text("score.task." + part), PlanDesk.path(plan) + "/" + part, status, hint);
    }
}
