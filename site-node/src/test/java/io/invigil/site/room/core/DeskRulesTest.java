package io.invigil.site.room.core;

import static io.invigil.site.room.core.RoomFixture.EXAM;
import static io.invigil.site.room.core.RoomFixture.PROCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.room.CaseKind;
import io.invigil.exam.room.HandInCause;
import io.invigil.exam.room.IncidentCategory;
import io.invigil.exam.room.LateChangeDetails;
import io.invigil.exam.room.LateChangeKind;
import io.invigil.exam.room.MessageKind;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * Domain section 12 and issue 3 part 6: words, readmission, compensation ledger, late changes; S1
 * section 5: the emergency table; S1 articles 5 and 6: categories of incidents.
 */
class DeskRulesTest {
    private static final long MINUTE = 60_000;
    private static final String WHY = "line of the PC was cut";

    private final RoomFixture room = RoomFixture.sitting();

    @Test
    void proposesTheMinutesThatTheNodeMeasuredOfAServiceInterruption() {
        room.passTicking(10 * MINUTE);
        room.pass(4 * MINUTE + 10_000);
        room.tick();
        assertThat(proposed(1)).isEqualTo(5 * MINUTE);
        room.ok(compensate(1));
        assertThat(proposed(1)).isZero();
        assertThat(room.remaining(1)).isEqualTo(50 * MINUTE + 50_000);
        assertThat(room.state).isEqualTo(room.replayed());
    }

    @Test
    void twoProctorsWhoTapTheSameProposalGrantItOnce() {
        room.passTicking(10 * MINUTE);
        room.pass(3 * MINUTE);
        room.tick();
        assertThat(room.ok(compensate(1)).facts()).hasSize(1);
        var second = new DeskCommand.Compensate("staff:wang", 1, OptionalLong.empty(), WHY);
        assertThat(room.ok(second).facts()).isEmpty();
        assertThat(room.state.sitting(1).timing().grantedMillis()).isEqualTo(3 * MINUTE);
    }

    @Test
    void anotherOutageIsProposedOnTopOfWhatWasGivenBack() {
        lose(2);
        room.ok(compensate(1));
        lose(3);
        assertThat(proposed(1)).isEqualTo(3 * MINUTE);
        room.ok(compensate(1));
        assertThat(room.state.sitting(1).timing().grantedMillis()).isEqualTo(5 * MINUTE);
    }

    @Test
    void measuresTheSilenceOfOneSeatAndLeavesTheOthersAlone() {
        room.start(2);
        room.passTicking(5 * MINUTE);
        room.ok(new DeskCommand.NoteSilence("node", 1, 2 * MINUTE));
        assertThat(proposed(1)).isEqualTo(2 * MINUTE);
        assertThat(proposed(2)).isZero();
    }

    @Test
    void silenceBeforeTheStartOrInAPauseIsNoLoss() {
        room.passTicking(MINUTE);
        room.ok(new DeskCommand.NoteSilence("node", 1, 10 * MINUTE));
        assertThat(proposed(1)).isEqualTo(MINUTE);
        room.ok(new RoomCommand.Pause(PROCTOR, 1, "fire alarm"));
        room.passTicking(MINUTE);
        assertThat(room.ok(new DeskCommand.NoteSilence("node", 1, MINUTE)).facts()).isEmpty();
        assertThat(room.ok(new DeskCommand.NoteSilence("node", 2, MINUTE)).facts()).isEmpty();
    }

    @Test
    void aSilenceUnderFifteenSecondsIsNoOutage() {
        room.passTicking(MINUTE);
        assertThat(room.ok(new DeskCommand.NoteSilence("node", 1, 14_999)).facts()).isEmpty();
        assertThat(room.ok(new DeskCommand.NoteSilence("node", 1, 15_000)).facts()).hasSize(1);
    }

    @Test
    void nothingIsProposedForAMachineThatWasDownBecauseExamTimeStoodStill() {
        room.passTicking(10 * MINUTE);
        room.reboot(5 * MINUTE);
        room.tick();
        assertThat(room.state.outages()).hasSize(1);
        assertThat(proposed(1)).isZero();
        assertThat(room.remaining(1)).isEqualTo(50 * MINUTE);
    }

