package io.invigil.site.room.core;

import static io.invigil.site.room.core.RoomFixture.PROCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.pack.IdentityCheck;
import io.invigil.exam.room.FaceVerdict;
import io.invigil.exam.room.IdentityFact;
import io.invigil.exam.room.IdentityMoment;
import io.invigil.exam.room.IdentityQuestion;
import io.invigil.site.room.core.IdentityState.Standing;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Who sits there (domain, section 10): a machine only accepts or asks; the proctor decides by eye
 * with a reason, and nobody is locked out for good.
 */
class IdentityRulesTest {
    private static final String PICTURE = "ab".repeat(32);
    private static final String OTHER_PICTURE = "cd".repeat(32);

    private static RoomFixture running(IdentityCheck check) {
        RoomFixture room = RoomFixture.running();
        room.state = room.state.withPlan(RoomFixture.plan(1, check));
        return room;
    }

    private static RoomCommand.RecordComparison compared(long sitting, FaceVerdict verdict) {
        return new RoomCommand.RecordComparison(
                "candidate:" + sitting,
                sitting,
                IdentityMoment.BEFORE_START,
                verdict,
                0.4375,
                "mobileface-v2-112",
                Optional.of(0.9),
                Optional.empty(),
                PICTURE);
    }

    private static RoomCommand.DecideIdentity decide(long sitting, boolean accepted, String why) {
        return new RoomCommand.DecideIdentity(PROCTOR, sitting, accepted, why, Optional.empty());
    }

    private static Standing standing(RoomFixture room, long sitting) {
        return room.state.sitting(sitting).attendance().identity().standing();
    }

    private static RoomRefusal startRefused(RoomFixture room, long sitting) {
        long lease = room.take(sitting, "d" + sitting);
        return room.refusal(new RoomCommand.Start("candidate:" + sitting, sitting, lease, 7));
    }

    @Test
    void withoutAPolicyNobodyIsAsked() {
        running(IdentityCheck.OFF).start(1);
    }

    @Test
    void anAcceptedFaceMayStart() {
        RoomFixture room = running(IdentityCheck.FACE);
        assertThat(startRefused(room, 1)).isEqualTo(RoomRefusal.IDENTITY_OPEN);
        assertThat(room.ok(compared(1, FaceVerdict.ACCEPT)).facts())
                .containsExactly(
                        new IdentityFact.FaceCompared(
                                1,
                                IdentityMoment.BEFORE_START,
                                FaceVerdict.ACCEPT,
                                0.4375,
                                "mobileface-v2-112",
                                Optional.of(0.9),
                                Optional.empty(),
                                PICTURE));
        assertThat(standing(room, 1)).isEqualTo(Standing.ACCEPTED);
        room.start(1);
    }

    @Test
    void anUnsureOrFailedComparisonWaitsForTheProctor() {
        RoomFixture room = running(IdentityCheck.FACE);
        room.ok(compared(1, FaceVerdict.ASK_PROCTOR));
        room.ok(compared(2, FaceVerdict.MISMATCH));
        assertThat(startRefused(room, 1)).isEqualTo(RoomRefusal.IDENTITY_OPEN);
        assertThat(startRefused(room, 2)).isEqualTo(RoomRefusal.IDENTITY_OPEN);
        room.ok(decide(1, true, "new glasses, same person"));
        room.ok(decide(2, false, "another person"));
        room.start(1);
        assertThat(startRefused(room, 2)).isEqualTo(RoomRefusal.IDENTITY_OPEN);
        assertThat(standing(room, 2)).isEqualTo(Standing.REFUSED);
    }

    @Test
    void theDecisionIsAFactWithScoreModelPictureAndReason() {
        RoomFixture room = running(IdentityCheck.FACE);
        room.ok(compared(1, FaceVerdict.MISMATCH));
        assertThat(room.ok(decide(1, true, "beard grown")).facts())
                .containsExactly(
                        new IdentityFact.IdentityDecided(
                                1,
                                true,
                                "beard grown",
                                Optional.of(0.4375),
                                Optional.of("mobileface-v2-112"),
                                Optional.of(PICTURE)));
    }

    @Test
    void aDecisionNeedsAReason() {
        RoomFixture room = running(IdentityCheck.BY_EYE);
        assertThat(room.refusal(decide(1, true, " "))).isEqualTo(RoomRefusal.REASON_NEEDED);
    }

    @Test
    void byEyeTheProctorsWordIsEnough() {
        RoomFixture room = running(IdentityCheck.BY_EYE);
        assertThat(startRefused(room, 1)).isEqualTo(RoomRefusal.IDENTITY_OPEN);
        room.ok(decide(1, true, "ID card seen"));
        assertThat(standing(room, 1)).isEqualTo(Standing.CONFIRMED);
        room.start(1);
    }

