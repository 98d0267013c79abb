package io.invigil.hub.plan;

import io.invigil.appliance.web.Visit;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** A plan as lists show it: each stage with its days and whether it is open. */
public record PlanRow(Plan plan, List<Stage> stages) {

    /**
     * @param state NOT_OPEN, OPEN or CLOSED, from the time of the request
     */
    public record Stage(PlanStage stage, State state, String days) {}

    /** Derived from the window, never stored. */
    public enum State {
        NOT_OPEN(""),
        OPEN("tag-good"),
        CLOSED("");

        private final String style;

        State(String style) {
            this.style = style;
        }

        public String style() {
            return style;
        }
    }

    static PlanRow of(Visit visit, Plan plan) {
        Instant now = visit.now();
        return new PlanRow(
                plan,
                Arrays.stream(PlanStage.values())
                        .map(
                                stage ->
                                        new Stage(
                                                stage,
                                                state(plan.windows().of(stage), now),
                                                PlanDesk.days(visit, plan, stage)))
                        .toList());
    }

    static State state(Window window, Instant now) {
        if (window.isAfter(now)) {
            return State.NOT_OPEN;
        }
        return window.contains(now) ? State.OPEN : State.CLOSED;
    }

    /** The stages that are open now. */
    public List<Stage> open() {
        return stages.stream().filter(stage -> stage.state() == State.OPEN).toList();
    }
}