    @Test
    void compensationAfterTheNominalEndLetsTheCandidateGoOn() {
        room.passTicking(55 * MINUTE);
        room.ok(new DeskCommand.NoteSilence("node", 1, 4 * MINUTE));
        room.passTicking(6 * MINUTE);
        assertThat(room.state.sitting(1).handIn().orElseThrow().cause())
                .isEqualTo(HandInCause.TIME_UP);
        room.passTicking(2 * MINUTE);
        var facts = room.ok(compensate(1)).facts();
        assertThat(facts.get(0)).isInstanceOf(ProctorFact.Readmitted.class);
        assertThat(room.state.sitting(1).sits()).isTrue();
        assertThat(room.remaining(1)).isBetween(4 * MINUTE - 11_000, 4 * MINUTE);
        room.ok(room.save(1, "q1", 1, "after the end"));
        assertThat(room.state).isEqualTo(room.replayed());
    }

    @Test
    void aSeatThatWasSilentOverTheEndIsMeasuredUpToItsEnd() {
        room.passTicking(70 * MINUTE);
        room.ok(new DeskCommand.NoteSilence("node", 1, 15 * MINUTE));
        assertThat(Losses.lostMillis(room.state, 1)).isEqualTo(5 * MINUTE);
    }

    @Test
    void compensationNeedsAReasonARunningRoomAndAStart() {
        lose(2);
        assertThat(room.refusal(new DeskCommand.Compensate(PROCTOR, 1, OptionalLong.empty(), " ")))
                .isEqualTo(RoomRefusal.REASON_NEEDED);
        assertThat(room.refusal(compensate(3))).isEqualTo(RoomRefusal.NOT_STARTED);
        assertThat(room.refusal(compensate(99))).isEqualTo(RoomRefusal.SITTING_UNKNOWN);
        var tooMuch = new DeskCommand.Compensate(PROCTOR, 1, OptionalLong.of(181 * MINUTE), WHY);
        assertThat(room.refusal(tooMuch)).isEqualTo(RoomRefusal.GRANT_OUT_OF_RANGE);
        room.ok(new RoomCommand.CloseRoom(PROCTOR, EXAM));
        assertThat(room.refusal(compensate(1))).isEqualTo(RoomRefusal.PHASE_FORBIDS);
    }

    @Test
    void aReadmittedCandidateHasTheTimeLeftAtTheHandIn() {
        room.ok(room.save(1, "q1", 1, "A"));
        room.passTicking(20 * MINUTE);
        room.ok(new RoomCommand.ForceHandIn(PROCTOR, 1, "wrong seat", "i-1"));
        room.passTicking(7 * MINUTE);
        room.ok(new DeskCommand.Readmit(PROCTOR, 1, 0, "it was another seat", "i-2"));
        assertThat(room.remaining(1)).isEqualTo(40 * MINUTE);
        assertThat(room.state.sitting(1).incidents()).isEqualTo(2);
        assertThat(room.state.sitting(1).answers()).containsKey("q1");
        room.ok(room.save(1, "q1", 2, "B"));
        assertThat(room.ok(new RoomCommand.HandIn("candidate:1", 1, 1)).reply())
                .isInstanceOf(RoomReply.HandInKept.class);
        assertThat(room.state).isEqualTo(room.replayed());
    }

    @Test
    void readmissionWithoutTimeLeftNeedsMinutes() {
        room.passTicking(61 * MINUTE);
        assertThat(room.state.sitting(1).handedIn()).isTrue();
        assertThat(room.refusal(new DeskCommand.Readmit(PROCTOR, 1, 0, WHY, "i-1")))
                .isEqualTo(RoomRefusal.NO_TIME_LEFT);
        room.ok(new DeskCommand.Readmit(PROCTOR, 1, 5 * MINUTE, WHY, "i-1"));
        room.passTicking(MINUTE);
        assertThat(room.state.sitting(1).sits()).isTrue();
        assertThat(room.ok(new DeskCommand.Readmit(PROCTOR, 1, 0, WHY, "i-3")).facts()).isEmpty();
        assertThat(room.refusal(new DeskCommand.Readmit(PROCTOR, 2, 0, WHY, "i-4")))
                .isEqualTo(RoomRefusal.NOT_STARTED);
    }

