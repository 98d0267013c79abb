package io.invigil.appliance.vision;

import io.invigil.exam.room.FaceVerdict;
import java.util.List;

/**
 * A template against the good frames of a camera: the mean of their scores decides.
 *
 * @param score mean cosine
 * @param model that made the features
 */
public record Comparison(FaceVerdict verdict, double score, String model, int frames) {
    /** Good frames that a decision needs. */
    public static final int FRAMES = 3;

    /**
     * Compares.
     *
     * @param frames features of exactly {@link #FRAMES} good frames
     * @throws FeaturesOfTwoModels when not all come from the scale's model
     */
    public static Comparison of(FaceScale scale, FaceFeature template, List<FaceFeature> frames) {
        if (frames.size() != FRAMES) {
            throw new IllegalArgumentException("a comparison takes " + FRAMES + " frames");
        }
        if (!scale.model().equals(template.model())) {
            throw new FeaturesOfTwoModels(scale.model(), template.model());
        }
        double mean = frames.stream().mapToDouble(template::cosine).average().orElseThrow();
        return new Comparison(scale.verdict(mean), mean, scale.model(), frames.size());
    }
}
