package io.invigil.site.room.core;

import static io.invigil.site.room.core.RoomFixture.PROCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.pack.AttemptRules;
import io.invigil.exam.pack.FaceRechecks;
import io.invigil.exam.pack.PageRules;
import io.invigil.exam.room.AttemptKey;
import io.invigil.exam.room.FaceVerdict;
import io.invigil.exam.room.IdentityFact;
import io.invigil.exam.room.IdentityMoment;
import io.invigil.exam.room.IdentityQuestion;
import io.invigil.exam.room.PageSignal;
import io.invigil.exam.room.RecheckCause;
import io.invigil.exam.room.RoomFact;
import io.invigil.site.room.core.IdentityState.Standing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Face checks while the test is on (S0, section 7: 不定时进行人脸识别; domain, section 10): they come at
 * moments nobody can foresee, disturb nobody, and only a person draws a conclusion.
 */
class RecheckRulesTest {
    private static final String PICTURE = "ab".repeat(32);
    private static final String LATER_PICTURE = "cd".repeat(32);
    private static final long MINUTE = 60_000;

    private static RoomFixture sitting(FaceRechecks policy) {
        RoomFixture room = RoomFixture.running();
        room.state = room.state.withPlan(TestPlan.of(RoomFixture.plan(1)).rechecks(policy).plan());
        room.start(1);
        return room;
    }

    /** Seat 1 with a check that waits for its picture. */
    private static RoomFixture asked() {
        RoomFixture room = sitting(new FaceRechecks(0, true));
        room.ok(left(1, "s-1"));
        return room;
    }

    private static RoomCommand.SignalPage left(long sitting, String id) {
        return new RoomCommand.SignalPage(
                "candidate:" + sitting, sitting, 1, id, PageSignal.LEFT, 900, true);
    }

    private static RoomCommand.RecordComparison found(FaceVerdict verdict, String picture) {
        return new RoomCommand.RecordComparison(
                "candidate:1",
                1,
                IdentityMoment.DURING_THE_TEST,
                verdict,
                0.25,
                "mobileface-v2-112",
                Optional.empty(),
                Optional.empty(),
                picture);
    }

    private static RoomCommand.MissRecheck missed(int number, IdentityQuestion why) {
        return new RoomCommand.MissRecheck("candidate:1", 1, number, why, Optional.of(PICTURE));
    }

    private static RoomCommand.DecideIdentity decide(boolean accepted) {
        return new RoomCommand.DecideIdentity(
                PROCTOR, 1, accepted, "looked at the seat", Optional.empty());
    }

    private static IdentityState identity(RoomFixture room) {
        return room.state.sitting(1).attendance().identity();
    }

    /** Exam minutes of the checks until the sitting is over, each answered at once. */
    private static List<Long> minutesOfChecks(RoomFixture room) {
        List<Long> minutes = new ArrayList<>();
        for (long second = 0; room.state.sitting(1).sits(); second += 5) {
            room.pass(5_000);
            room.tick();
            if (identity(room).recheck().open()) {
                minutes.add(second / 60);
                room.ok(found(FaceVerdict.ACCEPT, PICTURE));
            }
        }
        return minutes;
    }

    @Test
    void aPackageWithoutTheRuleNeverAsks() {
        RoomFixture room = sitting(FaceRechecks.OFF);
        room.ok(left(1, "s-1"));
        assertThat(minutesOfChecks(room)).isEmpty();
    }

    @Test
    void checksComeAtRandomMomentsBetweenHalfAndOneAndAHalfIntervals() {
        List<Long> minutes = minutesOfChecks(sitting(new FaceRechecks(10, false)));
        assertThat(minutes).hasSizeBetween(3, 12);
        long last = 0;
        Set<Long> gaps = new HashSet<>();
        for (long minute : minutes) {
            assertThat(minute - last).isBetween(4L, 16L);
            gaps.add(minute - last);
            last = minute;
        }
        assertThat(gaps).as("not one gap again and again").hasSizeGreaterThan(1);
    }

