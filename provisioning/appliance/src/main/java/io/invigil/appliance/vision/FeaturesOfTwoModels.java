package io.invigil.appliance.vision;

/** Features of two models were compared, which means nothing: a fault of the caller. */
public final class FeaturesOfTwoModels extends RuntimeException {
    private static final long serialVersionUID = 1;

    FeaturesOfTwoModels(String one, String other) {
        super("features of " + one + " and " + other + " cannot be compared");
    }
}
