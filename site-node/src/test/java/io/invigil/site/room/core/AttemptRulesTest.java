package io.invigil.site.room.core;

import static io.invigil.site.room.core.RoomFixture.PROCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.pack.AttemptRules;
import io.invigil.exam.pack.PageRules;
import io.invigil.exam.room.AttemptKey;
import io.invigil.exam.room.HandInCause;
import io.invigil.exam.room.PageSignal;
import io.invigil.exam.room.RoomFact;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Attempts (domain, section 11; source 001, articles 3 and 4): each has answers, time and a receipt
 * of its own; what uses one up is the candidate's own cause alone.
 */
class AttemptRulesTest {
    private static final long SECOND = new AttemptKey(1, 2).value();
    private RoomFixture room;

    @BeforeEach
    void running() {
        room = RoomFixture.running();
        room.state =
                room.state.withPlan(
                        TestPlan.of(RoomFixture.plan(1))
                                .page(PageRules.RECORDED)
                                .attempts(new AttemptRules(2, AttemptRules.Counting.HIGHEST))
                                .plan());
        room.start(1);
    }

    private void handIn(long attempt) {
        long lease = room.state.sitting(attempt).lease();
        room.ok(new RoomCommand.HandIn("candidate:1", attempt, lease));
    }

    private Decision.Accepted again(long attempt) {
        return room.ok(new RoomCommand.NextAttempt("candidate:1", attempt));
    }

    @Test
    void aFirstAttemptHasTheNumberOfItsSittingAndOldFactsSpeakOfIt() {
        assertThat(new AttemptKey(77, 1).value()).isEqualTo(77);
        assertThat(AttemptKey.of(77)).isEqualTo(new AttemptKey(77, 1));
        assertThat(AttemptKey.of(new AttemptKey(77, 9).value())).isEqualTo(new AttemptKey(77, 9));
        assertThat(new AttemptKey(AttemptKey.SITTINGS - 1, 31).value())
                .as("exact in JSON readers")
                .isLessThan(1L << 53);
    }

    @Test
    void aSecondAttemptBeginsEmptyAndTheFirstStaysAsItWasHandedIn() {
        room.ok(room.save(1, "q1", 1, "B"));
        handIn(1);
        SittingState first = room.state.sitting(1);
        again(1);
        assertThat(again(1).facts()).as("asked twice, opened once").isEmpty();
        assertThat(room.state.latest(1)).isEqualTo(SECOND);
        assertThat(room.state.sitting(SECOND).answers()).isEmpty();
        long lease = room.take(SECOND, "d1");
        room.ok(new RoomCommand.Start("candidate:1", SECOND, lease, 99));
        assertThat(room.state.sitting(SECOND).seed()).as("shuffled anew").isEqualTo(99);
        assertThat(room.remaining(SECOND)).as("a full time of its own").isEqualTo(3_600_000);
        room.ok(room.save(SECOND, "q1", 1, "C"));
        assertThat(room.state.sitting(1)).isEqualTo(first);
        assertThat(room.state.sitting(SECOND).answers().get("q1").response().get("RESPONSE"))
                .containsExactly("C");
        assertThat(room.replayed()).isEqualTo(room.state);
    }

    @Test
    void whatAnOldPageStillSendsNeverReachesTheNextAttempt() {
        room.ok(room.save(1, "q1", 1, "B"));
        RoomCommand.SaveAnswer late = room.save(1, "q2", 1, "late");
        handIn(1);
        again(1);
        room.ok(new RoomCommand.Start("candidate:1", SECOND, room.take(SECOND, "d1"), 3));
        assertThat(room.state.sitting(SECOND).lease()).isEqualTo(late.lease());
        assertThat(room.refusal(late)).isEqualTo(RoomRefusal.HANDED_IN);
        assertThat(room.state.sitting(SECOND).answers()).isEmpty();
    }

    @Test
    void thereAreNoMoreAttemptsThanThePolicyAllows() {
        assertThat(room.refusal(new RoomCommand.NextAttempt("candidate:1", 1)))
                .isEqualTo(RoomRefusal.NOT_HANDED_IN);
        assertThat(room.refusal(new RoomCommand.Start("candidate:1", SECOND, 1, 1)))
                .as("an attempt that was not opened is not there")
                .isEqualTo(RoomRefusal.SITTING_UNKNOWN);
        handIn(1);
        again(1);
        assertThat(room.refusal(new RoomCommand.NextAttempt("candidate:1", SECOND)))
                .isEqualTo(RoomRefusal.NOT_HANDED_IN);
        room.ok(new RoomCommand.Start("candidate:1", SECOND, room.take(SECOND, "d1"), 3));
        handIn(SECOND);
        assertThat(room.refusal(new RoomCommand.NextAttempt("candidate:1", SECOND)))
                .isEqualTo(RoomRefusal.NO_ATTEMPT_LEFT);
    }

    @Test
    void oneAttemptMeansOne() {
        room.state = room.state.withPlan(RoomFixture.plan(1));
        handIn(1);
        assertThat(room.refusal(new RoomCommand.NextAttempt("candidate:1", 1)))
                .isEqualTo(RoomRefusal.NO_ATTEMPT_LEFT);
    }

