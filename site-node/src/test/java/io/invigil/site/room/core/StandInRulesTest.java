package io.invigil.site.room.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.LateChangeDetails;
import io.invigil.exam.room.LateChangeKind;
import io.invigil.exam.room.MessageKind;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.RoomPhase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Issue 3, part 6: a stand-in proctor's own account, opened offline by two officials, good for this
 * room and slot only.
 */
class StandInRulesTest {
    private static final String EXAM = RoomFixture.EXAM;
    private static final String BY = "staff:jk157822";
    private RoomFixture room;

    /** Sittings 1 to 3 in R1, 4 and 5 in R2. */
    @BeforeEach
    void twoRoomsCheckingIn() {
        room = new RoomFixture();
        Map<Long, ExamPlan.Place> places = new LinkedHashMap<>();
        for (long sitting = 1; sitting <= 5; sitting++) {
            String where = sitting <= 3 ? "R1" : "R2";
            places.put(
                    sitting,
                    new ExamPlan.Place(where, (int) sitting, "S1", RoomFixture.PAPER, 60, 0));
        }
        ExamPlan one = RoomFixture.plan(1);
        room.state =
                room.state.withPlan(
                        new TestPlan(
                                        EXAM,
                                        one.slotStartMillis(),
                                        one.slotEndMillis(),
                                        Map.of("R1", 10, "R2", 10),
                                        places)
                                .plan());
        room.ok(new RoomCommand.ActivatePackage("node", EXAM, 1, "digest-1"));
        room.phase(RoomPhase.READY);
        room.phase(RoomPhase.CHECK_IN);
    }

    private static DeskCommand.OpenStandIn open(
            String by, String change, String login, String where, String witness) {
        return new DeskCommand.OpenStandIn(
                by,
                EXAM,
                change,
                login,
                "赵敏",
                "监考突发疾病",
                new LateChangeDetails("JK157822", where, 0, "", "li"),
                "$argon2id$hash",
                witness);
    }

    private DeskCommand.OpenStandIn usual() {
        return open(RoomFixture.PROCTOR, "c-1", "jk157822", "R1", "wang");
    }

    private RoomCommand checkIn(long sitting) {
        return new RoomCommand.CheckIn(BY, sitting, CheckInWay.DESK_NUMBER);
    }

    @Test
    void twoOfficialsOpenItAndBothStandInTheFacts() {
        List<RoomFact> facts = room.ok(usual()).facts();
        assertThat(facts).hasSize(2);
        var change = (ProctorFact.LateChange) facts.get(0);
        assertThat(change.kind()).isEqualTo(LateChangeKind.STAND_IN_PROCTOR);
        assertThat(change.details().replaces()).isEqualTo("li");
        assertThat(facts.get(1))
                .isEqualTo(
                        new ProctorFact.StandInOpened(
                                "c-1", EXAM, "jk157822", "R1", "$argon2id$hash", "wang"));
        assertThat(room.ok(usual()).facts()).as("sent again").isEmpty();
        assertThat(room.state.desk().room(EXAM).standIns())
                .extracting(DeskState.StandIn::name)
                .containsExactly("赵敏");
    }

    @Test
    void oneOfficialTwiceOrAStandInAsOfficialIsNotTwo() {
        String own = RoomFixture.PROCTOR.substring("staff:".length());
        for (String witness : List.of("", own)) {
            assertThat(room.refusal(open(RoomFixture.PROCTOR, "c-1", "jk157822", "R1", witness)))
                    .isEqualTo(RoomRefusal.STAND_IN_NEEDS_TWO);
        }
        room.ok(usual());
        assertThat(room.refusal(open(RoomFixture.PROCTOR, "c-2", "jk2", "R1", "jk157822")))
                .isEqualTo(RoomRefusal.STAND_IN_NEEDS_TWO);
        assertThat(room.refusal(open(BY, "c-2", "jk2", "R1", "wang")))
                .isEqualTo(RoomRefusal.STAND_IN_NOT_HERE);
        var early =
                new RoomCommand.OpenPaper(
                        RoomFixture.PROCTOR,
                        EXAM,
                        RoomFixture.PAPER,
                        "release-code",
                        0,
                        List.of(own, "jk157822"),
                        "no clock",
                        "i-1");
        assertThat(room.refusal(early)).isEqualTo(RoomRefusal.EARLY_NEEDS_TWO_OFFICIALS);
    }

