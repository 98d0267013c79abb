package io.invigil.appliance.vision;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.vision.HeadTurn.Step;
import io.invigil.protocol.crypto.Entropy;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The head-turn challenge in random order (domain, section 10; issue: liveness by landmarks). */
class HeadTurnTest {
    private static final FaceScale SCALE = new FaceScale("test", 0.52, 0.36);
    private static final FaceFeature OWN = FaceFeature.of("test", new float[] {1, 0}).orElseThrow();
    private static final FaceFeature OTHER =
            FaceFeature.of("test", new float[] {0, 1}).orElseThrow();
    private static final Entropy LEFT_FIRST = target -> target[0] = 0;
    private static final Entropy RIGHT_FIRST = target -> target[0] = 1;

    private static FaceReading frame(double turn, FaceFeature feature) {
        FaceShape shape = new FaceShape(10, 10, 150, 190, turn, 0, 120, 0.9);
        List<FaceAdvice> advice =
                Math.abs(turn) > FaceShape.TURN_MAX ? List.of(FaceAdvice.TURNED) : List.of();
        return new FaceReading(
                advice, Optional.of(shape), Optional.of(feature), OptionalDouble.empty());
    }

    private static FaceReading frame(double turn) {
        return frame(turn, OWN);
    }

    @Test
    void asksLeftAndRightInTheOrderThatChanceGave() {
        HeadTurn challenge = new HeadTurn(SCALE, LEFT_FIRST);
        assertThat(challenge.step()).isEqualTo(Step.LOOK_AHEAD);
        assertThat(challenge.look(frame(-0.04))).isEqualTo(Step.TURN_LEFT);
        assertThat(challenge.look(frame(0.10))).isEqualTo(Step.TURN_LEFT);
        assertThat(challenge.look(frame(0.25))).isEqualTo(Step.LOOK_AHEAD);
        assertThat(challenge.look(frame(0.0))).isEqualTo(Step.TURN_RIGHT);
        assertThat(challenge.look(frame(-0.30))).isEqualTo(Step.LOOK_AHEAD);
        assertThat(challenge.look(frame(-0.02))).isEqualTo(Step.PASSED);
        assertThat(new HeadTurn(SCALE, RIGHT_FIRST).first()).isEqualTo(Step.TURN_RIGHT);
    }

    @Test
    void bothOrdersComeUp() {
        Set<Step> seen = new HashSet<>();
        for (byte value = 0; value < 16; value++) {
            byte chance = value;
            seen.add(new HeadTurn(SCALE, target -> target[0] = chance).first());
        }
        assertThat(seen).containsExactlyInAnyOrder(Step.TURN_LEFT, Step.TURN_RIGHT);
    }

    @Test
    void aStillPhotographNeverPassesHoweverItIsTilted() {
        HeadTurn challenge = new HeadTurn(SCALE, LEFT_FIRST);
        for (int at = 0; at <= HeadTurn.FRAMES_MAX; at++) {
            challenge.look(frame(-0.05 + 0.18 * Math.sin(at / 3.0)));
            assertThat(challenge.step()).isNotEqualTo(Step.PASSED);
        }
        assertThat(challenge.step()).isEqualTo(Step.NOT_PASSED);
    }

    @Test
    void aTurnIsMeasuredFromOnesOwnStart() {
        HeadTurn challenge = new HeadTurn(SCALE, LEFT_FIRST);
        challenge.look(frame(0.15));
        assertThat(challenge.look(frame(0.30))).isEqualTo(Step.TURN_LEFT);
        assertThat(challenge.look(frame(0.36))).isEqualTo(Step.LOOK_AHEAD);
    }

    @Test
    void repeatedTurnsToTheWrongSideEndItUnpassed() {
        HeadTurn challenge = new HeadTurn(SCALE, LEFT_FIRST);
        challenge.look(frame(0));
        for (int wrong = 0; wrong < HeadTurn.WRONG_TURNS_MAX; wrong++) {
            challenge.look(frame(-0.3));
            challenge.look(frame(-0.35));
            assertThat(challenge.look(frame(0))).isEqualTo(Step.TURN_LEFT);
        }
        assertThat(challenge.look(frame(-0.3))).isEqualTo(Step.NOT_PASSED);
    }

    @Test
    void anotherFaceAfterTheTurnDoesNotPass() {
        HeadTurn challenge = new HeadTurn(SCALE, LEFT_FIRST);
        challenge.look(frame(0));
        challenge.look(frame(0.3));
        assertThat(challenge.look(frame(0, OTHER))).isEqualTo(Step.NOT_PASSED);
        assertThat(challenge.look(frame(0))).isEqualTo(Step.NOT_PASSED);
    }

    @Test
    void framesWithoutAFaceChangeNothing() {
        HeadTurn challenge = new HeadTurn(SCALE, LEFT_FIRST);
        challenge.look(frame(0));
        challenge.look(FaceReading.nothing(FaceAdvice.NO_FACE));
        assertThat(challenge.step()).isEqualTo(Step.TURN_LEFT);
    }

    @Test
    void aTurnedHeadIsNoStart() {
        HeadTurn challenge = new HeadTurn(SCALE, LEFT_FIRST);
        assertThat(challenge.look(frame(0.4))).isEqualTo(Step.LOOK_AHEAD);
        assertThat(challenge.look(frame(0.0))).isEqualTo(Step.TURN_LEFT);
    }
}
