package io.invigil.site.room.core;

import static io.invigil.site.room.core.RoomFixture.PROCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.RoomFact;
import org.junit.jupiter.api.Test;

/** Coming, absence and seats: domain, section 9 (source S0, sections 1 to 5) and section 12. */
class AttendanceRulesTest {

    @Test
    void checksInOnlyWhileCheckInIsOpenOrTheExamRuns() {
        RoomFixture room = RoomFixture.prepared();
        assertThat(room.refusal(checkIn(1))).isEqualTo(RoomRefusal.PHASE_FORBIDS);
        room = RoomFixture.checkingIn();
        assertThat(room.ok(checkIn(1)).facts())
                .containsExactly(new RoomFact.CheckedIn(1, CheckInWay.PHONE_CODE));
        assertThat(room.ok(checkIn(1)).facts()).isEmpty();
    }

    @Test
    void anAbsentOneWhoComesAfterAllIsCheckedIn() {
        RoomFixture room = RoomFixture.running();
        room.ok(new RoomCommand.MarkAbsent(PROCTOR, 4, "not here"));
        room.ok(checkIn(4));
        assertThat(room.state.sitting(4).attendance().absent()).isEmpty();
        room.start(4);
    }

    @Test
    void undoesACheckInWithAReasonBeforeTheStartOnly() {
        RoomFixture room = RoomFixture.sitting();
        assertThat(room.refusal(new RoomCommand.UndoCheckIn(PROCTOR, 1, "wrong")))
                .isEqualTo(RoomRefusal.ALREADY_STARTED);
        assertThat(room.refusal(new RoomCommand.UndoCheckIn(PROCTOR, 2, "")))
                .isEqualTo(RoomRefusal.REASON_NEEDED);
        room.ok(new RoomCommand.UndoCheckIn(PROCTOR, 2, "wrong person"));
        assertThat(room.refusal(new RoomCommand.TakeWriter("candidate:2", 2, "d2", false)))
                .isEqualTo(RoomRefusal.NOT_CHECKED_IN);
    }

    @Test
    void whoStartedIsNotAbsent() {
        RoomFixture room = RoomFixture.sitting();
        assertThat(room.refusal(new RoomCommand.MarkAbsent(PROCTOR, 1, "gone")))
                .isEqualTo(RoomRefusal.ALREADY_STARTED);
    }

    @Test
    void movesToAFreeSeatOfTheRoomOnly() {
        RoomFixture room = RoomFixture.running();
        assertThat(room.refusal(seat(1, 2, "screen"))).isEqualTo(RoomRefusal.SEAT_TAKEN);
        assertThat(room.refusal(seat(1, 11, "screen"))).isEqualTo(RoomRefusal.SEAT_UNKNOWN);
        assertThat(room.refusal(seat(1, 0, "screen"))).isEqualTo(RoomRefusal.SEAT_UNKNOWN);
        assertThat(room.refusal(seat(1, 9, ""))).isEqualTo(RoomRefusal.REASON_NEEDED);
        assertThat(room.ok(seat(1, 9, "screen broken")).facts())
                .containsExactly(new RoomFact.SeatChanged(1, 1, 9, "screen broken"));
        assertThat(room.ok(seat(2, 1, "draught")).facts())
                .containsExactly(new RoomFact.SeatChanged(2, 2, 1, "draught"));
    }

    @Test
    void theSeatOfAnAbsentOneIsFree() {
        RoomFixture room = RoomFixture.running();
        room.ok(new RoomCommand.MarkAbsent(PROCTOR, 5, "not here"));
        room.ok(seat(1, 5, "screen broken"));
    }

    @Test
    void eachPinResetCountsOn() {
        RoomFixture room = RoomFixture.running();
        room.ok(new RoomCommand.ResetPin(PROCTOR, 1));
        room.ok(new RoomCommand.ResetPin(PROCTOR, 1));
        assertThat(room.state.sitting(1).attendance().pinNumber()).isEqualTo(2);
        for (int reset = 2; reset < AttendanceRules.PIN_RESETS_MAX; reset++) {
            room.ok(new RoomCommand.ResetPin(PROCTOR, 1));
        }
        assertThat(room.refusal(new RoomCommand.ResetPin(PROCTOR, 1)))
                .isEqualTo(RoomRefusal.SAVES_EXHAUSTED);
    }

    private static RoomCommand checkIn(long sitting) {
        return new RoomCommand.CheckIn("candidate:" + sitting, sitting, CheckInWay.PHONE_CODE);
    }

    private static RoomCommand seat(long sitting, int seat, String reason) {
        return new RoomCommand.ChangeSeat(PROCTOR, sitting, seat, reason);
    }
}
