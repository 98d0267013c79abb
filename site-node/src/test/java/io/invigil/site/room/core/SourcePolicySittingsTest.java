package io.invigil.site.room.core;

import static io.invigil.site.room.core.RoomFixture.PROCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.pack.ExamPolicy;
import io.invigil.exam.paper.Interaction;
import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.HandInCause;
import io.invigil.exam.room.PageSignal;
import io.invigil.exam.room.RoomPhase;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The policies of the sources 000 and 001 each as one complete sitting (domain, section 11): what
 * uses an attempt up is the candidate's own cause alone.
 */
class SourcePolicySittingsTest {
    private static final long MINUTE = 60_000;
    private int signals;

    private static RoomFixture room(ExamPolicy policy, int minutes) {
        RoomFixture room = new RoomFixture();
        room.state = room.state.withPlan(SourcePolicies.plan(policy, minutes));
        room.ok(new RoomCommand.ActivatePackage("node", RoomFixture.EXAM, 1, "digest-1"));
        room.phase(RoomPhase.READY);
        room.phase(RoomPhase.CHECK_IN);
        for (long sitting = 1; sitting <= 3; sitting++) {
            room.ok(new RoomCommand.CheckIn(PROCTOR, sitting, CheckInWay.DESK_NUMBER));
        }
        room.pass(20 * MINUTE);
        room.openPaper();
        room.phase(RoomPhase.RUNNING);
        return room;
    }

    private RoomCommand.SignalPage left(RoomFixture room, long millis, boolean reached) {
        return new RoomCommand.SignalPage(
                "candidate:1",
                1,
                room.state.sitting(1).lease(),
                "s-" + ++signals,
                PageSignal.LEFT,
                millis,
                reached);
    }

    /** Source 000: any 150 minutes of the window, one chance, leaving is recorded. */
    @Test
    void source000AComprehensiveTestFromStartToTimeUp() {
        RoomFixture room = room(SourcePolicies.S0, SourcePolicies.S0_MINUTES);
        room.passTicking(40 * MINUTE);
        room.start(1);
        assertThat(room.remaining(1)).isEqualTo(150 * MINUTE);
        room.ok(room.save(1, "q1", 1, "B"));
        room.ok(room.save(1, "q2", 1, Interaction.ON_PAPER));
        var signal = left(room, 20_000, true);
        assertThat(room.ok(signal).facts()).hasSize(1);
        assertThat(room.ok(signal).facts()).as("told twice").isEmpty();
        assertThat(room.state.sitting(1).watch().left()).isEqualTo(1);
        assertThat(room.state.sitting(1).sits()).as("recorded, nothing more").isTrue();
        room.passTicking(150 * MINUTE + 10_000);
        SittingState done = room.state.sitting(1);
        assertThat(done.handIn().orElseThrow().cause()).isEqualTo(HandInCause.TIME_UP);
        assertThat(done.handIn().orElseThrow().answered()).isEqualTo(2);
        assertThat(done.score()).as("result after marking").isEmpty();
        assertThat(room.refusal(new RoomCommand.Start("candidate:1", 1, 1, 7)))
                .as("one chance")
                .isEqualTo(RoomRefusal.HANDED_IN);
        assertThat(room.replayed().sitting(1)).isEqualTo(done);
    }

    /** Source 001, articles 3 and 4(2): 90 minutes; who leaves the page has used the attempt. */
    @Test
    void source001LeavingThePageUsesTheAttemptAndTheResultShowsAtOnce() {
        RoomFixture room = room(SourcePolicies.S1, SourcePolicies.S1_MINUTES);
        room.start(1);
        assertThat(room.remaining(1)).isEqualTo(90 * MINUTE);
        room.ok(room.save(1, "q1", 1, "B"));
        room.passTicking(5 * MINUTE);
        Decision.Accepted used = room.ok(left(room, 8_000, true));
        assertThat(used.reply()).isInstanceOf(RoomReply.HandInKept.class);
        SittingState.HandIn handIn = room.state.sitting(1).handIn().orElseThrow();
        assertThat(handIn.cause()).isEqualTo(HandInCause.LEFT_PAGE);
        assertThat(handIn.answered()).isEqualTo(1);
        room.ok(new RoomCommand.RecordScore("node", 1, BigDecimal.ONE, BigDecimal.TEN));
        assertThat(room.state.sitting(1).score()).isPresent();
        assertThat(room.replayed().sitting(1)).isEqualTo(room.state.sitting(1));
    }

    /** Source 001, article 4 says 因下列自身原因: never the node, the room or the network. */
    @Test
    void source001WhatNodeRoomOrNetworkCausedUsesNothing() {
        RoomFixture room = room(SourcePolicies.S1, SourcePolicies.S1_MINUTES);
        room.start(1);
        room.ok(left(room, 60_000, false));
        assertThat(room.state.sitting(1).sits()).as("the node was out of reach").isTrue();
        room.ok(new RoomCommand.Pause(PROCTOR, 1, "power"));
        room.ok(left(room, 60_000, true));
        room.ok(new RoomCommand.Resume(PROCTOR, 1, "power back"));
        room.pass(3 * MINUTE);
        room.tick();
        assertThat(room.state.sitting(1).sits()).as("paused, then the node was down").isTrue();
        assertThat(room.state.sitting(1).watch().left()).isZero();
        assertThat(room.state.sitting(1).watch().signals()).hasSize(2);
    }

    @Test
    void signalsOfAnotherMachineOrBeyondTheLimitAreRefused() {
        RoomFixture room = room(SourcePolicies.S0, SourcePolicies.S0_MINUTES);
        assertThat(room.refusal(left(room, 1_000, true))).isEqualTo(RoomRefusal.NOT_STARTED);
        room.start(1);
        var stale = left(room, 1_000, true);
        room.take(1, "d9");
        assertThat(room.refusal(stale)).isEqualTo(RoomRefusal.WRITER_ELSEWHERE);
        for (int n = 0; n < AnswerLimits.SIGNALS_MAX; n++) {
            room.ok(left(room, 1_000, true));
        }
        assertThat(room.refusal(left(room, 1_000, true))).isEqualTo(RoomRefusal.SAVES_EXHAUSTED);
        assertThat(room.ok(room.save(1, "q1", 1, "B")).facts()).hasSize(1);
        assertThat(room.state.sitting(1).answers().get("q1").response())
                .isEqualTo(Map.of("RESPONSE", List.of("B")));
    }
}
