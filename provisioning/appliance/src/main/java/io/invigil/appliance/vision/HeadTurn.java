package io.invigil.appliance.vision;

import io.invigil.protocol.crypto.Entropy;
import java.util.List;
import java.util.Optional;

/**
 * A head-turn challenge: look ahead, turn left and right in random order, look ahead again each
 * time, and be the same face after as before. A photograph held to the camera and turned does not
 * move the nose between the eyes by {@link #TURN_MIN}. Nobody fails for good: whoever does not pass
 * is looked at by the proctor. Not thread-safe.
 */
public final class HeadTurn {
    /** Movement of {@link FaceShape#turn()} that counts as a turn. */
    public static final double TURN_MIN = 0.20;

    /** Within this of one's own start the head is back. */
    public static final double RETURN_MAX = 0.10;

    /** Frames looked at before the challenge ends unpassed. */
    public static final int FRAMES_MAX = 80;

    /** Turns to the wrong side before it ends unpassed: a recording cannot know the order. */
    public static final int WRONG_TURNS_MAX = 2;

    /** What the person is asked now, or how it ended. */
    public enum Step {
        LOOK_AHEAD,
        TURN_LEFT,
        TURN_RIGHT,
        PASSED,
        NOT_PASSED;

        public boolean ended() {
            return this == PASSED || this == NOT_PASSED;
        }
    }

    private final FaceScale scale;
    private final List<Step> order;
    private int asked;
    private boolean away;
    private boolean wrongSide;
    private int wrongTurns;
    private int frames;
    private double start;
    private Optional<FaceFeature> before = Optional.empty();
    private Step step = Step.LOOK_AHEAD;

    /**
     * @param entropy decides the order
     */
    public HeadTurn(FaceScale scale, Entropy entropy) {
        this.scale = scale;
        boolean leftFirst = (entropy.bytes(1)[0] & 1) == 0;
        this.order =
                leftFirst
                        ? List.of(Step.TURN_LEFT, Step.TURN_RIGHT)
                        : List.of(Step.TURN_RIGHT, Step.TURN_LEFT);
    }

    public Step step() {
        return step;
    }

    /** The turn asked first, for the test of randomness and for the page's preparation. */
    public Step first() {
        return order.getFirst();
    }

    /** Takes the next frame of the camera; a frame without exactly one face changes nothing. */
    public Step look(FaceReading frame) {
        if (step.ended()) {
            return step;
        }
        frames++;
        if (frames > FRAMES_MAX) {
            step = Step.NOT_PASSED;
            return step;
        }
        if (frame.face().isEmpty() || frame.feature().isEmpty()) {
            return step;
        }
        FaceFeature feature = frame.feature().get();
        double moved = frame.face().get().turn() - start;
        if (before.isEmpty()) {
            begin(frame, feature);
        } else if (away) {
            comeBack(moved, feature);
        } else {
            turn(moved);
        }
        return step;
    }

    private void begin(FaceReading frame, FaceFeature feature) {
        if (frame.good()) {
            before = Optional.of(feature);
            start = frame.face().orElseThrow().turn();
            step = order.getFirst();
        }
    }

    private void turn(double moved) {
        double towards = order.get(asked) == Step.TURN_LEFT ? moved : -moved;
        if (towards >= TURN_MIN) {
            away = true;
            step = Step.LOOK_AHEAD;
        } else if (towards <= -TURN_MIN && !wrongSide) {
            wrongSide = true;
            wrongTurns++;
            if (wrongTurns > WRONG_TURNS_MAX) {
                step = Step.NOT_PASSED;
            }
        } else if (Math.abs(moved) <= RETURN_MAX) {
            wrongSide = false;
        }
    }

    private void comeBack(double moved, FaceFeature feature) {
        if (Math.abs(moved) > RETURN_MAX) {
            return;
        }
        if (before.orElseThrow().cosine(feature) < scale.accept()) {
            step = Step.NOT_PASSED;
            return;
        }
        away = false;
        asked++;
        step = asked < order.size() ? order.get(asked) : Step.PASSED;
    }
}
