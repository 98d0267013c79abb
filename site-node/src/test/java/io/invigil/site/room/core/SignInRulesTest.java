package io.invigil.site.room.core;

import static io.invigil.site.room.core.RoomFixture.PROCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.RoomFact;
import org.junit.jupiter.api.Test;

/**
 * Domain section 9 (S0, sections 1 to 5): check-in until the start, later only by hand with a
 * reason; leaving times; S0 section 9: answers on paper are handed over by list.
 */
class SignInRulesTest {
    private static final long MINUTE = 60_000;

    @Test
    void aPhoneChecksInUntilTheStartAndNotAfterIt() {
        RoomFixture room = RoomFixture.checkingIn();
        room.ok(phone(4));
        room.pass(20 * MINUTE);
        room.openPaper();
        room.phase(io.invigil.exam.room.RoomPhase.RUNNING);
        room.ok(phone(1));
        room.pass(1);
        assertThat(room.refusal(phone(5))).isEqualTo(RoomRefusal.CHECK_IN_OVER);
        room.ok(new RoomCommand.CheckIn(PROCTOR, 5, CheckInWay.DESK_CAMERA));
    }

    @Test
    void afterTheTimeForLateStartsTheDeskGivesAReason() {
        RoomFixture room = RoomFixture.sitting();
        room.passTicking(31 * MINUTE);
        assertThat(room.refusal(new RoomCommand.CheckIn(PROCTOR, 4, CheckInWay.MANUAL)))
                .isEqualTo(RoomRefusal.REASON_NEEDED);
        var late = new RoomCommand.CheckIn(PROCTOR, 4, CheckInWay.MANUAL, "list was wrong");
        var fact = (RoomFact.CheckedIn) room.ok(late).facts().get(0);
        assertThat(fact.reason()).contains("list was wrong");
    }

    @Test
    void aReplayedCheckInKeepsTheFirstArrival() {
        RoomFixture room = RoomFixture.checkingIn();
        room.ok(phone(4));
        long arrived = room.wall;
        room.pass(MINUTE);
        assertThat(room.ok(phone(4)).facts()).isEmpty();
        assertThat(room.state.desk().register(4).arrivedWall()).isEqualTo(arrived);
    }

    @Test
    void aPhoneClaimStaysOpenUntilAProctorHasSeenThePerson() {
        RoomFixture room = RoomFixture.checkingIn();
        room.ok(phone(4));
        assertThat(room.state.desk().register(4).claimOpen()).isTrue();
        room.ok(new DeskCommand.ConfirmClaim(PROCTOR, 4));
        assertThat(room.state.desk().register(4).claimOpen()).isFalse();
        assertThat(room.ok(new DeskCommand.ConfirmClaim(PROCTOR, 4)).facts()).isEmpty();
        assertThat(room.state).isEqualTo(room.replayed());
    }

    @Test
    void aCorrectedCheckInTakesTheArrivalWithIt() {
        RoomFixture room = RoomFixture.checkingIn();
        room.ok(phone(4));
        room.ok(new RoomCommand.UndoCheckIn(PROCTOR, 4, "somebody else's number"));
        assertThat(room.state.desk().register(4).arrivedWall()).isZero();
    }

    @Test
    void handingInIsLeavingAndWhoLeavesBeforeItDoesSoForAReason() {
        RoomFixture room = RoomFixture.sitting();
        assertThat(room.refusal(new DeskCommand.CheckOut(PROCTOR, 1, "")))
                .isEqualTo(RoomRefusal.REASON_NEEDED);
        assertThat(room.refusal(new DeskCommand.CheckOut(PROCTOR, 5, "left")))
                .isEqualTo(RoomRefusal.NOT_CHECKED_IN);
        room.pass(5 * MINUTE);
        room.ok(new RoomCommand.HandIn("candidate:1", 1, 1));
        assertThat(room.state.leftWall(1)).isEqualTo(room.wall);
        room.pass(MINUTE);
        room.ok(new DeskCommand.CheckOut(PROCTOR, 1, ""));
        assertThat(room.state.leftWall(1)).isEqualTo(room.wall);
    }

    @Test
    void papersAreHandedOverWithTheirNumberOfSheets() {
        RoomFixture room = RoomFixture.sitting();
        room.ok(new DeskCommand.TakePapers(PROCTOR, 1, 3, "drawing"));
        assertThat(room.state.desk().register(1).sheets()).isEqualTo(3);
        assertThat(room.ok(new DeskCommand.TakePapers(PROCTOR, 1, 3, "")).facts()).isEmpty();
        room.ok(new DeskCommand.TakePapers(PROCTOR, 1, SignInRules.SHEETS_MAX, ""));
        assertThat(
                        room.refusal(
                                new DeskCommand.TakePapers(
                                        PROCTOR, 1, SignInRules.SHEETS_MAX + 1, "")))
                .isEqualTo(RoomRefusal.REASON_NEEDED);
        assertThat(room.refusal(new DeskCommand.TakePapers(PROCTOR, 2, 1, "")))
                .isEqualTo(RoomRefusal.NOT_STARTED);
    }

    private static RoomCommand phone(long sitting) {
        return new RoomCommand.CheckIn("node", sitting, CheckInWay.PHONE_CODE);
    }
}
