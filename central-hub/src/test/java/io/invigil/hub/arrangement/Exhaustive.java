package io.invigil.hub.arrangement;

import io.invigil.hub.plan.Slot;
import io.invigil.hub.site.Room;
import java.util.ArrayList;
import java.util.List;

/** Tries every placement of a small problem with the checker as its only rule. */
final class Exhaustive {
    private static final int STEPS_MAX = 300_000;
    private final ArrangementProblem problem;
    private final ArrangementCheck check = new ArrangementCheck();
    private int steps;

    private Exhaustive(ArrangementProblem problem) {
        this.problem = problem;
    }

    /** Whether an arrangement exists; false also when the search grew too long. */
    static boolean exists(ArrangementProblem problem) {
        return new Exhaustive(problem).extend(new ArrayList<>());
    }

    private boolean extend(List<Placement> placed) {
        if (placed.size() == problem.wanted().size()) {
            return true;
        }
        WantedSitting next = problem.wanted().get(placed.size());
        for (Slot slot : problem.slots()) {
            for (Room room : problem.rooms()) {
                for (int seat = 1; seat <= Math.min(room.seats(), placed.size() + 1); seat++) {
                    if (++steps > STEPS_MAX) {
                        return false;
                    }
                    placed.add(new Placement(next, slot.id(), room.id(), seat));
                    boolean sound = check.violations(partOf(placed.size()), placed).isEmpty();
                    if (sound && extend(placed)) {
                        return true;
                    }
                    placed.remove(placed.size() - 1);
                }
            }
        }
        return false;
    }

    private ArrangementProblem partOf(int count) {
        return new ArrangementProblem(
                problem.wanted().subList(0, count),
                problem.subjects(),
                problem.slots(),
                problem.rooms(),
                problem.sitesOf(),
                problem.fixed());
    }
}