    @Test
    void aRefusalCanBeTakenBack() {
        RoomFixture room = running(IdentityCheck.BY_EYE);
        room.ok(decide(1, false, "no ID card"));
        room.ok(decide(1, true, "ID card was brought"));
        room.start(1);
    }

    @Test
    void whoDeclinesTheCameraIsShownToTheProctorAndNotLockedOut() {
        RoomFixture room = running(IdentityCheck.FACE);
        var declined = new RoomCommand.AskIdentity("candidate:1", 1, IdentityQuestion.DECLINED);
        room.ok(declined);
        assertThat(room.ok(declined).facts()).as("the same question once").isEmpty();
        assertThat(standing(room, 1)).isEqualTo(Standing.ASKED);
        room.ok(decide(1, true, "ID card seen"));
        room.start(1);
    }

    @Test
    void theProctorsDecisionStaysAboveALaterComparison() {
        RoomFixture room = running(IdentityCheck.FACE);
        room.ok(decide(1, true, "ID card seen"));
        room.start(1);
        room.ok(compared(1, FaceVerdict.MISMATCH));
        assertThat(standing(room, 1)).isEqualTo(Standing.CONFIRMED);
        assertThat(room.state.sitting(1).attendance().identity().found().orElseThrow().verdict())
                .isEqualTo(FaceVerdict.MISMATCH);
        room.ok(decide(2, false, "another person"));
        room.ok(compared(2, FaceVerdict.ACCEPT));
        assertThat(standing(room, 2)).isEqualTo(Standing.REFUSED);
    }

    @Test
    void aMismatchDuringTheTestStopsNothing() {
        RoomFixture room = running(IdentityCheck.FACE);
        room.ok(compared(1, FaceVerdict.ACCEPT));
        room.start(1);
        room.ok(compared(1, FaceVerdict.MISMATCH));
        room.ok(room.save(1, "Q1", 1, "A"));
        assertThat(standing(room, 1)).isEqualTo(Standing.ASKED);
    }

    @Test
    void anotherPhotoVoidsWhatTheFormerOneShowed() {
        RoomFixture room = running(IdentityCheck.FACE);
        room.ok(compared(1, FaceVerdict.ACCEPT));
        room.ok(new RoomCommand.UnbindPhoto(PROCTOR, 1, "photo of a sister"));
        assertThat(standing(room, 1)).isEqualTo(Standing.OPEN);
        assertThat(startRefused(room, 1)).isEqualTo(RoomRefusal.IDENTITY_OPEN);
        room.ok(new RoomCommand.TakePhoto(PROCTOR, 1, OTHER_PICTURE, "taken with ID card"));
        IdentityState identity = room.state.sitting(1).attendance().identity();
        assertThat(identity.takenPhoto()).contains(OTHER_PICTURE);
        assertThat(identity.unbound()).isTrue();
        room.ok(compared(1, FaceVerdict.ACCEPT));
        room.start(1);
    }

    @Test
    void photosChangeWithAReasonOnly() {
        RoomFixture room = running(IdentityCheck.FACE);
        assertThat(room.refusal(new RoomCommand.UnbindPhoto(PROCTOR, 1, "")))
                .isEqualTo(RoomRefusal.REASON_NEEDED);
        assertThat(room.refusal(new RoomCommand.TakePhoto(PROCTOR, 1, PICTURE, "")))
                .isEqualTo(RoomRefusal.REASON_NEEDED);
        assertThat(room.refusal(new RoomCommand.TakePhoto(PROCTOR, 1, "nothing", "why")))
                .isEqualTo(RoomRefusal.IDENTITY_PICTURE_UNKNOWN);
    }

    @Test
    void comparisonsOfOneSittingAreLimited() {
        RoomFixture room = running(IdentityCheck.FACE);
        for (int at = 0; at < IdentityRules.COMPARISONS_MAX; at++) {
            room.ok(compared(1, FaceVerdict.ASK_PROCTOR));
        }
        assertThat(room.refusal(compared(1, FaceVerdict.ACCEPT)))
                .isEqualTo(RoomRefusal.SAVES_EXHAUSTED);
        room.ok(decide(1, true, "ID card seen"));
    }

    @Test
    void aRestartKnowsEverythingAgain() {
        RoomFixture room = running(IdentityCheck.FACE);
        room.ok(compared(1, FaceVerdict.ASK_PROCTOR));
        room.ok(decide(1, true, "same person"));
        room.ok(new RoomCommand.AskIdentity("candidate:2", 2, IdentityQuestion.NO_CAMERA));
        room.ok(new RoomCommand.TakePhoto(PROCTOR, 3, OTHER_PICTURE, "wrong photo"));
        assertThat(room.replayed()).isEqualTo(room.state);
    }
}