    @Test
    void theMomentsFollowFromTheSeedOfTheSitting() {
        FaceRechecks policy = new FaceRechecks(10, false);
        RoomFixture room = sitting(policy);
        RoomFixture same = sitting(policy);
        assertThat(minutesOfChecks(room)).isEqualTo(minutesOfChecks(same));
        assertThat(room.replayed().sitting(1)).isEqualTo(room.state.sitting(1));
    }

    @Test
    void whoeverIsPausedIsNotAsked() {
        RoomFixture room = sitting(new FaceRechecks(2, false));
        room.ok(new RoomCommand.Pause(PROCTOR, 1, "alarm"));
        room.passTicking(10 * MINUTE);
        assertThat(identity(room).recheck().asked()).isZero();
    }

    @Test
    void comingBackToThePageIsAMomentToCheckWhenTheRuleSaysSo() {
        RoomFixture room = sitting(new FaceRechecks(0, true));
        assertThat(room.ok(left(1, "s-1")).facts())
                .contains(new IdentityFact.RecheckAsked(1, 1, RecheckCause.RETURNED));
        assertThat(room.ok(left(1, "s-2")).facts())
                .as("one check at a time")
                .hasOnlyElementsOfType(RoomFact.PageSignalled.class);
        RoomFixture without = sitting(new FaceRechecks(30, false));
        assertThat(without.ok(left(1, "s-1")).facts())
                .hasOnlyElementsOfType(RoomFact.PageSignalled.class);
    }

    @Test
    void anAcceptedFaceIsAFactAndNobodyIsAsked() {
        RoomFixture room = asked();
        room.ok(found(FaceVerdict.ACCEPT, PICTURE));
        assertThat(identity(room).recheck().open()).isFalse();
        assertThat(identity(room).recheck().doubtful()).isFalse();
    }

    @Test
    void anotherFaceAsksTheProctorAndStopsNobody() {
        RoomFixture room = asked();
        room.ok(found(FaceVerdict.MISMATCH, PICTURE));
        assertThat(identity(room).standing()).isEqualTo(Standing.ASKED);
        assertThat(identity(room).shownPicture()).contains(PICTURE);
        assertThat(identity(room).shownFound().orElseThrow().score()).isEqualTo(0.25);
        room.ok(room.save(1, "q1", 1, "A"));
        room.ok(new RoomCommand.HandIn("candidate:1", 1, 1));
        assertThat(identity(room).standing())
                .as("the question outlives the test")
                .isEqualTo(Standing.ASKED);
        assertThat(room.ok(decide(false)).facts())
                .containsExactly(
                        new IdentityFact.IdentityDecided(
                                1,
                                false,
                                "looked at the seat",
                                Optional.of(0.25),
                                Optional.of("mobileface-v2-112"),
                                Optional.of(PICTURE)));
        assertThat(identity(room).standing()).isEqualTo(Standing.REFUSED);
    }

    @Test
    void aLaterAcceptedFaceDoesNotUndoADoubt() {
        RoomFixture room = asked();
        room.ok(found(FaceVerdict.ASK_PROCTOR, PICTURE));
        room.ok(left(1, "s-2"));
        room.ok(found(FaceVerdict.ACCEPT, LATER_PICTURE));
        assertThat(identity(room).shownPicture()).contains(PICTURE);
        assertThat(identity(room).standing()).isEqualTo(Standing.ASKED);
        room.ok(decide(true));
        assertThat(identity(room).standing()).isEqualTo(Standing.CONFIRMED);
    }

    @Test
    void aCameraThatGivesNoPictureIsAFactAndTheNextAcceptedFaceAnswersForIt() {
        RoomFixture room = asked();
        assertThat(room.ok(missed(1, IdentityQuestion.NO_CAMERA)).facts())
                .containsExactly(
                        new IdentityFact.RecheckNotCompared(
                                1, 1, IdentityQuestion.NO_CAMERA, Optional.of(PICTURE)));
        assertThat(identity(room).standing()).isEqualTo(Standing.ASKED);
        assertThat(identity(room).shownQuestion()).contains(IdentityQuestion.NO_CAMERA);
        assertThat(room.ok(missed(1, IdentityQuestion.NO_CAMERA)).facts())
                .as("once is enough")
                .isEmpty();
        room.ok(left(1, "s-2"));
        room.ok(found(FaceVerdict.ACCEPT, LATER_PICTURE));
        assertThat(identity(room).recheck().doubtful()).isFalse();
    }

