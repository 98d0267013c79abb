package io.invigil.site.room.core;

import static io.invigil.site.room.core.RoomFixture.EXAM;
import static io.invigil.site.room.core.RoomFixture.PROCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.room.AnswersDigest;
import io.invigil.exam.room.HandInCause;
import io.invigil.exam.room.RoomFact;
import io.invigil.protocol.fact.FactDraft;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SittingRulesTest {

    @Test
    void onlyWhoIsCheckedInMayStart() {
        RoomFixture room = RoomFixture.running();
        assertThat(room.refusal(new RoomCommand.TakeWriter("candidate:4", 4, "d4", false)))
                .isEqualTo(RoomRefusal.NOT_CHECKED_IN);
        assertThat(room.refusal(start(4, 1))).isEqualTo(RoomRefusal.NOT_CHECKED_IN);
        room.start(1);
        assertThat(room.state.sitting(1).sits()).isTrue();
        assertThat(room.state.sitting()).isEqualTo(1);
    }

    @Test
    void startsOnlyWhileTheExamRunsAndThePaperIsOpen() {
        RoomFixture room = RoomFixture.checkingIn();
        room.ok(new RoomCommand.CheckIn(PROCTOR, 1, io.invigil.exam.room.CheckInWay.DESK_NUMBER));
        long lease = room.take(1, "d1");
        assertThat(room.refusal(start(1, lease))).isEqualTo(RoomRefusal.PHASE_FORBIDS);
        room.phase(io.invigil.exam.room.RoomPhase.RUNNING);
        assertThat(room.refusal(start(1, lease))).isEqualTo(RoomRefusal.PAPER_NOT_OPEN);
        room.pass(15 * 60_000L);
        room.openPaper();
        room.ok(start(1, lease));
        assertThat(room.ok(start(1, lease)).facts()).isEmpty();
    }

    @Test
    void anotherDeviceWritesOnlyByTakingOver() {
        RoomFixture room = RoomFixture.sitting();
        var ask = new RoomCommand.TakeWriter("candidate:1", 1, "d9", false);
        assertThat(room.refusal(ask)).isEqualTo(RoomRefusal.WRITER_ELSEWHERE);
        var late = room.save(1, "q1", 1, "A");
        assertThat(room.take(1, "d9")).isEqualTo(2);
        assertThat(room.refusal(late)).isEqualTo(RoomRefusal.WRITER_ELSEWHERE);
        assertThat(room.refusal(new RoomCommand.HandIn("candidate:1", 1, 1)))
                .isEqualTo(RoomRefusal.WRITER_ELSEWHERE);
        room.ok(room.save(1, "q1", 1, "B"));
        assertThat(room.take(1, "d9")).as("the holder keeps its lease").isEqualTo(2);
    }

    @Test
    void fault4TheSameSaveTwiceIsOneFactAndOneReply() {
        RoomFixture room = RoomFixture.sitting();
        var save = room.save(1, "q1", 1, "A");
        assertThat(room.ok(save).facts()).hasSize(1);
        Decision.Accepted again = room.ok(save);
        assertThat(again.facts()).isEmpty();
        assertThat(again.reply()).isEqualTo(new RoomReply.AnswerKept("q1", 1, true));
        room.ok(new RoomCommand.HandIn("candidate:1", 1, 1));
        assertThat(room.ok(save).reply()).isEqualTo(new RoomReply.AnswerKept("q1", 1, true));
    }

    @Test
    void aLateOldSaveNeverOverwritesANewerOne() {
        RoomFixture room = RoomFixture.sitting();
        var first = room.save(1, "q1", 1, "A");
        room.ok(room.save(1, "q1", 1, "B"));
        assertThat(room.refusal(first)).isEqualTo(RoomRefusal.REVISION_CONFLICT);
        room.ok(room.save(1, "q1", 2, "C"));
        assertThat(room.state.sitting(1).answers().get("q1").response())
                .isEqualTo(Map.of("RESPONSE", List.of("C")));
        assertThat(room.refusal(room.save(1, "q1", 4, "D")))
                .isEqualTo(RoomRefusal.REVISION_CONFLICT);
    }

    @Test
    void handingInTwiceGivesTheSameReceipt() {
        RoomFixture room = RoomFixture.sitting();
        room.ok(room.save(1, "q2", 1, "B"));
        room.ok(room.save(1, "q1", 1, "A"));
        var command = new RoomCommand.HandIn("candidate:1", 1, 1);
        var first = (RoomReply.HandInKept) room.ok(command).reply();
        room.pass(60_000);
        assertThat(room.ok(command)).isEqualTo(new Decision.Accepted(List.of(), first));
        var answers =
                Map.of(
                        "q1", Map.of("RESPONSE", List.of("A")),
                        "q2", Map.of("RESPONSE", List.of("B")));
        assertThat(first.answersDigest()).isEqualTo(AnswersDigest.of(answers).hex());
        assertThat(first.answered()).isEqualTo(2);
        assertThat(room.refusal(room.save(1, "q1", 2, "C"))).isEqualTo(RoomRefusal.HANDED_IN);
        assertThat(room.state.sitting()).isZero();
    }

    @Test
    void aProctorEndsASittingWithAReasonWhichIsAnIncident() {
        RoomFixture room = RoomFixture.sitting();
        assertThat(room.refusal(new RoomCommand.ForceHandIn(PROCTOR, 1, "", "i1")))
                .isEqualTo(RoomRefusal.REASON_NEEDED);
        var facts = room.ok(new RoomCommand.ForceHandIn(PROCTOR, 1, "left", "i1")).facts();
        assertThat(facts.get(0)).isInstanceOf(RoomFact.IncidentReported.class);
        assertThat(((RoomFact.HandedIn) facts.get(1)).cause()).isEqualTo(HandInCause.PROCTOR);
    }

    @Test
    void scoresOnceAndOnlyAfterTheHandIn() {
        RoomFixture room = RoomFixture.sitting();
        var score = new RoomCommand.RecordScore("node", 1, new BigDecimal("3.5"), BigDecimal.TEN);
        assertThat(room.refusal(score)).isEqualTo(RoomRefusal.NOT_STARTED);
        room.ok(new RoomCommand.HandIn("candidate:1", 1, 1));
        room.ok(score);
        assertThat(room.refusal(score)).isEqualTo(RoomRefusal.SCORED_ALREADY);
    }

    @Test
    void theGreatestAnswerAllowedFitsOneFact() {
        RoomFixture room = RoomFixture.sitting();
        String fits = "\u4e2d".repeat((AnswerLimits.RESPONSE_BYTES_MAX - 30) / 3);
        var facts = room.ok(room.save(1, "q1", 1, fits)).facts();
        assertThat(facts).hasSize(1);
        assertThat(room.ledger.get(room.ledger.size() - 1).length)
                .isLessThan(FactDraft.BYTES_MAX)
                .isGreaterThan(AnswerLimits.RESPONSE_BYTES_MAX - 40);
        assertThat(room.refusal(room.save(1, "q1", 2, fits + "\u4e2d".repeat(10))))
                .isEqualTo(RoomRefusal.ANSWER_TOO_LARGE);
        String controls = "\u0001".repeat(AnswerLimits.RESPONSE_BYTES_MAX / 6);
        assertThat(room.refusal(room.save(1, "q1", 2, controls)))
                .isEqualTo(RoomRefusal.ANSWER_TOO_LARGE);
    }

    @Test
    void refusesAnswersThatNoFactCanCarry() {
        RoomFixture room = RoomFixture.sitting();
        assertThat(room.refusal(room.save(1, "q1", 1, "\ud840")))
                .isEqualTo(RoomRefusal.ANSWER_MALFORMED);
        assertThat(room.refusal(room.save(1, " ", 1, "A"))).isEqualTo(RoomRefusal.ANSWER_MALFORMED);
        var badOp = new RoomCommand.SaveAnswer("candidate:1", 1, 1, "q1", "a b", 1, Map.of());
        assertThat(room.refusal(badOp)).isEqualTo(RoomRefusal.ANSWER_MALFORMED);
        room.ok(room.save(1, "q1", 1, "\ud840\udfb7 \u4dae"));
    }

    @Test
    void itemsOfASittingAreBounded() {
        RoomFixture room = RoomFixture.sitting();
        for (int item = 0; item < AnswerLimits.ITEMS_MAX; item++) {
            room.ok(room.save(1, "q" + item, 1, "A"));
        }
        assertThat(room.refusal(room.save(1, "one-more", 1, "A")))
                .isEqualTo(RoomRefusal.SAVES_EXHAUSTED);
        room.ok(room.save(1, "q0", 2, "B"));
        assertThat(room.state.exam(EXAM)).isPresent();
    }

    private static RoomCommand start(long sitting, long lease) {
        return new RoomCommand.Start("candidate:" + sitting, sitting, lease, 7);
    }
}
