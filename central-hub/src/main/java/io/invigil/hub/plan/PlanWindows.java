package io.invigil.hub.plan;

/** The five windows of a plan (source 002 section 3). They may overlap. */
public record PlanWindows(
        Window registration, Window arrangement, Window exam, Window score, Window publicity) {

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