    @Test
    void aPageThatDoesNotAnswerIsNoticedOnceAndMayStillAnswer() {
        RoomFixture room = asked();
        room.passTicking(RecheckRules.ANSWER_MILLIS_MAX);
        assertThat(identity(room).recheck().doubtful()).isFalse();
        room.passTicking(10_000);
        assertThat(identity(room).shownQuestion()).contains(IdentityQuestion.NO_ANSWER);
        long facts = room.ledger.size();
        room.pass(5_000);
        room.tick();
        assertThat(room.ledger).hasSize((int) facts + 1);
        room.ok(found(FaceVerdict.ACCEPT, PICTURE));
        assertThat(identity(room).recheck().doubtful()).isFalse();
        assertThat(room.refusal(missedBy(IdentityQuestion.NO_ANSWER, room)))
                .as("only the time says that there was no answer")
                .isEqualTo(RoomRefusal.ANSWER_MALFORMED);
    }

    private static RoomCommand.MissRecheck missedBy(IdentityQuestion why, RoomFixture room) {
        room.ok(left(1, "s-9"));
        return missed(identity(room).recheck().asked(), why);
    }

    @Test
    void aComparisonThatNobodyAskedForIsRefused() {
        RoomFixture room = sitting(new FaceRechecks(30, true));
        assertThat(room.refusal(found(FaceVerdict.ACCEPT, PICTURE)))
                .isEqualTo(RoomRefusal.RECHECK_NOT_OPEN);
    }

    @Test
    void aNewPhotoMakesDoubtsVoidAndKeepsTheChecksGoing() {
        RoomFixture room = asked();
        room.ok(found(FaceVerdict.MISMATCH, PICTURE));
        room.ok(new RoomCommand.TakePhoto(PROCTOR, 1, LATER_PICTURE, "beard"));
        assertThat(identity(room).recheck().doubtful()).isFalse();
        room.ok(left(1, "s-2"));
        assertThat(identity(room).recheck().asked()).isEqualTo(2);
    }

    /** Attempts are facts of their own; the doubt stays with the one in which it arose. */
    @Test
    void aDoubtBelongsToTheAttemptInWhichItArose() {
        RoomFixture room = RoomFixture.running();
        room.state =
                room.state.withPlan(
                        TestPlan.of(RoomFixture.plan(1))
                                .page(PageRules.RECORDED)
                                .attempts(new AttemptRules(2, AttemptRules.Counting.HIGHEST))
                                .rechecks(new FaceRechecks(0, true))
                                .plan());
        room.start(1);
        room.ok(left(1, "s-1"));
        room.ok(new RoomCommand.HandIn("candidate:1", 1, 1));
        long second = new AttemptKey(1, 2).value();
        room.ok(new RoomCommand.NextAttempt("candidate:1", 1));
        room.start(second);
        assertThat(identity(room).recheck().openFor(room.state.now(1)))
                .as("the end of an attempt ends its check")
                .isFalse();
        room.ok(left(second, "s-2"));
        assertThat(room.ok(found(FaceVerdict.MISMATCH, PICTURE)).facts().getFirst())
                .isInstanceOfSatisfying(
                        IdentityFact.FaceCompared.class,
                        fact -> assertThat(fact.sitting()).isEqualTo(second));
        assertThat(room.ok(decide(true)).facts().getFirst())
                .isInstanceOfSatisfying(
                        IdentityFact.IdentityDecided.class,
                        fact -> assertThat(fact.sitting()).isEqualTo(second));
        assertThat(room.replayed().sitting(1)).isEqualTo(room.state.sitting(1));
    }
}
