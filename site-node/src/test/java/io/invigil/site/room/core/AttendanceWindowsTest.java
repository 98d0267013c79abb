package io.invigil.site.room.core;

import static io.invigil.site.room.core.RoomFixture.PROCTOR;
import static io.invigil.site.room.core.RoomFixture.SLOT_MINUTES;
import static io.invigil.site.room.core.RoomFixture.SLOT_START;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.pack.AttendanceWindows;
import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.RoomPhase;
import org.junit.jupiter.api.Test;

/**
 * Domain section 9; S0 section 5, verbatim: 学生在上课前 15 分钟内完成签到，下课后 15 分钟内完成签退. Later only by hand
 * with a reason; for a test handing in counts as leaving where the policy says so.
 */
class AttendanceWindowsTest {
    private static final long MINUTE = 60_000;
    private static final long SLOT_END = SLOT_START + SLOT_MINUTES * MINUTE;

    @Test
    void aPhoneChecksInFromExactlyFifteenMinutesBeforeTheStart() {
        RoomFixture room = checkingIn(AttendanceWindows.STANDARD);
        room.pass(SLOT_START - 15 * MINUTE - 1 - room.wall);
        assertThat(room.refusal(phone(1))).isEqualTo(RoomRefusal.CHECK_IN_NOT_OPEN);
        room.pass(1);
        room.ok(phone(1));
    }

    @Test
    void beforeTheWindowTheDeskGivesAReason() {
        RoomFixture room = checkingIn(AttendanceWindows.STANDARD);
        room.pass(SLOT_START - 15 * MINUTE - 1 - room.wall);
        assertThat(room.refusal(desk(1, ""))).isEqualTo(RoomRefusal.REASON_NEEDED);
        var early =
                (RoomFact.CheckedIn) room.ok(desk(1, "the room's clock is slow")).facts().get(0);
        assertThat(early.reason()).contains("the room's clock is slow");
        room.pass(1);
        room.ok(desk(2, ""));
    }

    @Test
    void aPhoneChecksInUpToTheStartItselfAndNotAMillisecondLater() {
        RoomFixture room = running(AttendanceWindows.STANDARD);
        room.ok(phone(1));
        room.pass(1);
        assertThat(room.refusal(phone(2))).isEqualTo(RoomRefusal.CHECK_IN_OVER);
    }

    @Test
    void aPhoneChecksOutFromTheEndToFifteenMinutesAfterIt() {
        RoomFixture room = running(new AttendanceWindows(15, false));
        room.ok(desk(1, ""));
        room.ok(desk(2, ""));
        room.ok(desk(3, ""));
        room.pass(SLOT_MINUTES * MINUTE - 1);
        assertThat(room.refusal(leave(1))).isEqualTo(RoomRefusal.CHECK_OUT_NOT_OPEN);
        room.pass(1);
        assertThat(room.wall).isEqualTo(SLOT_END);
        room.ok(leave(1));
        room.pass(15 * MINUTE);
        room.ok(leave(2));
        room.pass(1);
        assertThat(room.refusal(leave(3))).isEqualTo(RoomRefusal.CHECK_OUT_OVER);
        assertThat(room.state.leftWall(1)).isEqualTo(SLOT_END);
        assertThat(room.state.leftWall(2)).isEqualTo(SLOT_END + 15 * MINUTE);
        assertThat(room.state.leftWall(3)).isZero();
        assertThat(room.state).isEqualTo(room.replayed());
    }

    @Test
    void afterTheWindowOnlyTheDeskChecksOutAndWithAReason() {
        RoomFixture room = running(new AttendanceWindows(15, false));
        room.ok(desk(1, ""));
        room.ok(desk(2, ""));
        room.pass(SLOT_MINUTES * MINUTE);
        room.ok(new DeskCommand.CheckOut(PROCTOR, 1, ""));
        room.pass(15 * MINUTE + 1);
        assertThat(room.refusal(new DeskCommand.CheckOut(PROCTOR, 2, "")))
                .isEqualTo(RoomRefusal.REASON_NEEDED);
        var late = room.ok(new DeskCommand.CheckOut(PROCTOR, 2, "phone was flat"));
        assertThat(late.facts())
                .containsExactly(
                        new ProctorFact.CheckedOut(2, "phone was flat", CheckInWay.MANUAL));
    }

    @Test
    void whoDidNotCheckInDoesNotCheckOutAndAReplayChangesNothing() {
        RoomFixture room = running(new AttendanceWindows(15, false));
        room.ok(desk(1, ""));
        room.pass(SLOT_MINUTES * MINUTE);
        assertThat(room.refusal(leave(4))).isEqualTo(RoomRefusal.NOT_CHECKED_IN);
        room.ok(leave(1));
        room.pass(MINUTE);
        assertThat(room.ok(leave(1)).facts()).isEmpty();
        assertThat(room.state.leftWall(1)).isEqualTo(SLOT_END);
    }

