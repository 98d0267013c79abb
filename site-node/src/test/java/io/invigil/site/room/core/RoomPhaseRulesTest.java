package io.invigil.site.room.core;

import static io.invigil.site.room.core.RoomFixture.EXAM;
import static io.invigil.site.room.core.RoomFixture.PAPER;
import static io.invigil.site.room.core.RoomFixture.PROCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.HandInCause;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.RoomPhase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * From a package to the closed room: domain, section 12 (source S1, sections 1 and 5); opening a
 * paper as in XSP/1, section 8.
 */
class RoomPhaseRulesTest {

    @Test
    void phasesFollowOneAnotherOnly() {
        RoomFixture room = RoomFixture.prepared();
        assertThat(room.refusal(change(RoomPhase.RUNNING))).isEqualTo(RoomRefusal.PHASE_NOT_NEXT);
        room.phase(RoomPhase.READY);
        assertThat(room.refusal(change(RoomPhase.PREPARING))).isEqualTo(RoomRefusal.PHASE_NOT_NEXT);
        room.phase(RoomPhase.CHECK_IN);
        assertThat(room.refusal(change(RoomPhase.CLOSED))).isEqualTo(RoomRefusal.PHASE_NOT_NEXT);
        room.phase(RoomPhase.RUNNING);
        assertThat(room.ok(change(RoomPhase.RUNNING)).facts()).isEmpty();
    }

    @Test
    void refusesAnExamItDoesNotHave() {
        RoomFixture room = RoomFixture.prepared();
        assertThat(room.refusal(new RoomCommand.Tick("node", "other")))
                .isEqualTo(RoomRefusal.EXAM_UNKNOWN);
        assertThat(room.refusal(new RoomCommand.CheckIn(PROCTOR, 99, CheckInWay.MANUAL)))
                .isEqualTo(RoomRefusal.SITTING_UNKNOWN);
    }

    @Test
    void manifestVersionsOnlyRise() {
        RoomFixture room = RoomFixture.prepared();
        room.state = room.state.withPlan(RoomFixture.plan(3));
        room.ok(new RoomCommand.ActivatePackage("node", EXAM, 3, "digest-3"));
        assertThat(room.refusal(new RoomCommand.ActivatePackage("node", EXAM, 2, "digest-2")))
                .isEqualTo(RoomRefusal.MANIFEST_OLDER);
        assertThat(room.refusal(new RoomCommand.ActivatePackage("node", EXAM, 3, "other")))
                .isEqualTo(RoomRefusal.MANIFEST_OLDER);
        var again = room.ok(new RoomCommand.ActivatePackage("node", EXAM, 3, "digest-3"));
        assertThat(again.facts()).isEmpty();
    }

    @Test
    void opensAPaperFromReadyOnAndOnlyOnce() {
        RoomFixture room = RoomFixture.prepared();
        room.pass(15 * 60_000L);
        assertThat(room.refusal(open(room, List.of(), ""))).isEqualTo(RoomRefusal.PHASE_FORBIDS);
        room.phase(RoomPhase.READY);
        assertThat(room.ok(open(room, List.of(), "")).facts())
                .containsExactly(new RoomFact.PaperOpened(EXAM, PAPER, "release-code", false, ""));
        assertThat(room.ok(open(room, List.of(), "")).facts()).isEmpty();
    }

    @Test
    void anEarlyOpeningNeedsTwoOfficialsAndAReasonAndIsAnIncident() {
        RoomFixture room = RoomFixture.prepared();
        room.phase(RoomPhase.READY);
        assertThat(room.refusal(open(room, List.of("li"), "clock")))
                .isEqualTo(RoomRefusal.EARLY_NEEDS_TWO_OFFICIALS);
        assertThat(room.refusal(open(room, List.of("li", "li"), "clock")))
                .isEqualTo(RoomRefusal.EARLY_NEEDS_TWO_OFFICIALS);
        assertThat(room.refusal(open(room, List.of("li", "wang"), " ")))
                .isEqualTo(RoomRefusal.REASON_NEEDED);
        assertThat(room.ok(open(room, List.of("li", "wang"), "clock battery")).facts())
                .containsExactly(
                        new RoomFact.PaperOpened(
                                EXAM, PAPER, "release-code", true, "clock battery"),
                        new RoomFact.IncidentReported(
                                "i1",
                                EXAM,
                                Optional.empty(),
                                "EARLY_OPENING",
                                "li, wang: clock battery"));
    }

