package io.invigil.site.room.core;

import static io.invigil.site.room.core.RoomFixture.PROCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.room.ApartReason;
import io.invigil.exam.room.HeldEvidence;
import io.invigil.exam.room.RoomFact;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What a page wrote while the node was out of reach: XSP/1 section 11 (late edits, LATE_UNPROVEN)
 * and domain section 11.
 */
class ApartRulesTest {
    private static final long MINUTE = 60_000;
    private static final Map<String, List<String>> B = Map.of("RESPONSE", List.of("B"));

    private static RoomCommand.SaveAnswer held(
            RoomFixture room, String item, long revision, RoomCommand.Held held) {
        var save = room.save(1, item, revision, "B");
        return new RoomCommand.SaveAnswer(
                save.by(),
                save.sitting(),
                save.lease(),
                save.item(),
                save.op(),
                save.revision(),
                save.response(),
                Optional.of(held));
    }

    private static long now(RoomFixture room) {
        return room.state.clock().millisAt(room.time());
    }

    /** Written 2 minutes before the end, arrives 3 minutes after it; the node ran all the time. */
    private static RoomCommand.SaveAnswer lateButWrittenInTime(RoomFixture room) {
        room.passTicking(57 * MINUTE);
        long contact = now(room);
        room.passTicking(6 * MINUTE);
        return held(room, "q1", 1, new RoomCommand.Held(5 * MINUTE, contact, MINUTE, true));
    }

    @Test
    void lateEditsThatNothingProvesAreKeptApartAndDoNotCount() {
        RoomFixture room = RoomFixture.sitting();
        var save = lateButWrittenInTime(room);
        assertThat(room.state.sitting(1).handedIn()).isTrue();
        Decision.Accepted kept = room.ok(save);
        assertThat(kept.reply())
                .isEqualTo(new RoomReply.AnswerApart("q1", save.op(), ApartReason.LATE_UNPROVEN));
        SittingState sitting = room.state.sitting(1);
        assertThat(sitting.answers()).isEmpty();
        ApartAnswer apart = sitting.apart().get(save.op());
        assertThat(apart.response()).isEqualTo(B);
        assertThat(apart.held())
                .contains(new HeldEvidence(5 * MINUTE, 6 * MINUTE, true, 2 * MINUTE));
        assertThat(room.ok(save).facts()).as("sent again").isEmpty();
        assertThat(room.replayed().sitting(1)).isEqualTo(sitting);
    }

    @Test
    void anAccountThatContradictsTheNodesClockIsSaidToBeInconsistent() {
        RoomFixture room = RoomFixture.sitting();
        room.passTicking(57 * MINUTE);
        long contact = now(room);
        room.passTicking(6 * MINUTE);
        var longer = held(room, "q1", 1, new RoomCommand.Held(MINUTE, contact, MINUTE, true));
        var reloaded = held(room, "q2", 1, new RoomCommand.Held(0, contact, 6 * MINUTE, false));
        room.ok(longer);
        room.ok(reloaded);
        for (String op : List.of(longer.op(), reloaded.op())) {
            HeldEvidence held = room.state.sitting(1).apart().get(op).held().orElseThrow();
            assertThat(held.consistent()).isFalse();
        }
    }

    @Test
    void lateEditsOfAPageThatReachedTheNodeStayRefused() {
        RoomFixture room = RoomFixture.sitting();
        room.passTicking(60 * MINUTE);
        room.pass(6_000);
        assertThat(room.refusal(room.save(1, "q1", 1, "B"))).isEqualTo(RoomRefusal.TIME_IS_UP);
        var justNow = new RoomCommand.Held(1_000, now(room) - 2_000, 1_000, true);
        assertThat(room.refusal(held(room, "q1", 1, justNow))).isEqualTo(RoomRefusal.TIME_IS_UP);
        room.tick();
        assertThat(room.refusal(room.save(1, "q1", 1, "B"))).isEqualTo(RoomRefusal.HANDED_IN);
        assertThat(room.state.sitting(1).apart()).isEmpty();
    }

