package io.invigil.site.room.core;

import io.invigil.exam.pack.FaceRechecks;
import io.invigil.exam.room.IdentityFact;
import io.invigil.exam.room.IdentityQuestion;
import io.invigil.exam.room.RecheckCause;
import io.invigil.exam.room.RoomFact;
import io.invigil.site.room.core.RoomCommand.MissRecheck;
import java.util.Optional;

/**
 * Face checks while the test is on (S0, section 7: 不定时进行人脸识别; domain, section 10). When they come
 * follows from the seed of the sitting alone, so every replay and every node agrees; nobody is
 * stopped by one.
 */
final class RecheckRules {
    /** A page that has not sent a picture by then has not answered. */
    static final long ANSWER_MILLIS_MAX = 90_000;

    /** Checks of one sitting; whoever leaves the page oftener is known for it. */
    static final int RECHECKS_MAX = 200;

    private static final long MINUTE = 60_000;

    private RecheckRules() {}

    /** What the time asks for at this sitting now. */
    static Optional<RoomFact> tick(FaceRechecks policy, SittingState sitting, long now) {
        Recheck recheck = sitting.attendance().identity().recheck();
        if (!sitting.sits() || sitting.timing().pausedAt().isPresent()) {
            return Optional.empty();
        }
        if (recheck.openFor(sitting)) {
            boolean over = now - recheck.askedAt() > ANSWER_MILLIS_MAX;
            return over && !recheck.late()
                    ? Optional.of(
                            new IdentityFact.RecheckNotCompared(
                                    sitting.sitting(),
                                    recheck.asked(),
                                    IdentityQuestion.NO_ANSWER,
                                    Optional.empty()))
                    : Optional.empty();
        }
        boolean due = policy.everyMinutes() > 0 && now >= dueAt(policy, sitting);
        return due ? ask(sitting, RecheckCause.RANDOM) : Optional.empty();
    }

    /** Exam time of the next random check: half to one and a half intervals after the last. */
    static long dueAt(FaceRechecks policy, SittingState sitting) {
        Recheck recheck = sitting.attendance().identity().recheck();
        long last = Math.max(sitting.timing().startedAt().orElseThrow(), recheck.askedAt());
        long interval = policy.everyMinutes() * MINUTE;
        return last + interval / 2 + spread(sitting.seed(), recheck.asked(), interval);
    }

    /** Evenly from 0 to below the interval; the finaliser of SplitMix64 over seed and number. */
    private static long spread(long seed, int number, long interval) {
        long mixed = seed + (number + 1) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return Math.floorMod(mixed ^ mixed >>> 31, interval);
    }

    /** Back on the page: one more moment, unless a check is on its way. */
    static Optional<RoomFact> returned(FaceRechecks policy, SittingState sitting) {
        boolean open = sitting.attendance().identity().recheck().openFor(sitting);
        return policy.afterLeaving() && sitting.sits() && !open
                ? ask(sitting, RecheckCause.RETURNED)
                : Optional.empty();
    }

    private static Optional<RoomFact> ask(SittingState sitting, RecheckCause cause) {
        int number = sitting.attendance().identity().recheck().asked() + 1;
        return number > RECHECKS_MAX
                ? Optional.empty()
                : Optional.of(new IdentityFact.RecheckAsked(sitting.sitting(), number, cause));
    }

    /** No comparison came about. An answer to a former check changes nothing. */
    static Decision missed(SittingState sitting, MissRecheck c) {
        Recheck recheck = sitting.attendance().identity().recheck();
        if (!recheck.openFor(sitting) || recheck.asked() != c.number()) {
            return Decision.done();
        }
        if (c.why() == IdentityQuestion.NO_ANSWER) {
            // only the time says so
            return Decision.refused(RoomRefusal.ANSWER_MALFORMED);
        }
        if (c.blob().isPresent() && !IdentityRules.isDigest(c.blob().get())) {
            return Decision.refused(RoomRefusal.IDENTITY_PICTURE_UNKNOWN);
        }
        return Decision.done(
                new IdentityFact.RecheckNotCompared(
                        sitting.sitting(), c.number(), c.why(), c.blob()));
    }
}
