package io.invigil.site.room.core;

import static io.invigil.site.room.core.RoomFixture.PROCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Play limits of audio and video hold over reloads and machines (issue 3, part 4). */
class PlayRulesTest {
    private static RoomCommand.PlayClip play(RoomFixture room, int number, int most) {
        long lease = room.state.sitting(1).lease();
        return new RoomCommand.PlayClip("candidate:1", 1, lease, "q1/CLIP", number, most);
    }

    @Test
    void aPlayIsCountedOnceHoweverOftenThePageAsks() {
        RoomFixture room = RoomFixture.sitting();
        var first = play(room, 1, 2);
        assertThat(room.ok(first).facts()).hasSize(1);
        assertThat(room.ok(first).facts()).as("the page did not hear of it").isEmpty();
        assertThat(room.refusal(play(room, 3, 2))).isEqualTo(RoomRefusal.ANSWER_MALFORMED);
        assertThat(room.ok(play(room, 2, 2)).facts()).hasSize(1);
        assertThat(room.refusal(play(room, 3, 2))).isEqualTo(RoomRefusal.PLAYS_EXHAUSTED);
        assertThat(room.refusal(first)).as("not again").isEqualTo(RoomRefusal.PLAYS_EXHAUSTED);
        assertThat(room.state.sitting(1).watch().plays()).containsEntry("q1/CLIP", 2);
        assertThat(room.replayed().sitting(1)).isEqualTo(room.state.sitting(1));
    }

    @Test
    void anotherMachineGivesNoMorePlays() {
        RoomFixture room = RoomFixture.sitting();
        var before = play(room, 1, 1);
        room.ok(before);
        room.take(1, "d9");
        assertThat(room.refusal(before)).isEqualTo(RoomRefusal.WRITER_ELSEWHERE);
        assertThat(room.refusal(play(room, 2, 1))).isEqualTo(RoomRefusal.PLAYS_EXHAUSTED);
    }

    @Test
    void withoutALimitTheyAreCountedAllTheSameUpToTheRoomsOwn() {
        RoomFixture room = RoomFixture.sitting();
        for (int number = 1; number <= PlayRules.PLAYS_MAX; number++) {
            room.ok(play(room, number, 0));
        }
        assertThat(room.refusal(play(room, PlayRules.PLAYS_MAX + 1, 0)))
                .isEqualTo(RoomRefusal.PLAYS_EXHAUSTED);
    }

    @Test
    void nobodyPlaysWhilePausedOrAfterTheHandIn() {
        RoomFixture room = RoomFixture.sitting();
        room.ok(new RoomCommand.Pause(PROCTOR, 1, "消防演练"));
        assertThat(room.refusal(play(room, 1, 2))).isEqualTo(RoomRefusal.PAUSED);
        room.ok(new RoomCommand.Resume(PROCTOR, 1, "结束"));
        room.ok(new RoomCommand.HandIn("candidate:1", 1, room.state.sitting(1).lease()));
        assertThat(room.refusal(play(room, 1, 2))).isEqualTo(RoomRefusal.HANDED_IN);
    }
}
