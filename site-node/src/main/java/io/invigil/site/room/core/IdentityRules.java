package io.invigil.site.room.core;

import io.invigil.exam.room.IdentityFact;
import io.invigil.exam.room.IdentityMoment;
import io.invigil.site.room.core.IdentityState.Found;
import io.invigil.site.room.core.RoomCommand.AskIdentity;
import io.invigil.site.room.core.RoomCommand.DecideIdentity;
import io.invigil.site.room.core.RoomCommand.RecordComparison;
import io.invigil.site.room.core.RoomCommand.TakePhoto;
import io.invigil.site.room.core.RoomCommand.UnbindPhoto;
import java.util.Optional;

/**
 * Who sits there (domain, section 10). A machine only ever accepts or asks; refusing is a person's
 * decision with a reason, and so is every exception.
 */
final class IdentityRules {
    /** Comparisons of one sitting: before the start, at the desk, and random ones in the test. */
    static final int COMPARISONS_MAX = 500;

    private static final int DIGEST_CHARS = 64;

    private IdentityRules() {}

    static Decision compared(SittingState sitting, RecordComparison c) {
        if (!isDigest(c.blob())) {
            return Decision.refused(RoomRefusal.IDENTITY_PICTURE_UNKNOWN);
        }
        boolean during = c.moment() == IdentityMoment.DURING_THE_TEST;
        if (during && !sitting.attendance().identity().recheck().openFor(sitting)) {
            return Decision.refused(RoomRefusal.RECHECK_NOT_OPEN);
        }
        if (sitting.attendance().identity().comparisons() >= COMPARISONS_MAX) {
            return Decision.refused(RoomRefusal.SAVES_EXHAUSTED, "max", COMPARISONS_MAX);
        }
        return Decision.done(
                new IdentityFact.FaceCompared(
                        during ? sitting.sitting() : c.sitting(),
                        c.moment(),
                        c.verdict(),
                        c.score(),
                        c.model(),
                        c.live(),
                        c.turned(),
                        c.blob()));
    }

    /** The same question again is no new fact; whoever is settled has nothing to ask. */
    static Decision asked(SittingState sitting, AskIdentity c) {
        IdentityState identity = sitting.attendance().identity();
        boolean same = identity.question().filter(why -> why == c.why()).isPresent();
        if (same || identity.settled()) {
            return Decision.done();
        }
        return Decision.done(new IdentityFact.IdentityAsked(c.sitting(), c.why()));
    }

    static Decision decided(SittingState sitting, DecideIdentity c) {
        if (!ExamRules.isReason(c.reason())) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        if (c.blob().isPresent() && !isDigest(c.blob().get())) {
            return Decision.refused(RoomRefusal.IDENTITY_PICTURE_UNKNOWN);
        }
        IdentityState identity = sitting.attendance().identity();
        Optional<Found> found = identity.shownFound();
        return Decision.done(
                new IdentityFact.IdentityDecided(
                        // about the attempt in which the doubt arose
                        identity.recheck().doubtful() ? identity.recheck().of() : c.sitting(),
                        c.accepted(),
                        c.reason(),
                        found.map(Found::score),
                        found.map(Found::model),
                        c.blob().or(identity::shownPicture)));
    }

    static Decision photoTaken(SittingState sitting, TakePhoto c) {
        if (!ExamRules.isReason(c.reason())) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        if (!isDigest(c.blob())) {
            return Decision.refused(RoomRefusal.IDENTITY_PICTURE_UNKNOWN);
        }
        if (sitting.attendance().identity().takenPhoto().filter(c.blob()::equals).isPresent()) {
            return Decision.done();
        }
        return Decision.done(new IdentityFact.PhotoTaken(c.sitting(), c.blob(), c.reason()));
    }

    static Decision unbound(SittingState sitting, UnbindPhoto c) {
        if (!ExamRules.isReason(c.reason())) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        IdentityState identity = sitting.attendance().identity();
        if (identity.unbound() && identity.takenPhoto().isEmpty()) {
            return Decision.done();
        }
        return Decision.done(new IdentityFact.PhotoUnbound(c.sitting(), c.reason()));
    }

    static boolean isDigest(String blob) {
        return blob.length() == DIGEST_CHARS
                && blob.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }
}
