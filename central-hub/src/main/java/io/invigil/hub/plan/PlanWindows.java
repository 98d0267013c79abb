package io.invigil.hub.plan;

import java.util.Comparator;
import java.util.List;

/** The five windows of a plan (source 002 section 3). They may overlap. */
public record PlanWindows(
        Window registration, Window arrangement, Window exam, Window score, Window publicity) {

    /** From the first start to the last end (考试计划时间范围). */
    public Window whole() {
        List<Window> all = List.of(registration, arrangement, exam, score, publicity);
        return new Window(
                all.stream().map(Window::from).min(Comparator.naturalOrder()).orElseThrow(),
                all.stream().map(Window::to).max(Comparator.naturalOrder()).orElseThrow());
    }

    public Window of(PlanStage stage) {
        return switch (stage) {
            case REGISTRATION -> registration;
            case ARRANGEMENT -> arrangement;
            case EXAM -> exam;
            case SCORE_ENTRY -> score;
            case PUBLICITY -> publicity;
        };
    }
}
