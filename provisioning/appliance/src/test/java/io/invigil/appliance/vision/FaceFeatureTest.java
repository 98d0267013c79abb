package io.invigil.appliance.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.invigil.exam.room.FaceVerdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Features and what the mean of three says (domain, section 10). */
class FaceFeatureTest {
    private static final FaceScale SCALE = new FaceScale("test", 0.52, 0.36);

    private static FaceFeature feature(float... values) {
        return FaceFeature.of("test", values).orElseThrow();
    }

    /** A unit vector whose cosine with (1, 0) is this. */
    private static FaceFeature at(double cosine) {
        return feature((float) cosine, (float) Math.sqrt(1 - cosine * cosine));
    }

    @Test
    void aFeatureIsNormalisedBeforeItIsCompared() {
        assertThat(feature(3, 0).cosine(feature(5, 5))).isCloseTo(Math.sqrt(0.5), within(1e-6));
    }

    @Test
    void aVectorWithoutDirectionIsNoFeature() {
        assertThat(FaceFeature.of("test", new float[] {0, 0})).isEmpty();
        assertThat(FaceFeature.of("test", new float[] {Float.NaN, 1})).isEmpty();
        assertThat(FaceFeature.of("test", new float[] {Float.POSITIVE_INFINITY, 1})).isEmpty();
    }

    @Test
    void aStoredFeatureComesBackWithItsModel() {
        FaceFeature stored = feature(1, 2, 3);
        FaceFeature read = FaceFeature.decode(stored.encoded()).orElseThrow();
        assertThat(read.model()).isEqualTo("test");
        assertThat(read.cosine(stored)).isCloseTo(1, within(1e-6));
    }

    @Test
    void bytesThatAreNoFeatureAreNotRead() {
        byte[] good = feature(1, 2, 3).encoded();
        assertThat(FaceFeature.decode(new byte[0])).isEmpty();
        assertThat(FaceFeature.decode(Arrays.copyOf(good, good.length - 1))).isEmpty();
        assertThat(FaceFeature.decode(Arrays.copyOf(good, good.length + 1))).isEmpty();
        good[0] = 2;
        assertThat(FaceFeature.decode(good)).isEmpty();
    }

    @Test
    void featuresOfTwoModelsAreNeverCompared() {
        FaceFeature other = FaceFeature.of("other", new float[] {1, 0}).orElseThrow();
        assertThatThrownBy(() -> feature(1, 0).cosine(other))
                .isInstanceOf(FeaturesOfTwoModels.class);
        List<FaceFeature> frames = List.of(other, other, other);
        assertThatThrownBy(() -> Comparison.of(SCALE, other, frames))
                .isInstanceOf(FeaturesOfTwoModels.class);
    }

    @Test
    void theMeanOfThreeFramesDecidesAndNotTheBestOne() {
        FaceFeature template = at(1);
        var mixed = Comparison.of(SCALE, template, List.of(at(0.80), at(0.30), at(0.30)));
        assertThat(mixed.score()).isCloseTo(0.4667, within(1e-3));
        assertThat(mixed.verdict()).isEqualTo(FaceVerdict.ASK_PROCTOR);
        assertThat(Comparison.of(SCALE, template, List.of(at(0.53), at(0.53), at(0.53))).verdict())
                .isEqualTo(FaceVerdict.ACCEPT);
        assertThat(Comparison.of(SCALE, template, List.of(at(0.35), at(0.35), at(0.35))).verdict())
                .isEqualTo(FaceVerdict.MISMATCH);
        assertThat(mixed.model()).isEqualTo("test");
    }

    @Test
    void aDecisionTakesExactlyThreeFrames() {
        assertThatThrownBy(() -> Comparison.of(SCALE, at(1), List.of(at(1), at(1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theThresholdsThemselvesBelongToTheBetterSide() {
        assertThat(SCALE.verdict(0.52)).isEqualTo(FaceVerdict.ACCEPT);
        assertThat(SCALE.verdict(0.36)).isEqualTo(FaceVerdict.ASK_PROCTOR);
    }
}