    @Test
    void closingHandsInWhoSitsAndMarksAbsentWhoNeverStarted() {
        RoomFixture room = RoomFixture.sitting();
        room.ok(room.save(1, "q1", 1, "A"));
        room.ok(new RoomCommand.CloseRoom(PROCTOR, EXAM));
        assertThat(room.state.sitting(1).handIn().orElseThrow().cause())
                .isEqualTo(HandInCause.ROOM_CLOSED);
        assertThat(room.state.sitting(2).attendance().absent()).contains(ExamRules.NEVER_STARTED);
        assertThat(room.state.sitting(5).attendance().absent()).contains(ExamRules.ABSENT_AT_CLOSE);
        assertThat(room.state.exam(EXAM).orElseThrow().phase()).isEqualTo(RoomPhase.CLOSED);
        assertThat(room.ok(new RoomCommand.CloseRoom(PROCTOR, EXAM)).facts()).isEmpty();
    }

    @Test
    void aCloseCutShortByACrashIsFinishedByTheNextOne() {
        RoomFixture room = RoomFixture.sitting();
        room.start(2);
        var all = (Decision.Accepted) room.decide(new RoomCommand.CloseRoom(PROCTOR, EXAM));
        room.apply(all.facts().get(0), PROCTOR);
        room.ok(new RoomCommand.CloseRoom(PROCTOR, EXAM));
        assertThat(room.state.exam(EXAM).orElseThrow().phase()).isEqualTo(RoomPhase.CLOSED);
        assertThat(room.ledger.stream().filter(json -> new String(json).contains("handed-in")))
                .hasSize(2);
    }

    @Test
    void nothingChangesAfterTheClose() {
        RoomFixture room = RoomFixture.sitting();
        room.ok(new RoomCommand.CloseRoom(PROCTOR, EXAM));
        assertThat(room.refusal(new RoomCommand.CheckIn(PROCTOR, 4, CheckInWay.MANUAL)))
                .isEqualTo(RoomRefusal.PHASE_FORBIDS);
        assertThat(room.refusal(room.save(1, "q1", 1, "A"))).isEqualTo(RoomRefusal.HANDED_IN);
        assertThat(room.refusal(new RoomCommand.GrantTime(PROCTOR, 1, 60_000, "r")))
                .isEqualTo(RoomRefusal.HANDED_IN);
    }

    @Test
    void anIncidentIsReportedOnceWithAStatement() {
        RoomFixture room = RoomFixture.running();
        var incident = incident("i7", Optional.of(1L), "phone rang");
        assertThat(room.ok(incident).facts()).hasSize(1);
        assertThat(room.ok(incident).facts()).isEmpty();
        assertThat(room.state.sitting(1).incidents()).isEqualTo(1);
        assertThat(room.refusal(incident("i8", Optional.of(1L), " ")))
                .isEqualTo(RoomRefusal.REASON_NEEDED);
        assertThat(room.refusal(incident("i9", Optional.of(77L), "x")))
                .isEqualTo(RoomRefusal.SITTING_UNKNOWN);
    }

    private static RoomCommand incident(String id, Optional<Long> sitting, String statement) {
        return new RoomCommand.ReportIncident(
                PROCTOR, EXAM, sitting, id, "OTHER", statement, java.util.Optional.empty());
    }

    private static RoomCommand change(RoomPhase to) {
        return new RoomCommand.ChangePhase(PROCTOR, EXAM, to);
    }

    private static RoomCommand open(RoomFixture room, List<String> officials, String reason) {
        return new RoomCommand.OpenPaper(
                PROCTOR, EXAM, PAPER, "release-code", room.wall, officials, reason, "i1");
    }
}
