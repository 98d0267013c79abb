package io.invigil.site.room.core;

import io.invigil.exam.room.FaceVerdict;
import io.invigil.exam.room.IdentityQuestion;
import io.invigil.site.room.core.IdentityState.Found;
import java.util.Optional;

/**
 * The face checks of a running test. Immutable.
 *
 * @param of number of the attempt that was checked last
 * @param asked checks so far
 * @param askedAt exam time of the last one
 * @param open whether its picture is waited for
 * @param late whether that has lasted too long already
 * @param doubted what a comparison found that was not accepted, until a person decides
 * @param missed why no comparison came about, until one is accepted or a person decides
 * @param picture hex digest of what the camera showed then
 */
public record Recheck(
        long of,
        int asked,
        long askedAt,
        boolean open,
        boolean late,
        Optional<Found> doubted,
        Optional<IdentityQuestion> missed,
        Optional<String> picture) {
    static final Recheck NONE =
            new Recheck(
                    0, 0, 0, false, false, Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether a person is to decide. */
    public boolean doubtful() {
        return doubted.isPresent() || missed.isPresent();
    }

    /** Whether this attempt's page is waited for; the end of an attempt ends its check. */
    public boolean openFor(SittingState attempt) {
        return open && of == attempt.sitting() && attempt.sits();
    }

    Recheck asked(long attempt, int number, long now) {
        return new Recheck(attempt, number, now, true, false, doubted, missed, picture);
    }

    /** A later accepted face answers for one that was not seen, not for one that differed. */
    Recheck compared(Found found) {
        boolean accepted = found.verdict() == FaceVerdict.ACCEPT;
        return new Recheck(
                of,
                asked,
                askedAt,
                false,
                false,
                accepted ? doubted : Optional.of(found),
                accepted ? Optional.empty() : missed,
                accepted ? Optional.empty() : picture);
    }

    Recheck notCompared(IdentityQuestion why, Optional<String> blob) {
        boolean waits = why == IdentityQuestion.NO_ANSWER;
        return new Recheck(
                of,
                asked,
                askedAt,
                open && waits,
                waits,
                doubted,
                Optional.of(why),
                blob.or(() -> picture));
    }

    Recheck decided() {
        return new Recheck(
                of,
                asked,
                askedAt,
                open,
                late,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
