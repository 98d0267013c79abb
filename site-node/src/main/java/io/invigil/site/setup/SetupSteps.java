package io.invigil.site.setup;

import io.invigil.appliance.selftest.Health.Light;
import io.invigil.site.doctor.Check;
import io.invigil.site.doctor.Finding;
import io.invigil.site.rehearsal.RehearsalResult;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where a room's set-up stands, from what the node knows of itself. Stateless. */
public final class SetupSteps {
    private SetupSteps() {}

    /** Where a task stands. */
    public enum State {
        DONE,
        /** The first that is not done and can be. */
        NEXT,
        OPEN,
        /** Something before it is not done, or it may not be done now. */
        BLOCKED
    }

    public record Step(SetupTask task, State state) {}

    /**
     * All tasks in their order.
     *
     * @param findings what each check said last
     * @param rehearsal the last one
     * @param mayRehearse false while an exam is under way or space is short
     */
    public static List<Step> of(
            List<Finding> findings,
            Optional<RehearsalResult> rehearsal,
            boolean mayRehearse,
            SetupMarks.Marks marks) {
        Set<SetupTask> done = EnumSet.noneOf(SetupTask.class);
        List<Step> steps = new ArrayList<>();
        boolean nextGiven = false;
        for (SetupTask task : SetupTask.values()) {
            if (isDone(task, findings, rehearsal, marks)) {
                done.add(task);
                steps.add(new Step(task, State.DONE));
            } else if (!done.containsAll(task.after())
                    || task == SetupTask.REHEARSAL && !mayRehearse) {
                steps.add(new Step(task, State.BLOCKED));
            } else {
                steps.add(new Step(task, nextGiven ? State.OPEN : State.NEXT));
                nextGiven = true;
            }
        }
        return steps;
    }

    private static boolean isDone(
            SetupTask task,
            List<Finding> findings,
            Optional<RehearsalResult> rehearsal,
            SetupMarks.Marks marks) {
        boolean passed = rehearsal.filter(RehearsalResult::passed).isPresent();
        return switch (task) {
            // without it there is no such page
            case ENROL -> true;
            case STORAGE, TIME, CAMERA, MODELS, PACKAGE ->
                    task.checks().stream().allMatch(check -> isWell(check, findings));
            case LAB_KIT -> marks.kitTaken().isPresent();
            case REHEARSAL -> passed;
            // a sheet from before the rehearsal does not show it
            case CHECK_SHEET ->
                    passed
                            && marks.sheetMade()
                                    .filter(made -> made.isAfter(rehearsal.get().at()))
                                    .isPresent();
        };
    }

    private static boolean isWell(Check check, List<Finding> findings) {
        return findings.stream()
                .anyMatch(finding -> finding.check() == check && finding.light() == Light.OK);
    }
}
