package io.invigil.exam.room;

import io.invigil.protocol.fact.Lane;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who sits there: what the machine found and what people decided (domain, section 10). Pictures are
 * kept before the fact that names them by hex SHA-256 in {@code blob}; features and names never
 * travel (XSP/1 section 12).
 */
public sealed interface IdentityFact extends RoomFact {
    long sitting();

    @Override
    default Lane lane() {
        return Lane.ATT;
    }

    @Override
    default OptionalLong aboutSitting() {
        return OptionalLong.of(sitting());
    }

    /**
     * The mean of three good frames against the photo in force.
     *
     * @param score cosine on the scale of the model
     * @param model id of the recogniser's file
     * @param live hint of the liveness models, 0 to 1, where they looked
     * @param turned whether the head turn was passed, where it was asked for
     * @param blob the last of the compared frames
     */
    record FaceCompared(
            long sitting,
            IdentityMoment moment,
            FaceVerdict verdict,
            double score,
            String model,
            Optional<Double> live,
            Optional<Boolean> turned,
            String blob)
            implements IdentityFact {
        public FaceCompared {
            live = live == null ? Optional.empty() : live;
            turned = turned == null ? Optional.empty() : turned;
        }
    }

    /** The machine cannot or shall not decide: a person is asked to. */
    record IdentityAsked(long sitting, IdentityQuestion why) implements IdentityFact {}

    /**
     * A person decided by eye. Score, model and picture are those of the last comparison, when
     * there was one: what the decision was made with.
     */
    record IdentityDecided(
            long sitting,
            boolean accepted,
            String reason,
            Optional<Double> score,
            Optional<String> model,
            Optional<String> blob)
            implements IdentityFact {
        public IdentityDecided {
            score = score == null ? Optional.empty() : score;
            model = model == null ? Optional.empty() : model;
            blob = blob == null ? Optional.empty() : blob;
        }
    }

    /** A picture taken at the desk is the photo in force from now on. */
    record PhotoTaken(long sitting, String blob, String reason) implements IdentityFact {}

    /** The photo that was in force is not compared with any more. */
    record PhotoUnbound(long sitting, String reason) implements IdentityFact {}

    /**
     * The seat's camera is asked for a picture while the test goes on.
     *
     * @param number counts the checks of this sitting from 1
     */
    record RecheckAsked(long sitting, int number, RecheckCause cause) implements IdentityFact {}

    /**
     * A check of the running test that no machine could make; the proctor is asked.
     *
     * @param blob a picture for the proctor's eye, where the camera gave one
     */
    record RecheckNotCompared(long sitting, int number, IdentityQuestion why, Optional<String> blob)
            implements IdentityFact {
        public RecheckNotCompared {
            blob = blob == null ? Optional.empty() : blob;
        }
    }
}
