package io.invigil.site.room.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.pack.IdentityCheck;
import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.FactStamp;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.RoomPhase;
import io.invigil.exam.room.StampedFact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A room driven by hand: commands decided and applied, every fact through its JSON and back. */
final class RoomFixture {
    static final String EXAM = "E-1";
    static final String PAPER = "P-1";
    static final long SLOT_START = 1_900_000_000_000L;
    static final long SLOT_MINUTES = 120;
    static final int SEATS = 10;
    static final String PROCTOR = "staff:li";

    final RoomCore core = new RoomCore();
    final List<byte[]> ledger = new ArrayList<>();
    RoomState state = RoomState.EMPTY;
    long wall = SLOT_START - 20 * 60_000L;
    long up = 100_000;
    String boot = "boot-1";
    private long ops;

    /** Sittings 1 to 5 on the seats of the same number; 60 minutes, sitting 2 has 15 more. */
    static ExamPlan plan(long version) {
        Map<Long, ExamPlan.Place> places = new LinkedHashMap<>();
        for (long sitting = 1; sitting <= 5; sitting++) {
            places.put(
                    sitting,
                    new ExamPlan.Place(
                            "R1", (int) sitting, "S1", PAPER, 60, sitting == 2 ? 15 : 0));
        }
        return new TestPlan(
                        EXAM,
                        SLOT_START,
                        SLOT_START + SLOT_MINUTES * 60_000L,
                        Map.of("R1", SEATS),
                        places)
                .version(version)
                .plan();
    }

    static ExamPlan plan(long version, IdentityCheck identity) {
        return TestPlan.of(plan(version)).identity(identity).plan();
    }

    static RoomFixture prepared() {
        RoomFixture room = new RoomFixture();
        room.state = room.state.withPlan(plan(1));
        room.ok(new RoomCommand.ActivatePackage("node", EXAM, 1, "digest-1"));
        return room;
    }

    /** Check-in open, nobody in. */
    static RoomFixture checkingIn() {
        RoomFixture room = prepared();
        room.phase(RoomPhase.READY);
        room.phase(RoomPhase.CHECK_IN);
        return room;
    }

    /** Running from the slot's start, paper open, sittings 1 to 3 checked in. */
    static RoomFixture running() {
        RoomFixture room = checkingIn();
        for (long sitting = 1; sitting <= 3; sitting++) {
            room.ok(new RoomCommand.CheckIn(PROCTOR, sitting, CheckInWay.DESK_NUMBER));
        }
        room.pass(20 * 60_000L);
        room.openPaper();
        room.phase(RoomPhase.RUNNING);
        return room;
    }

    /** As running, and sitting 1 started on device "d1". */
    static RoomFixture sitting() {
        RoomFixture room = running();
        room.start(1);
        return room;
    }

    void phase(RoomPhase to) {
        ok(new RoomCommand.ChangePhase(PROCTOR, EXAM, to));
    }

    void openPaper() {
        ok(
                new RoomCommand.OpenPaper(
                        PROCTOR, EXAM, PAPER, "release-code", wall, List.of(), "", "i-open"));
    }

    void start(long sitting) {
        long lease = take(sitting, "d" + sitting);
        ok(new RoomCommand.Start("candidate:" + sitting, sitting, lease, 7));
    }

    long take(long sitting, String device) {
        var reply = ok(new RoomCommand.TakeWriter("candidate:" + sitting, sitting, device, true));
        return ((RoomReply.WriterGranted) reply.reply()).lease();
    }

    RoomCommand.SaveAnswer save(long sitting, String item, long revision, String value) {
        return new RoomCommand.SaveAnswer(
                "candidate:" + sitting,
                sitting,
                state.sitting(sitting).lease(),
                item,
                "op-" + ++ops,
                revision,
                Map.of("RESPONSE", List.of(value)));
    }

    void tick() {
        ok(new RoomCommand.Tick("node", EXAM));
    }

    /** Both clocks go on. */
    void pass(long millis) {
        wall += millis;
        up += millis;
    }

    /** As a running node lives through it: a tick every 5 s. */
    void passTicking(long millis) {
        for (long left = millis; left > 0; left -= 5_000) {
            pass(Math.min(left, 5_000));
            tick();
        }
    }

    void reboot(long downMillis) {
        boot = boot + "+";
        up = 30_000;
        wall += downMillis;
    }

    Decision decide(RoomCommand command) {
        return core.decide(state, time(), command);
    }

    CoreTime time() {
        return new CoreTime(wall, up, boot);
    }

    Decision.Accepted ok(RoomCommand command) {
        Decision decision = decide(command);
        assertThat(decision).as("%s", command).isInstanceOf(Decision.Accepted.class);
        var accepted = (Decision.Accepted) decision;
        accepted.facts().forEach(fact -> apply(fact, command.by()));
        return accepted;
    }

    /** Carries it out if it is accepted. */
    Decision issue(RoomCommand command) {
        Decision decision = decide(command);
        if (decision instanceof Decision.Accepted accepted) {
            accepted.facts().forEach(fact -> apply(fact, command.by()));
        }
        return decision;
    }

    void apply(RoomFact fact, String by) {
        byte[] json = new StampedFact(new FactStamp(wall, up, boot, by), fact).draft().json();
        ledger.add(json);
        state = core.apply(state, StampedFact.parse(json).orElseThrow());
    }

    RoomRefusal refusal(RoomCommand command) {
        Decision decision = decide(command);
        assertThat(decision).as("%s", command).isInstanceOf(Decision.Refused.class);
        return ((Decision.Refused) decision).code();
    }

    /** What a restarted process would have. */
    RoomState replayed() {
        RoomState again = RoomState.EMPTY;
        for (byte[] json : ledger) {
            again = core.apply(again, StampedFact.parse(json).orElseThrow());
        }
        for (ExamState exam : state.exams().values()) {
            again = exam.plan().map(again::withPlan).orElse(again);
        }
        return again;
    }

    long remaining(long sitting) {
        return state.remaining(sitting, time()).orElseThrow();
    }
}
