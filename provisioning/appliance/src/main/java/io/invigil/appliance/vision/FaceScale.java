package io.invigil.appliance.vision;

import io.invigil.exam.room.FaceVerdict;

/**
 * The scale of one recogniser: scores of two models never compare, so thresholds belong to the
 * model file (cosine, mean of three good frames).
 *
 * @param model id of the recogniser's file, stored beside every feature and score
 * @param accept from here on the comparison accepts
 * @param ask from here on, below {@code accept}, a person is asked; below it is a mismatch
 */
public record FaceScale(String model, double accept, double ask) {
    public FaceScale {
        if (model.isEmpty() || ask > accept || accept > 1 || ask < -1) {
            throw new IllegalArgumentException("thresholds of " + model + " are out of order");
        }
    }

    /** What a mean score says. */
    public FaceVerdict verdict(double score) {
        if (score >= accept) {
            return FaceVerdict.ACCEPT;
        }
        return score >= ask ? FaceVerdict.ASK_PROCTOR : FaceVerdict.MISMATCH;
    }
}