    /** Who comes again was there in time; the slot's end is the end for every attempt. */
    @Test
    void aLaterAttemptMayStartAfterTheLateStartButNotAfterTheSlot() {
        room.start(2);
        room.passTicking(45 * 60_000);
        handIn(1);
        again(1);
        long lease = room.take(SECOND, "d1");
        room.ok(new RoomCommand.Start("candidate:1", SECOND, lease, 1));
        assertThat(room.remaining(SECOND)).isLessThanOrEqualTo(3_600_000);
        room.passTicking(RoomFixture.SLOT_MINUTES * 60_000L);
        assertThat(room.state.sitting(SECOND).handIn().orElseThrow().cause())
                .isEqualTo(HandInCause.TIME_UP);
        assertThat(room.refusal(new RoomCommand.NextAttempt("candidate:2", 2)))
                .isEqualTo(RoomRefusal.TOO_LATE_TO_START);
    }

    /** Article 4(3): who misses the slot has used it; who sat once is not absent. */
    @Test
    void missingTheSlotUsesItButNotComingAgainIsNoAbsence() {
        handIn(1);
        again(1);
        room.ok(new RoomCommand.CloseRoom(PROCTOR, RoomFixture.EXAM));
        assertThat(room.state.sitting(1).attendance().absent()).isEmpty();
        assertThat(room.state.sitting(SECOND).handedIn()).isFalse();
        assertThat(room.state.sitting(4).attendance().absent()).isPresent();
        assertThat(room.refusal(new RoomCommand.NextAttempt("candidate:4", 4)))
                .isEqualTo(RoomRefusal.NOT_HANDED_IN);
    }

    /** The desk speaks of the person: time, pauses and words go to the attempt sat now. */
    @Test
    void theDeskActsOnTheAttemptThatIsSatNow() {
        handIn(1);
        again(1);
        assertThat(room.refusal(new DeskCommand.Readmit(PROCTOR, 1, 0, "reason", "i-1")))
                .as("the first attempt is spent once another is open")
                .isEqualTo(RoomRefusal.NOT_STARTED);
        room.ok(new RoomCommand.Start("candidate:1", SECOND, room.take(SECOND, "d1"), 3));
        room.ok(new RoomCommand.GrantTime(PROCTOR, 1, 120_000, "noise"));
        assertThat(room.remaining(SECOND)).isEqualTo(3_720_000);
        room.ok(new RoomCommand.Pause(PROCTOR, 1, "power"));
        assertThat(room.state.sitting(SECOND).timing().pausedAt())
                .isNotEqualTo(OptionalLong.empty());
        room.ok(new RoomCommand.Resume(PROCTOR, 1, "power back"));
        Decision.Accepted ended =
                room.ok(new RoomCommand.ForceHandIn(PROCTOR, 1, "cheating", "i-2"));
        assertThat(ended.facts())
                .allSatisfy(fact -> assertThat(fact.aboutSitting()).hasValue(SECOND));
        room.ok(new DeskCommand.Readmit(PROCTOR, 1, 0, "mistake", "i-3"));
        assertThat(room.state.sitting(SECOND).sits()).isTrue();
        assertThat(room.state.sitting(1).handedIn()).isTrue();
    }

    /** Being there is the sitting's: seat, check-in and identity hold for all attempts. */
    @Test
    void attendanceIsTheSittingsAndHoldsForEveryAttempt() {
        handIn(1);
        again(1);
        room.ok(new RoomCommand.ChangeSeat(PROCTOR, 1, 9, "screen"));
        assertThat(room.state.sitting(SECOND).attendance().seat()).hasValue(9);
        assertThat(room.state.leftWall(1)).as("is back in the room").isZero();
        room.ok(new RoomCommand.Start("candidate:1", SECOND, room.take(SECOND, "d1"), 3));
        handIn(SECOND);
        assertThat(room.state.leftWall(1)).isPositive();
    }

    @Test
    void everyAttemptIsScoredAndSignalledByItself() {
        handIn(1);
        room.ok(new RoomCommand.RecordScore("node", 1, BigDecimal.ONE, BigDecimal.TEN));
        again(1);
        room.ok(new RoomCommand.Start("candidate:1", SECOND, room.take(SECOND, "d1"), 3));
        room.ok(
                new RoomCommand.SignalPage(
                        "candidate:1",
                        SECOND,
                        room.state.sitting(SECOND).lease(),
                        "s-1",
                        PageSignal.LEFT,
                        9_000,
                        true));
        handIn(SECOND);
        var second = new RoomCommand.RecordScore("node", SECOND, BigDecimal.TWO, BigDecimal.TEN);
        assertThat(room.ok(second).facts())
                .isEqualTo(
                        List.of(
                                new RoomFact.ScoredProvisionally(
                                        SECOND, BigDecimal.TWO, BigDecimal.TEN)));
        assertThat(room.state.sitting(1).score().orElseThrow().score()).isEqualTo(BigDecimal.ONE);
        assertThat(room.state.sitting(1).watch().left()).isZero();
    }
}
