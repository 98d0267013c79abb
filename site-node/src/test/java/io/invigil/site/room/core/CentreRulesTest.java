package io.invigil.site.room.core;

import static io.invigil.site.room.core.RoomFixture.EXAM;
import static io.invigil.site.room.core.RoomFixture.PROCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.room.CaseKind;
import io.invigil.exam.room.ProctorFact;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Issue 3, part 6: a message of the centre to a room, acknowledged by the proctor as a fact, and a
 * call for help from the desk (XSP-038: once by its id, whatever the repetition and order).
 */
class CentreRulesTest {
    private final RoomFixture room = RoomFixture.sitting();

    private static DeskCommand.HearCentre hear(String word, long sent, String text) {
        return new DeskCommand.HearCentre("node", EXAM, word, "考试中心", sent, text);
    }

    @Test
    void aWordThatComesTwiceOrLateIsOneWord() {
        assertThat(room.ok(hear("b", 200, "推迟十分钟")).facts()).hasSize(1);
        assertThat(room.ok(hear("a", 100, "请核对时钟")).facts()).hasSize(1);
        assertThat(room.ok(hear("b", 200, "推迟十分钟")).facts()).isEmpty();
        // a replay with other words under the same id changes nothing
        assertThat(room.ok(hear("b", 300, "提前十分钟")).facts()).isEmpty();
        assertThat(room.state.desk().room(EXAM).words())
                .extracting(DeskState.Word::text)
                .containsExactly("推迟十分钟", "请核对时钟");
        assertThat(room.state).isEqualTo(room.replayed());
    }

    @Test
    void whoReadsItFirstHasReadItForTheRoom() {
        room.ok(hear("a", 100, "请核对时钟"));
        var first = room.ok(new DeskCommand.ReadCentre(PROCTOR, EXAM, "a"));
        assertThat(first.facts()).containsExactly(new ProctorFact.CentreRead("a", EXAM));
        assertThat(room.ok(new DeskCommand.ReadCentre("staff:wang", EXAM, "a")).facts()).isEmpty();
        DeskState.Word word = room.state.desk().room(EXAM).words().getFirst();
        assertThat(word.readBy()).isEqualTo(PROCTOR);
        assertThat(room.state).isEqualTo(room.replayed());
    }

    @Test
    void noCandidateIsToldWhatTheCentreSaid() {
        room.ok(hear("a", 100, "请核对时钟"));
        assertThat(room.state.desk().room(EXAM).messages()).isEmpty();
    }

    @Test
    void aWordThatNobodyHeardCannotBeRead() {
        assertThat(room.refusal(new DeskCommand.ReadCentre(PROCTOR, EXAM, "x")))
                .isEqualTo(RoomRefusal.WORD_UNKNOWN);
    }

    @Test
    void moreWordsThanTheLimitAreNotTaken() {
        for (int number = 0; number < CentreRules.WORDS_MAX; number++) {
            room.ok(hear("w" + number, number, "字"));
        }
        assertThat(room.refusal(hear("more", 0, "字"))).isEqualTo(RoomRefusal.INCIDENTS_EXHAUSTED);
        assertThat(room.ok(hear("w7", 7, "字")).facts()).isEmpty();
    }

    @Test
    void theProctorsCallForHelpIsTheCentresCase() {
        var opened =
                room.ok(
                        new DeskCommand.OpenCase(
                                PROCTOR,
                                EXAM,
                                Optional.empty(),
                                "c-1",
                                CaseKind.CALL_CENTRE,
                                "机房停电"));
        assertThat(opened.facts()).hasSize(1);
        assertThat(((ProctorFact.CaseOpened) opened.facts().getFirst()).owner())
                .isEqualTo(CaseKind.Owner.CENTRE);
    }
}