    @Test
    void handingInCountsAsLeavingOnlyWhereThePolicySaysSo() {
        for (boolean leaves : new boolean[] {true, false}) {
            RoomFixture room = running(new AttendanceWindows(15, leaves));
            room.ok(desk(1, ""));
            room.openPaper();
            room.start(1);
            room.pass(5 * MINUTE);
            room.ok(new RoomCommand.HandIn("candidate:1", 1, 1));
            assertThat(room.state.leftWall(1)).isEqualTo(leaves ? room.wall : 0);
            assertThat(room.state).isEqualTo(room.replayed());
        }
    }

    @Test
    void whoStillSitsHandsInBeforeLeavingByPhone() {
        RoomFixture room = running(new AttendanceWindows(15, false));
        room.ok(desk(1, ""));
        room.openPaper();
        room.start(1);
        room.ok(new RoomCommand.GrantTime(PROCTOR, 1, 90 * MINUTE, "line was down"));
        room.passTicking(SLOT_MINUTES * MINUTE);
        assertThat(room.refusal(leave(1))).isEqualTo(RoomRefusal.NOT_HANDED_IN);
        room.ok(new RoomCommand.HandIn("candidate:1", 1, 1));
        room.ok(leave(1));
    }

    @Test
    void theWindowsFollowExamTimeAndNotAWallClockThatJumps() {
        RoomFixture room = running(new AttendanceWindows(15, false));
        room.ok(desk(1, ""));
        room.pass(SLOT_MINUTES * MINUTE);
        room.wall += 24 * 60 * MINUTE;
        room.ok(leave(1));
        assertThat(room.refusal(phone(2))).isEqualTo(RoomRefusal.CHECK_IN_OVER);
    }

    @Test
    void atTheCloseOfASessionWithoutATestOnlyThoseWhoNeverCameAreAbsent() {
        RoomFixture room = prepared(AttendanceWindows.STANDARD, "");
        room.pass(5 * MINUTE);
        room.ok(phone(1));
        room.pass(15 * MINUTE);
        room.phase(RoomPhase.RUNNING);
        room.pass(SLOT_MINUTES * MINUTE);
        room.ok(new RoomCommand.CloseRoom(PROCTOR, RoomFixture.EXAM));
        assertThat(room.state.sitting(1).attendance().absent()).isEmpty();
        assertThat(room.state.sitting(2).attendance().absent()).isPresent();
        room.ok(leave(1));
    }

    @Test
    void aTestStartsOnlyForThoseWhoAreCheckedIn() {
        // domain section 9: a test starts only for 已签到
        RoomFixture room = running(AttendanceWindows.STANDARD);
        room.openPaper();
        assertThat(room.refusal(new RoomCommand.TakeWriter("candidate:1", 1, "d1", true)))
                .isEqualTo(RoomRefusal.NOT_CHECKED_IN);
        assertThat(room.refusal(new RoomCommand.Start("candidate:1", 1, 0, 7)))
                .isEqualTo(RoomRefusal.NOT_CHECKED_IN);
        room.ok(desk(1, ""));
        room.start(1);
        assertThat(room.state.sitting(1).started()).isTrue();
    }

    private static RoomFixture prepared(AttendanceWindows windows, String paper) {
        RoomFixture room = RoomFixture.prepared();
        ExamPlan plan = TestPlan.of(RoomFixture.plan(1)).windows(15, windows).plan();
        room.state = room.state.withPlan(paper.isEmpty() ? withoutPaper(plan) : plan);
        room.phase(RoomPhase.READY);
        room.phase(RoomPhase.CHECK_IN);
        return room;
    }

    private static ExamPlan withoutPaper(ExamPlan plan) {
        var places = new java.util.HashMap<Long, ExamPlan.Place>();
        plan.places()
                .forEach(
                        (sitting, place) ->
                                places.put(
                                        sitting,
                                        new ExamPlan.Place(
                                                place.room(),
                                                place.seat(),
                                                place.subject(),
                                                "",
                                                place.minutes(),
                                                0)));
        return TestPlan.of(plan).places(places).plan();
    }

    private static RoomFixture checkingIn(AttendanceWindows windows) {
        return prepared(windows, RoomFixture.PAPER);
    }

    /** Running from the slot's start, nobody in. */
    private static RoomFixture running(AttendanceWindows windows) {
        RoomFixture room = checkingIn(windows);
        room.pass(SLOT_START - room.wall);
        room.phase(RoomPhase.RUNNING);
        return room;
    }

    private static RoomCommand phone(long sitting) {
        return new RoomCommand.CheckIn("candidate:" + sitting, sitting, CheckInWay.PHONE_CODE);
    }

    private static RoomCommand desk(long sitting, String reason) {
        return new RoomCommand.CheckIn(PROCTOR, sitting, CheckInWay.DESK_NUMBER, reason);
    }

    private static RoomCommand leave(long sitting) {
        return new DeskCommand.CheckOut("candidate:" + sitting, sitting, "", CheckInWay.PHONE_CODE);
    }
}