    @Test
    void wordsAreFactsAndAWarningCountsForTheSeat() {
        room.ok(tell("m-1", Optional.empty(), MessageKind.ANNOUNCEMENT, "ten minutes left"));
        room.ok(tell("m-2", Optional.of(1L), MessageKind.WARNING, "look at your own screen"));
        assertThat(
                        room.ok(tell("m-2", Optional.of(1L), MessageKind.WARNING, "again the same"))
                                .facts())
                .isEmpty();
        assertThat(room.state.desk().seat(1).warnings()).isEqualTo(1);
        assertThat(room.state.desk().room(EXAM).messages())
                .extracting(DeskState.Message::text)
                .containsExactly("ten minutes left", "look at your own screen");
        assertThat(room.refusal(tell("m-3", Optional.of(99L), MessageKind.MESSAGE, "who?")))
                .isEqualTo(RoomRefusal.SITTING_UNKNOWN);
        assertThat(room.refusal(tell("m-4", Optional.of(1L), MessageKind.ANNOUNCEMENT, "one")))
                .isEqualTo(RoomRefusal.REASON_NEEDED);
    }

    @Test
    void wordsHaveALimit() {
        String longest = "x".repeat(DeskRules.TEXT_CHARS_MAX);
        room.ok(tell("m-1", Optional.of(1L), MessageKind.MESSAGE, longest));
        assertThat(room.refusal(tell("m-2", Optional.of(1L), MessageKind.MESSAGE, longest + "x")))
                .isEqualTo(RoomRefusal.REASON_NEEDED);
        for (int n = 1; n < DeskRules.MESSAGES_MAX; n++) {
            room.ok(tell("n-" + n, Optional.of(1L), MessageKind.MESSAGE, "x"));
        }
        assertThat(room.refusal(tell("one more", Optional.of(1L), MessageKind.MESSAGE, "x")))
                .isEqualTo(RoomRefusal.INCIDENTS_EXHAUSTED);
    }

    @Test
    void theEmergencyTableOpensCasesWithOwnerAndClock() {
        for (CaseKind kind : CaseKind.values()) {
            room.ok(open("c-" + kind, kind, "as told"));
            DeskState.Case opened = room.state.desk().room(EXAM).cases().get("c-" + kind);
            assertThat(opened.owner()).isEqualTo(kind.owner());
            assertThat(opened.dueMillis()).isEqualTo(kind.minutes() * MINUTE);
            assertThat(opened.by()).isEqualTo(PROCTOR);
        }
        assertThat(CaseKind.ABNORMAL_EXIT.owner()).isEqualTo(CaseKind.Owner.CENTRE);
        assertThat(CaseKind.CANNOT_SUBMIT.owner()).isEqualTo(CaseKind.Owner.TECHNICIAN);
    }

    @Test
    void aCaseIsPassedOnAndSettledOnce() {
        room.ok(open("c-1", CaseKind.NOT_LIVE, "reflection of the window"));
        var on =
                new DeskCommand.PassCaseOn(PROCTOR, EXAM, "c-1", CaseKind.Owner.TECHNICIAN, "lamp");
        room.ok(on);
        assertThat(room.ok(on).facts()).isEmpty();
        room.ok(settle("c-1", CaseKind.Outcome.SOLVED, "blind drawn"));
        assertThat(room.ok(settle("c-1", CaseKind.Outcome.SOLVED, "blind drawn")).facts())
                .isEmpty();
        assertThat(room.refusal(settle("c-1", CaseKind.Outcome.REFUSED, "no")))
                .isEqualTo(RoomRefusal.CASE_SETTLED);
        assertThat(room.refusal(settle("c-9", CaseKind.Outcome.REFUSED, "no")))
                .isEqualTo(RoomRefusal.CASE_UNKNOWN);
        assertThat(room.state).isEqualTo(room.replayed());
    }

    @Test
    void aSecondCallForHelpOfTheSameSeatIsTheFirstOne() {
        room.ok(help("h-1"));
        assertThat(room.ok(help("h-2")).facts()).isEmpty();
        room.ok(settle("h-1", CaseKind.Outcome.SOLVED, ""));
        assertThat(room.ok(help("h-3")).facts()).hasSize(1);
    }

