package io.invigil.site.room.core;

import static io.invigil.site.room.core.RoomFixture.EXAM;
import static io.invigil.site.room.core.RoomFixture.PROCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.room.HandInCause;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.RoomPhase;
import org.junit.jupiter.api.Test;

class RoomTimeTest {
    private static final long MINUTE = 60_000;

    @Test
    void minutesCountFromTheOwnStartWithExtraTime() {
        RoomFixture room = RoomFixture.sitting();
        room.pass(10 * MINUTE);
        room.start(2);
        assertThat(room.remaining(1)).isEqualTo(50 * MINUTE);
        assertThat(room.remaining(2)).isEqualTo(75 * MINUTE);
    }

    @Test
    void theSlotEndCutsALateStart() {
        RoomFixture room = RoomFixture.running();
        room.ok(new RoomCommand.GrantTime(PROCTOR, 2, 60 * MINUTE, "power cut"));
        room.pass(80 * MINUTE);
        room.start(2);
        assertThat(room.remaining(2))
                .as("40 minutes to the end of the slot and 60 granted")
                .isEqualTo(100 * MINUTE);
    }

    @Test
    void refusesAStartAfterTheLateLimit() {
        RoomFixture room = RoomFixture.running();
        long lease = room.take(1, "d1");
        room.pass(30 * MINUTE + 1);
        assertThat(room.refusal(new RoomCommand.Start("candidate:1", 1, lease, 7)))
                .isEqualTo(RoomRefusal.TOO_LATE_TO_START);
        room.ok(new RoomCommand.GrantTime(PROCTOR, 1, 5 * MINUTE, "queue at the door"));
        room.ok(new RoomCommand.Start("candidate:1", 1, lease, 7));
    }

    @Test
    void fault19ClockJumpsDoNotChangeExamTime() {
        RoomFixture room = RoomFixture.sitting();
        for (long jump : new long[] {365L * 86_400_000, -730L * 86_400_000, -room.wall}) {
            room.wall = Math.max(0, room.wall + jump);
            long before = room.remaining(1);
            room.pass(3_000);
            room.ok(room.save(1, "q" + jump, 1, "A"));
            assertThat(room.remaining(1)).isEqualTo(before - 3_000);
        }
        assertThat(room.state.outages()).isEmpty();
    }

    @Test
    void aWallClockOutOfTheSlotAtTheStartGivesTheSlotItsLength() {
        RoomFixture room = RoomFixture.checkingIn();
        room.wall = 1_000;
        room.phase(RoomPhase.RUNNING);
        ExamState exam = room.state.exam(EXAM).orElseThrow();
        assertThat(exam.slotEnd().getAsLong() - exam.runningAt().getAsLong())
                .isEqualTo(RoomFixture.SLOT_MINUTES * MINUTE);
    }

    @Test
    void fault20UptimeThatStepsBackGivesNoNegativeDuration() {
        RoomFixture room = RoomFixture.sitting();
        room.pass(10_000);
        room.ok(room.save(1, "q1", 1, "A"));
        long left = room.remaining(1);
        room.up -= 8_000;
        room.ok(room.save(1, "q1", 2, "B"));
        assertThat(room.remaining(1)).isEqualTo(left);
    }

    @Test
    void aRestartUnderTheSameBootIsExact() {
        RoomFixture room = RoomFixture.sitting();
        room.passTicking(10 * MINUTE);
        room.state = room.replayed();
        room.pass(4_000);
        assertThat(room.remaining(1)).isEqualTo(50 * MINUTE - 4_000);
    }

    @Test
    void aNewBootResumesFromTheLastTickAndKeepsTheDownTimeAsEvidence() {
        RoomFixture room = RoomFixture.sitting();
        room.passTicking(10 * MINUTE);
        room.pass(3_000);
        room.reboot(2 * MINUTE);
        assertThat(room.remaining(1)).isEqualTo(50 * MINUTE);
        room.tick();
        assertThat(room.state.outages())
                .containsExactly(
                        new Outage(
                                room.state.clock().lastMillis(),
                                room.state.clock().lastMillis(),
                                2 * MINUTE + 3_000,
                                true));
        room.pass(MINUTE);
        assertThat(room.remaining(1)).isEqualTo(49 * MINUTE);
    }

