package io.invigil.site.room.core;

import io.invigil.exam.room.FaceVerdict;
import io.invigil.exam.room.IdentityFact;
import io.invigil.exam.room.IdentityQuestion;
import java.util.Optional;

/**
 * What was found and decided about who sits there. Immutable.
 *
 * @param found the last comparison with the photo in force
 * @param question why a person is asked, when the machine cannot decide
 * @param accepted the last decision by eye
 * @param takenPhoto hex digest of the photo taken at the desk, which replaces the package's
 * @param unbound whether the package's photo does not count any more
 * @param comparisons so far
 */
public record IdentityState(
        Optional<Found> found,
        Optional<IdentityQuestion> question,
        Optional<Boolean> accepted,
        Optional<String> takenPhoto,
        boolean unbound,
        int comparisons) {
    static final IdentityState OPEN =
            new IdentityState(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    0);

    /**
     * A comparison as it was found.
     *
     * @param turned whether the head turn was passed, where it was asked for
     */
    public record Found(
            FaceVerdict verdict,
            double score,
            String model,
            String blob,
            Optional<Boolean> turned) {}

    /** Where it stands, in the order in which the desk cares. */
    public enum Standing {
        /** The machine was not sure, or cannot decide: a person is waited for. */
        ASKED,
        REFUSED,
        OPEN,
        ACCEPTED,
        CONFIRMED
    }

    public Standing standing() {
        if (accepted.isPresent()) {
            return accepted.get() ? Standing.CONFIRMED : Standing.REFUSED;
        }
        if (found.isPresent()) {
            return found.get().verdict() == FaceVerdict.ACCEPT ? Standing.ACCEPTED : Standing.ASKED;
        }
        return question.isPresent() ? Standing.ASKED : Standing.OPEN;
    }

    /** Whether the sitting may start as far as identity goes. */
    public boolean settled() {
        Standing standing = standing();
        return standing == Standing.ACCEPTED || standing == Standing.CONFIRMED;
    }

    IdentityState after(IdentityFact fact) {
        return switch (fact) {
            case IdentityFact.FaceCompared f -> compared(f);
            case IdentityFact.IdentityAsked f ->
                    new IdentityState(
                            found,
                            Optional.of(f.why()),
                            accepted,
                            takenPhoto,
                            unbound,
                            comparisons);
            case IdentityFact.IdentityDecided f ->
                    new IdentityState(
                            found,
                            Optional.empty(),
                            Optional.of(f.accepted()),
                            takenPhoto,
                            unbound,
                            comparisons);
            case IdentityFact.PhotoTaken f -> reopened(Optional.of(f.blob()));
            case IdentityFact.PhotoUnbound f -> reopened(Optional.empty());
        };
    }

    /** A person's decision stays above whatever the machine finds later. */
    private IdentityState compared(IdentityFact.FaceCompared f) {
        return new IdentityState(
                Optional.of(new Found(f.verdict(), f.score(), f.model(), f.blob(), f.turned())),
                Optional.empty(),
                accepted,
                takenPhoto,
                unbound,
                comparisons + 1);
    }

    /** With another photo what was found and decided with the former one is void. */
    private IdentityState reopened(Optional<String> photo) {
        return new IdentityState(
                Optional.empty(), Optional.empty(), Optional.empty(), photo, true, comparisons);
    }
}