    @Test
    void timeGrantedMeanwhileMakesAHeldEditAnOrdinaryOne() {
        RoomFixture room = RoomFixture.sitting();
        room.passTicking(58 * MINUTE);
        room.ok(new RoomCommand.GrantTime(PROCTOR, 1, 10 * MINUTE, "line cut"));
        room.passTicking(6 * MINUTE);
        var save = held(room, "q1", 1, new RoomCommand.Held(5 * MINUTE, now(room), 0, true));
        assertThat(room.ok(save).reply()).isEqualTo(new RoomReply.AnswerKept("q1", 1, false));
    }

    @Test
    void anOutageOfTheNodeThatSpansTheEndLetsHeldEditsCount() {
        RoomFixture room = RoomFixture.sitting();
        room.passTicking(58 * MINUTE);
        room.pass(4 * MINUTE);
        var save = held(room, "q1", 1, new RoomCommand.Held(3 * MINUTE, now(room), 0, true));
        assertThat(room.ok(save).reply()).isEqualTo(new RoomReply.AnswerKept("q1", 1, false));
        assertThat(room.state.sitting(1).apart()).isEmpty();
    }

    @Test
    void whatAMachineWroteBeforeAnotherTookOverIsKeptBesideTheAnswers() {
        RoomFixture room = RoomFixture.sitting();
        var onTheFirst = held(room, "q1", 1, new RoomCommand.Held(MINUTE, now(room), 1_000, true));
        room.take(1, "d9");
        room.ok(room.save(1, "q1", 1, "A"));
        assertThat(room.ok(onTheFirst).reply())
                .isEqualTo(
                        new RoomReply.AnswerApart("q1", onTheFirst.op(), ApartReason.OTHER_WRITER));
        assertThat(room.state.sitting(1).answers().get("q1").response())
                .isEqualTo(Map.of("RESPONSE", List.of("A")));
        var forged = held(room, "q2", 1, new RoomCommand.Held(MINUTE, now(room), 0, true));
        var ahead = new RoomCommand.SaveAnswer(forged.by(), 1, 99, "q2", "o", 1, B, forged.held());
        assertThat(room.refusal(ahead)).isEqualTo(RoomRefusal.WRITER_ELSEWHERE);
    }

    @Test
    void aHeldEditNeverOverwritesWhatWasSavedElsewhereMeanwhile() {
        RoomFixture room = RoomFixture.sitting();
        room.ok(room.save(1, "q1", 1, "A"));
        var stale = held(room, "q1", 1, new RoomCommand.Held(MINUTE, now(room), 0, true));
        assertThat(room.refusal(stale)).isEqualTo(RoomRefusal.REVISION_CONFLICT);
    }

    @Test
    void aProctorSaysWithAReasonWhetherToCountIt() {
        RoomFixture room = RoomFixture.sitting();
        String op = lateButWrittenInTime(room).op();
        assertThat(room.refusal(new RoomCommand.DecideApart(PROCTOR, 1, op, true, "seen")))
                .isEqualTo(RoomRefusal.APART_UNKNOWN);
        var save = held(room, "q1", 1, new RoomCommand.Held(0, now(room), 0, false));
        room.ok(save);
        assertThat(room.refusal(new RoomCommand.DecideApart(PROCTOR, 1, save.op(), true, " ")))
                .isEqualTo(RoomRefusal.REASON_NEEDED);
        var decide = new RoomCommand.DecideApart(PROCTOR, 1, save.op(), true, "cable pulled");
        room.ok(decide);
        assertThat(room.ok(decide).facts()).as("said twice").isEmpty();
        ApartAnswer.Word word = room.state.sitting(1).apart().get(save.op()).word().orElseThrow();
        assertThat(word.accepted()).isTrue();
        assertThat(word.by()).isEqualTo(PROCTOR);
        assertThat(room.state.sitting(1).answers()).as("the reviewer decides").isEmpty();
    }