    @Test
    void theRoomTheNameTheLoginAndTheReasonAreNeeded() {
        assertThat(room.refusal(open(RoomFixture.PROCTOR, "c-1", "jk157822", "R9", "wang")))
                .isEqualTo(RoomRefusal.ROOM_UNKNOWN);
        for (String login : List.of("", "ab", "JK157822", "-ab", "a b c", "a".repeat(33))) {
            assertThat(room.refusal(open(RoomFixture.PROCTOR, "c-1", login, "R1", "wang")))
                    .as(login)
                    .isEqualTo(RoomRefusal.STAND_IN_NUMBER);
        }
    }

    @Test
    void aStandInActsUnderTheOwnNameInTheOwnRoomAndNowhereElse() {
        room.ok(usual());
        room.ok(checkIn(1));
        assertThat(room.refusal(checkIn(4))).isEqualTo(RoomRefusal.STAND_IN_NOT_HERE);
        room.ok(
                new DeskCommand.Tell(
                        BY, EXAM, Optional.of(1L), "m-1", MessageKind.MESSAGE, "请出示证件"));
        assertThat(room.state.desk().room(EXAM).messages().getFirst().by()).isEqualTo(BY);
        room.ok(
                new RoomCommand.ReportIncident(
                        BY, EXAM, Optional.of(2L), "i-1", "DEVICE", "蓝屏", Optional.empty()));
        for (RoomCommand no :
                List.of(
                        new RoomCommand.ChangePhase(BY, EXAM, RoomPhase.RUNNING),
                        new RoomCommand.CloseRoom(BY, EXAM),
                        new RoomCommand.CheckIn(BY, 99, CheckInWay.DESK_NUMBER),
                        new DeskCommand.Release(BY, 1, "leak"),
                        new DeskCommand.SetSnapshots(BY, EXAM, 30, "doubt"),
                        new DeskCommand.Tell(
                                BY, EXAM, Optional.empty(), "m-2", MessageKind.ANNOUNCEMENT, "all"),
                        new DeskCommand.Tell(
                                BY, EXAM, Optional.of(4L), "m-3", MessageKind.MESSAGE, "you"),
                        new RoomCommand.ReportIncident(
                                BY,
                                "another",
                                Optional.empty(),
                                "i-2",
                                "DEVICE",
                                "x",
                                Optional.empty()))) {
            assertThat(room.refusal(no)).as("%s", no).isEqualTo(RoomRefusal.STAND_IN_NOT_HERE);
        }
    }

    @Test
    void theAccountEndsWithTheExam() {
        room.ok(usual());
        room.phase(RoomPhase.RUNNING);
        room.ok(new RoomCommand.CloseRoom(RoomFixture.PROCTOR, EXAM));
        assertThat(room.refusal(open(RoomFixture.PROCTOR, "c-2", "jk2", "R1", "wang")))
                .isEqualTo(RoomRefusal.PHASE_FORBIDS);
        assertThat(room.refusal(new DeskCommand.ReadCentre(BY, EXAM, "w-1")))
                .as("a session that nobody ended is worth nothing")
                .isEqualTo(RoomRefusal.STAND_IN_NOT_HERE);
    }

    @Test
    void theSameLoginInTheSameRoomGetsANewPasswordAndInAnotherRoomIsTaken() {
        room.ok(usual());
        var again =
                new DeskCommand.OpenStandIn(
                        RoomFixture.PROCTOR,
                        EXAM,
                        "c-2",
                        "jk157822",
                        "赵敏",
                        "忘记密码",
                        new LateChangeDetails("JK157822", "R1", 0, "", ""),
                        "$argon2id$other",
                        "wang");
        room.ok(again);
        assertThat(room.state.desk().room(EXAM).standIns())
                .extracting(DeskState.StandIn::passwordHash)
                .containsExactly("$argon2id$other");
        assertThat(room.refusal(open(RoomFixture.PROCTOR, "c-3", "jk157822", "R2", "wang")))
                .isEqualTo(RoomRefusal.STAND_IN_LOGIN_TAKEN);
    }

    @Test
    void anExamHasSoManyStandInsAndNoMore() {
        for (int at = 0; at < StandInRules.STAND_INS_MAX; at++) {
            room.ok(open(RoomFixture.PROCTOR, "c-" + at, "jk-" + at, "R1", "wang"));
        }
        assertThat(room.refusal(open(RoomFixture.PROCTOR, "c-x", "jk-x", "R1", "wang")))
                .isEqualTo(RoomRefusal.STAND_INS_EXHAUSTED);
    }
}
