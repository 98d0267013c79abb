package io.invigil.appliance.vision;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one picture shows.
 *
 * @param advice what is in the way of a comparison, most important first; empty for a good frame
 * @param face the largest face, when there is one
 * @param feature of the face; present when there is exactly one face that is large enough, even if
 *     it is turned or dark
 * @param live hint between 0 and 1 that the picture shows a living face; only asked for on camera
 *     frames and only with the liveness models: a hint, never a verdict
 */
public record FaceReading(
        List<FaceAdvice> advice,
        Optional<FaceShape> face,
        Optional<FaceFeature> feature,
        OptionalDouble live) {
    public FaceReading {
        advice = List.copyOf(advice);
    }

    /** A reading without any face. */
    public static FaceReading nothing(FaceAdvice why) {
        return new FaceReading(
                List.of(why), Optional.empty(), Optional.empty(), OptionalDouble.empty());
    }

    /** Whether the picture may count in a comparison. */
    public boolean good() {
        return advice.isEmpty() && feature.isPresent();
    }
}
