package io.invigil.site.room.core;

import io.invigil.exam.room.FaceVerdict;
import io.invigil.exam.room.IdentityFact;
import io.invigil.exam.room.IdentityMoment;
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
 * @param recheck the checks of the running test
 */
public record IdentityState(
        Optional<Found> found,
        Optional<IdentityQuestion> question,
        Optional<Boolean> accepted,
        Optional<String> takenPhoto,
        boolean unbound,
        int comparisons,
        Recheck recheck) {
    static final IdentityState OPEN =
            new IdentityState(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    0,
                    Recheck.NONE);

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
        return recheck.doubtful() ? Standing.ASKED : beforeStart();
    }

    private Standing beforeStart() {
        if (accepted.isPresent()) {
            return accepted.get() ? Standing.CONFIRMED : Standing.REFUSED;
        }
        if (found.isPresent()) {
            return found.get().verdict() == FaceVerdict.ACCEPT ? Standing.ACCEPTED : Standing.ASKED;
        }
        return question.isPresent() ? Standing.ASKED : Standing.OPEN;
    }

    /** Whether the sitting may start as far as identity goes; later doubts stop nobody. */
    public boolean settled() {
        Standing standing = beforeStart();
        return standing == Standing.ACCEPTED || standing == Standing.CONFIRMED;
    }

    /** What a person who decides now should see: the doubt of the running test first. */
    public Optional<Found> shownFound() {
        return recheck.doubted().or(() -> recheck.missed().isPresent() ? Optional.empty() : found);
    }

    /** Why a person is asked now, where no comparison says it. */
    public Optional<IdentityQuestion> shownQuestion() {
        return recheck.doubted().isPresent()
                ? Optional.empty()
                : recheck.missed().or(() -> question);
    }

    /** Hex digest of the picture that belongs to it. */
    public Optional<String> shownPicture() {
        return recheck.doubted()
                .map(Found::blob)
                .or(recheck::picture)
                .or(() -> found.map(Found::blob));
    }

    /**
     * @param now exam time of the fact
     */
    IdentityState after(IdentityFact fact, long now) {
        return switch (fact) {
            case IdentityFact.FaceCompared f -> compared(f);
            case IdentityFact.IdentityAsked f ->
                    new IdentityState(
                            found,
                            Optional.of(f.why()),
                            accepted,
                            takenPhoto,
                            unbound,
                            comparisons,
                            recheck);
            case IdentityFact.IdentityDecided f ->
                    new IdentityState(
                            found,
                            Optional.empty(),
                            Optional.of(f.accepted()),
                            takenPhoto,
                            unbound,
                            comparisons,
                            recheck.decided());
            case IdentityFact.PhotoTaken f -> reopened(Optional.of(f.blob()));
            case IdentityFact.PhotoUnbound f -> reopened(Optional.empty());
            case IdentityFact.RecheckAsked f ->
                    with(recheck.asked(f.sitting(), f.number(), now), comparisons);
            case IdentityFact.RecheckNotCompared f ->
                    with(recheck.notCompared(f.why(), f.blob()), comparisons);
        };
    }

    /** A person's decision stays above whatever the machine finds before the start. */
    private IdentityState compared(IdentityFact.FaceCompared f) {
        Found now = new Found(f.verdict(), f.score(), f.model(), f.blob(), f.turned());
        if (f.moment() == IdentityMoment.DURING_THE_TEST) {
            return with(recheck.compared(now), comparisons + 1);
        }
        return new IdentityState(
                Optional.of(now),
                Optional.empty(),
                accepted,
                takenPhoto,
                unbound,
                comparisons + 1,
                recheck);
    }

    private IdentityState with(Recheck changed, int compared) {
        return new IdentityState(found, question, accepted, takenPhoto, unbound, compared, changed);
    }

    /** With another photo what was found and decided with the former one is void. */
    private IdentityState reopened(Optional<String> photo) {
        return new IdentityState(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                photo,
                true,
                comparisons,
                recheck.decided());
    }
}