    @Test
    void anEmergencyFileBringsInOnlyWhatTheNodeDoesNotHave() {
        RoomFixture room = RoomFixture.sitting();
        var saved = room.save(1, "q1", 1, "A");
        room.ok(saved);
        assertThat(room.ok(file("q1", saved.op(), "A")).facts()).isEmpty();
        assertThat(room.ok(file("q1", "other", "A")).facts()).as("same answer").isEmpty();
        List<RoomFact> facts = room.ok(file("q1", "f2", "C")).facts();
        assertThat(facts).hasSize(1);
        assertThat(((RoomFact.AnswerKeptApart) facts.get(0)).why())
                .isEqualTo(ApartReason.EMERGENCY_FILE);
        assertThat(room.ok(file("q1", "f2", "C")).facts()).isEmpty();
        assertThat(room.state.sitting(1).answers().get("q1").revision()).isEqualTo(1);
    }

    private static RoomCommand.ImportAnswer file(String item, String op, String value) {
        return new RoomCommand.ImportAnswer(
                PROCTOR, 1, item, op, 0, Map.of("RESPONSE", List.of(value)));
    }

    @Test
    void keepsAtMostSoManyApart() {
        RoomFixture room = RoomFixture.sitting();
        for (int n = 0; n < AnswerLimits.APART_MAX; n++) {
            room.ok(file("q1", "f" + n, "v" + n));
        }
        assertThat(room.refusal(file("q1", "one-more", "x")))
                .isEqualTo(RoomRefusal.SAVES_EXHAUSTED);
    }

    @Test
    void earlierAnswersCanBeRestoredAndAreBounded() {
        RoomFixture room = RoomFixture.sitting();
        for (int n = 1; n <= 40; n++) {
            room.ok(room.save(1, "q1", n, "text " + n));
            room.pass(n % 2 == 0 ? ItemAnswer.VERSION_MILLIS : 1_000);
        }
        ItemAnswer answer = room.state.sitting(1).answers().get("q1");
        assertThat(answer.versions()).hasSize(ItemAnswer.VERSIONS_MAX);
        assertThat(answer.versions().get(0).revision()).isEqualTo(39);
        String essay = "字".repeat(20_000 / 3);
        for (int n = 41; n <= 60; n++) {
            room.ok(room.save(1, "q1", n, n + essay));
            room.pass(ItemAnswer.VERSION_MILLIS);
        }
        int chars =
                room.state.sitting(1).answers().get("q1").versions().stream()
                        .mapToInt(ItemAnswer.Version::chars)
                        .sum();
        assertThat(chars).isLessThanOrEqualTo(ItemAnswer.VERSION_CHARS_MAX);
        assertThat(room.replayed().sitting(1)).isEqualTo(room.state.sitting(1));
    }

    /** faults.md row 74: a process that stood still for a minute has one writer afterwards. */
    @Test
    void fault74AfterAPauseOfAMinuteTheSittingIsTakenOverCleanlyAndOnlyOneMachineWrites() {
        RoomFixture room = RoomFixture.sitting();
        room.ok(room.save(1, "q1", 1, "A"));
        room.tick();
        var sentBefore = held(room, "q1", 2, new RoomCommand.Held(61_000, now(room), 500, true));
        room.pass(60_000);
        long lease = room.take(1, "d9");
        assertThat(lease).isEqualTo(2);
        assertThat(room.ok(sentBefore).reply()).isInstanceOf(RoomReply.AnswerApart.class);
        assertThat(room.refusal(new RoomCommand.HandIn("candidate:1", 1, 1)))
                .isEqualTo(RoomRefusal.WRITER_ELSEWHERE);
        assertThat(room.ok(room.save(1, "q1", 2, "C")).reply())
                .isEqualTo(new RoomReply.AnswerKept("q1", 2, false));
        assertThat(room.state.sitting(1).answers().get("q1").response())
                .isEqualTo(Map.of("RESPONSE", List.of("C")));
        assertThat(room.state.outages()).as("the pause is measured").hasSize(1);
        assertThat(room.replayed().sitting(1)).isEqualTo(room.state.sitting(1));
    }
}