    @Test
    void lateChangesAreRecordedWithoutALineAndOnce() {
        for (LateChangeKind kind : LateChangeKind.values()) {
            var change =
                    new DeskCommand.RecordLateChange(
                            PROCTOR,
                            EXAM,
                            Optional.of(1L),
                            "l-" + kind,
                            kind,
                            "detail",
                            "reason",
                            LateChangeDetails.NONE);
            room.ok(change);
            assertThat(room.ok(change).facts()).isEmpty();
        }
        assertThat(room.state.desk().room(EXAM).changes()).hasSize(LateChangeKind.values().length);
    }

    @Test
    void aLateChangeCarriesWhatTheCentreCanActOnAndNoMoreThanFits() {
        var stranger = new LateChangeDetails("C0017", "13号机房", 31, "4001", "");
        assertThat(room.ok(extra("l-1", stranger)).facts())
                .extracting(fact -> ((ProctorFact.LateChange) fact).details())
                .containsExactly(stranger);
        var tooLong = new LateChangeDetails("C".repeat(101), "", 0, "", "");
        assertThat(room.refusal(extra("l-2", tooLong))).isEqualTo(RoomRefusal.REASON_NEEDED);
        var noSeat = new LateChangeDetails("", "", 10_000, "", "");
        assertThat(room.refusal(extra("l-3", noSeat))).isEqualTo(RoomRefusal.REASON_NEEDED);
    }

    private static DeskCommand extra(String id, LateChangeDetails details) {
        return new DeskCommand.RecordLateChange(
                PROCTOR,
                EXAM,
                Optional.empty(),
                id,
                LateChangeKind.EXTRA_CANDIDATE,
                "not on the list",
                "ID card seen",
                details);
    }

    @Test
    void twoCandidatesSwapSeatsInOneStepAndItIsALateChange() {
        room.ok(new DeskCommand.SwapSeats(PROCTOR, 1, 2, "sat down crosswise", "l-1"));
        assertThat(room.state.sitting(1).attendance().seat()).hasValue(2);
        assertThat(room.state.sitting(2).attendance().seat()).hasValue(1);
        assertThat(room.state.desk().room(EXAM).changes().get(0).kind())
                .isEqualTo(LateChangeKind.SEAT_SWAP);
        assertThat(room.refusal(new DeskCommand.SwapSeats(PROCTOR, 1, 1, "self", "l-2")))
                .isEqualTo(RoomRefusal.SEAT_UNKNOWN);
    }

    @Test
    void incidentsCarryTheArticleOfTheRulesAndTheirEvidence() {
        var report =
                new RoomCommand.ReportIncident(
                        PROCTOR,
                        EXAM,
                        Optional.of(1L),
                        "i-1",
                        IncidentCategory.IMPERSONATION.name(),
                        "another person sat here",
                        Optional.of("ab".repeat(32)));
        var fact = (RoomFact.IncidentReported) room.ok(report).facts().get(0);
        assertThat(fact.article()).contains("6-1");
        assertThat(fact.blob()).contains("ab".repeat(32));
        assertThat(IncidentCategory.IMPERSONATION.isCheating()).isTrue();
        assertThat(IncidentCategory.DRESS_OR_CAPTURE.article()).contains("5-1");
    }

    private void lose(long minutes) {
        room.passTicking(5 * MINUTE);
        room.pass(minutes * MINUTE);
        room.tick();
    }

    private long proposed(long sitting) {
        return Losses.proposedMillis(room.state, sitting);
    }

    private static DeskCommand compensate(long sitting) {
        return new DeskCommand.Compensate(PROCTOR, sitting, OptionalLong.empty(), WHY);
    }

    private static DeskCommand tell(
            String id, Optional<Long> sitting, MessageKind kind, String text) {
        return new DeskCommand.Tell(PROCTOR, EXAM, sitting, id, kind, text);
    }

    private static DeskCommand open(String id, CaseKind kind, String statement) {
        return new DeskCommand.OpenCase(PROCTOR, EXAM, Optional.of(1L), id, kind, statement);
    }

    private static DeskCommand help(String id) {
        return new DeskCommand.OpenCase(
                "candidate:2", EXAM, Optional.of(2L), id, CaseKind.HELP, "");
    }

    private static DeskCommand settle(String id, CaseKind.Outcome outcome, String note) {
        return new DeskCommand.SettleCase(PROCTOR, EXAM, id, outcome, note);
    }
}