    @Test
    void handsInByItselfWhenTheTimeIsUpAndTheLastSaveHadItsSeconds() {
        RoomFixture room = RoomFixture.sitting();
        room.passTicking(60 * MINUTE + LateRule.ON_ITS_WAY_MILLIS);
        assertThat(room.remaining(1)).isZero();
        room.ok(room.save(1, "q1", 1, "A"));
        room.pass(1);
        assertThat(room.refusal(room.save(1, "q1", 2, "B"))).isEqualTo(RoomRefusal.TIME_IS_UP);
        room.tick();
        assertThat(room.state.sitting(1).handIn().orElseThrow().cause())
                .isEqualTo(HandInCause.TIME_UP);
    }

    @Test
    void anOutageOverTheEndGivesItsOwnLengthAtMostTenMinutes() {
        RoomFixture room = RoomFixture.sitting();
        room.passTicking(59 * MINUTE);
        room.pass(4 * MINUTE);
        room.ok(room.save(1, "q1", 1, "A"));
        room.passTicking(4 * MINUTE);
        room.ok(room.save(1, "q1", 2, "B"));
        room.pass(1);
        assertThat(room.refusal(room.save(1, "q1", 3, "C"))).isEqualTo(RoomRefusal.TIME_IS_UP);

        RoomFixture longer = RoomFixture.sitting();
        longer.passTicking(59 * MINUTE);
        longer.pass(30 * MINUTE);
        longer.tick();
        longer.passTicking(10 * MINUTE);
        assertThat(longer.state.sitting(1).sits()).isTrue();
        longer.pass(1);
        longer.tick();
        assertThat(longer.state.sitting(1).handedIn()).isTrue();
    }

    @Test
    void grantedTimeGoesOnTopWithinLimits() {
        RoomFixture room = RoomFixture.sitting();
        room.ok(new RoomCommand.GrantTime(PROCTOR, 1, 10 * MINUTE, "fire alarm"));
        assertThat(room.remaining(1)).isEqualTo(70 * MINUTE);
        assertThat(room.refusal(new RoomCommand.GrantTime(PROCTOR, 1, 171 * MINUTE, "r")))
                .isEqualTo(RoomRefusal.GRANT_OUT_OF_RANGE);
        assertThat(room.refusal(new RoomCommand.GrantTime(PROCTOR, 1, -1, "r")))
                .isEqualTo(RoomRefusal.GRANT_OUT_OF_RANGE);
        assertThat(room.refusal(new RoomCommand.GrantTime(PROCTOR, 1, MINUTE, "")))
                .isEqualTo(RoomRefusal.REASON_NEEDED);
    }

    @Test
    void aPauseStopsTheClockAndTheAnswers() {
        RoomFixture room = RoomFixture.sitting();
        room.passTicking(10 * MINUTE);
        room.ok(new RoomCommand.Pause(PROCTOR, 1, "fire alarm"));
        room.ok(room.save(1, "q1", 1, "on its way"));
        room.passTicking(7 * MINUTE);
        assertThat(room.remaining(1)).isEqualTo(50 * MINUTE);
        assertThat(room.refusal(room.save(1, "q1", 2, "B"))).isEqualTo(RoomRefusal.PAUSED);
        room.ok(new RoomCommand.Resume(PROCTOR, 1, "all back"));
        assertThat(room.remaining(1)).isEqualTo(50 * MINUTE);
        room.pass(MINUTE);
        assertThat(room.remaining(1)).isEqualTo(49 * MINUTE);
        assertThat(room.refusal(new RoomCommand.Resume(PROCTOR, 1, "again")))
                .isEqualTo(RoomRefusal.NOT_PAUSED);
    }

    @Test
    void ticksEveryFiveSecondsWhileAnyoneSits() {
        RoomFixture room = RoomFixture.running();
        assertThat(room.ok(new RoomCommand.Tick("node", EXAM)).facts()).isEmpty();
        room.start(1);
        int ticks = 0;
        for (int second = 0; second < 60; second++) {
            room.pass(1_000);
            ticks +=
                    (int)
                            room.ok(new RoomCommand.Tick("node", EXAM)).facts().stream()
                                    .filter(RoomFact.Tick.class::isInstance)
                                    .count();
        }
        assertThat(ticks).isEqualTo(12);
    }
}
