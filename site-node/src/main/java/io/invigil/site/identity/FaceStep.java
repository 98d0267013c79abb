package io.invigil.site.identity;

import io.invigil.appliance.vision.Comparison;
import io.invigil.appliance.vision.FaceAdvice;
import io.invigil.appliance.vision.HeadTurn;
import java.util.List;
import java.util.Optional;

/**
 * What the camera page does next; JSON of the answer to a frame.
 *
 * @param advice what to change, most important first
 * @param good good frames so far
 * @param of good frames that are needed
 * @param turn what the head turn asks for now
 */
public record FaceStep(
        Kind kind, List<FaceAdvice> advice, int good, int of, Optional<HeadTurn.Step> turn) {

    /** Where the check stands. */
    public enum Kind {
        /** More frames are needed. */
        LOOKING,
        /** The head turn is asked for. */
        TURNING,
        /** Too many at once: the same frame a little later. */
        BUSY,
        /** Identity is settled. */
        SETTLED,
        /** The proctor is asked and decides. */
        ASKED,
        /** No comparison is possible here; the proctor compares by eye. */
        BY_EYE
    }

    static FaceStep of(Kind kind) {
        return new FaceStep(kind, List.of(), 0, Comparison.FRAMES, Optional.empty());
    }

    static FaceStep looking(List<FaceAdvice> advice, int good) {
        return new FaceStep(Kind.LOOKING, advice, good, Comparison.FRAMES, Optional.empty());
    }

    static FaceStep turning(List<FaceAdvice> advice, HeadTurn.Step step) {
        return new FaceStep(
                Kind.TURNING, advice, Comparison.FRAMES, Comparison.FRAMES, Optional.of(step));
    }
}
