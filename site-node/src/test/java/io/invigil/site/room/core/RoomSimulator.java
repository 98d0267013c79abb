package io.invigil.site.room.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.pack.AttemptRules;
import io.invigil.exam.pack.FaceRechecks;
import io.invigil.exam.room.AttemptKey;
import io.invigil.exam.room.CaseKind;
import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.FaceVerdict;
import io.invigil.exam.room.IdentityMoment;
import io.invigil.exam.room.IdentityQuestion;
import io.invigil.exam.room.MessageKind;
import io.invigil.exam.room.PageSignal;
import io.invigil.exam.room.PortalAnswer;
import io.invigil.exam.room.RoomPhase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * A seeded exam day of commands good and bad, with kills, reboots and clock jumps in between. A
 * fact that a kill caught before it was durable is lost with its reply; everything that was
 * answered must be there afterwards.
 */
final class RoomSimulator {
    private static final long SITTINGS = 5;
    private static final int EARLY_STEPS = 40;
    private static final int REPLAY_EVERY = 8;

    private final Random random;
    private final RoomFixture room = RoomFixture.prepared();
    private final Map<String, String> acknowledged = new HashMap<>();
    private final List<RoomCommand.SaveAnswer> unanswered = new ArrayList<>();
    private final Map<Long, RoomReply> receipts = new HashMap<>();
    private final Map<Long, Long> lastRemaining = new HashMap<>();

    private final Map<Long, SittingState.HandIn> spent = new HashMap<>();

    private int checks;

    RoomSimulator(long seed) {
        this.random = new Random(seed);
        AttemptRules two = new AttemptRules(2, AttemptRules.Counting.HIGHEST);
        room.state =
                room.state.withPlan(
                        TestPlan.of(RoomFixture.plan(1))
                                .attempts(two)
                                .rechecks(new FaceRechecks(10, true))
                                .plan());
    }

    /** Returns how many attempts were followed by another. */
    int run(int steps) {
        for (int step = 0; step < steps; step++) {
            pass();
            // early phases are short, or hardly anyone would ever sit
            boolean early = step < EARLY_STEPS && random.nextInt(4) == 0;
            switch (early ? 7 : random.nextInt(40)) {
                case 0 -> kill();
                case 1 -> reboot();
                case 2 -> jump();
                case 3, 4 -> proctor();
                case 5, 6 -> attend();
                case 7 -> phase(step, steps);
                case 8 -> repeatUnanswered();
                case 9 -> handIn();
                case 10 -> desk(step);
                case 11 -> again();
                case 12 -> recheck(step);
                default -> candidate();
            }
            check();
        }
        issue(new RoomCommand.CloseRoom("staff:li", RoomFixture.EXAM));
        check();
        return spent.size();
    }

    private void pass() {
        room.pass(random.nextInt(4_000));
        issue(new RoomCommand.Tick("node", RoomFixture.EXAM));
    }

    /** The process dies; what is on the ledger is all there is. */
    private void kill() {
        room.state = room.replayed();
        room.pass(random.nextInt(30_000));
    }

    private void reboot() {
        room.reboot(random.nextInt(300_000));
        room.state = room.replayed();
        lastRemaining.clear();
        issue(new RoomCommand.Tick("node", RoomFixture.EXAM));
    }

    private void jump() {
        room.wall = Math.max(0, room.wall + (random.nextLong() >> 24));
    }

    private void phase(int step, int steps) {
        RoomPhase[] order = {RoomPhase.READY, RoomPhase.CHECK_IN, RoomPhase.RUNNING};
        RoomPhase now = room.state.exam(RoomFixture.EXAM).orElseThrow().phase();
        boolean wild = random.nextInt(4) == 0;
        RoomPhase to = order[wild ? random.nextInt(order.length) : Math.min(2, now.ordinal())];
        issue(new RoomCommand.ChangePhase("staff:li", RoomFixture.EXAM, to));
        issue(
                new RoomCommand.OpenPaper(
                        "staff:li",
                        RoomFixture.EXAM,
                        RoomFixture.PAPER,
                        "release-code",
                        room.wall,
                        List.of("li", "wang"),
                        "step " + step + " of " + steps,
                        "open-" + step));
    }

    private void attend() {
        long sitting = anyone();
        issue(
                switch (random.nextInt(7)) {
                    case 0 -> new RoomCommand.UndoCheckIn("staff:li", sitting, "wrong");
                    case 1 -> new RoomCommand.MarkAbsent("staff:li", sitting, "not seen");
                    case 2 ->
                            new RoomCommand.ChangeSeat(
                                    "staff:li", sitting, random.nextInt(12), "screen");
                    case 3 ->
                            new DeskCommand.AnswerPortal(
                                    "candidate:" + sitting,
                                    sitting,
                                    room.up,
                                    PortalAnswer.ARRIVED,
                                    random.nextInt(4) == 0);
                    default -> new RoomCommand.CheckIn("staff:li", sitting, CheckInWay.DESK_NUMBER);
                });
    }

    private void proctor() {
        long sitting = anyone();
        lastRemaining.remove(sitting);
        issue(
                switch (random.nextInt(4)) {
                    case 0 -> new RoomCommand.GrantTime("staff:li", sitting, 60_000, "noise");
                    case 1 -> new RoomCommand.Pause("staff:li", sitting, "alarm");
                    case 2 -> new RoomCommand.Resume("staff:li", sitting, "over");
                    default -> new RoomCommand.ResetPin("staff:li", sitting);
                });
    }

    private void desk(int step) {
        long sitting = anyone();
        lastRemaining.remove(sitting);
        String id = "desk-" + step;
        Optional<Long> about = Optional.of(sitting);
        switch (random.nextInt(6)) {
            case 0 -> {
                boolean back =
                        issue(new DeskCommand.Readmit("staff:li", sitting, 60_000, "back", id))
                                instanceof Decision.Accepted;
                if (back && !room.state.now(sitting).handedIn()) {
                    receipts.remove(room.state.latest(sitting));
                }
            }
            case 1 -> issue(new DeskCommand.NoteSilence("node", sitting, random.nextInt(90_000)));
            case 2 -> {
                issue(new DeskCommand.Compensate("staff:li", sitting, OptionalLong.empty(), "out"));
                if (!room.state.now(sitting).handedIn()) {
                    receipts.remove(room.state.latest(sitting));
                }
            }
            case 3 ->
                    issue(
                            new DeskCommand.Tell(
                                    "staff:li",
                                    RoomFixture.EXAM,
                                    about,
                                    id,
                                    MessageKind.WARNING,
                                    "text"));
            case 4 -> {
                long other = anyone();
                lastRemaining.remove(other);
                issue(new DeskCommand.SwapSeats("staff:li", sitting, other, "crosswise", id));
            }
            default ->
                    issue(
                            new DeskCommand.OpenCase(
                                    "candidate:" + sitting,
                                    RoomFixture.EXAM,
                                    about,
                                    id,
                                    CaseKind.HELP,
                                    ""));
        }
    }

    /** A further attempt; what was handed in before is spent and never changes. */
    private void again() {
        long attempt = room.state.latest(anyone());
        if (room.state.sitting(attempt).sits() && random.nextBoolean()) {
            handIn(attempt);
        }
        Decision decision = issue(new RoomCommand.NextAttempt(by(attempt), attempt));
        if (decision instanceof Decision.Accepted accepted && !accepted.facts().isEmpty()) {
            spent.put(attempt, room.state.sitting(attempt).handIn().orElseThrow());
            lastRemaining.remove(AttemptKey.sittingOf(attempt));
        }
    }

    /** A check comes, is answered, missed or left alone, and now and then decided. */
    private void recheck(int step) {
        long sitting = anyone();
        int number = room.state.sitting(sitting).attendance().identity().recheck().asked();
        String picture = "%064x".formatted(step);
        switch (random.nextInt(4)) {
            case 0 ->
                    issue(
                            new RoomCommand.SignalPage(
                                    by(sitting),
                                    room.state.latest(sitting),
                                    room.state.now(sitting).lease(),
                                    "away-" + step,
                                    PageSignal.LEFT,
                                    900,
                                    true));
            case 1 ->
                    issue(
                            new RoomCommand.MissRecheck(
                                    by(sitting),
                                    sitting,
                                    number,
                                    IdentityQuestion.NO_CAMERA,
                                    Optional.of(picture)));
            case 2 ->
                    issue(
                            new RoomCommand.RecordComparison(
                                    by(sitting),
                                    sitting,
                                    IdentityMoment.DURING_THE_TEST,
                                    FaceVerdict.values()[random.nextInt(3)],
                                    0.4,
                                    "model",
                                    Optional.empty(),
                                    Optional.empty(),
                                    picture));
            default ->
                    issue(
                            new RoomCommand.DecideIdentity(
                                    "staff:li",
                                    sitting,
                                    random.nextBoolean(),
                                    "looked",
                                    Optional.empty()));
        }
    }

    private void candidate() {
        long sitting = room.state.latest(anyone());
        SittingState known = room.state.sitting(sitting);
        if (known.lease() == 0 || random.nextInt(20) == 0) {
            String device = "d" + random.nextInt(3);
            boolean takeover = random.nextBoolean();
            issue(new RoomCommand.TakeWriter(by(sitting), sitting, device, takeover));
        } else if (!known.started()) {
            issue(new RoomCommand.Start(by(sitting), sitting, known.lease(), random.nextLong()));
        } else {
            String item = "q" + random.nextInt(8);
            ItemAnswer answer = known.answers().get(item);
            long revision = (answer == null ? 0 : answer.revision()) + 1 + (random.nextInt(9) / 8);
            save(room.save(sitting, item, revision, "v" + random.nextInt()));
        }
    }

    private void repeatUnanswered() {
        if (!unanswered.isEmpty()) {
            save(unanswered.remove(random.nextInt(unanswered.size())));
        }
    }

    /** A reply may get lost on its way to the page, or the process dies before it is durable. */
    private void save(RoomCommand.SaveAnswer save) {
        Decision decision = room.decide(save);
        if (!(decision instanceof Decision.Accepted accepted)) {
            return;
        }
        if (random.nextInt(20) == 0) {
            unanswered.add(save);
            kill();
            return;
        }
        room.ok(save);
        if (random.nextInt(10) == 0) {
            unanswered.add(save);
        }
        if (accepted.reply() instanceof RoomReply.AnswerKept kept && !kept.repeated()) {
            acknowledged.put(key(save.sitting(), save.item()), value(save));
        }
    }

    private void handIn() {
        long sitting = room.state.latest(anyone());
        SittingState known = room.state.sitting(sitting);
        if (random.nextInt(10) == 0 || known.handedIn()) {
            handIn(sitting);
        }
    }

    private void handIn(long sitting) {
        SittingState known = room.state.sitting(sitting);
        Decision decision = issue(new RoomCommand.HandIn(by(sitting), sitting, known.lease()));
        if (decision instanceof Decision.Accepted accepted) {
            RoomReply first = receipts.putIfAbsent(sitting, accepted.reply());
            assertThat(first == null ? accepted.reply() : first).isEqualTo(accepted.reply());
        }
    }

    private Decision issue(RoomCommand command) {
        return room.issue(command);
    }

    private void check() {
        if (checks++ % REPLAY_EVERY == 0) {
            assertThat(room.replayed()).as("replay gives the same state").isEqualTo(room.state);
        }
        int sits = 0;
        for (long sitting = 1; sitting <= SITTINGS; sitting++) {
            long latest = room.state.latest(sitting);
            assertThat(AttemptKey.of(latest).attempt()).isLessThanOrEqualTo(2);
            SittingState known = room.state.sitting(latest);
            sits += known.sits() ? 1 : 0;
            assertThat(known.timing().pausedMillis()).isNotNegative();
            long lost = Losses.lostMillis(room.state, latest);
            assertThat(room.state.desk().seat(latest).compensatedMillis())
                    .as("never more given back than lost, rounded up to a minute")
                    .isLessThan(lost + 60_000);
            if (known.sits()) {
                long remaining = room.remaining(latest);
                assertThat(remaining).isNotNegative();
                Long before = lastRemaining.put(sitting, remaining);
                assertThat(before == null ? remaining : before)
                        .as("the clock of sitting %d never goes up by itself", sitting)
                        .isGreaterThanOrEqualTo(remaining);
            }
        }
        assertThat(room.state.sitting()).isEqualTo(sits);
        acknowledged.forEach(this::checkAcknowledged);
        spent.forEach(
                (attempt, handIn) ->
                        assertThat(room.state.sitting(attempt).handIn())
                                .as("a spent attempt stays as it was handed in")
                                .contains(handIn));
    }

    private void checkAcknowledged(String key, String value) {
        String[] parts = key.split("/");
        ItemAnswer answer = room.state.sitting(Long.parseLong(parts[0])).answers().get(parts[1]);
        assertThat(answer).as("acknowledged answer %s", key).isNotNull();
        assertThat(answer.response().get("RESPONSE")).containsExactly(value);
    }

    private long anyone() {
        return 1 + random.nextInt((int) SITTINGS);
    }

    private static String by(long sitting) {
        return "candidate:" + sitting;
    }

    private static String key(long sitting, String item) {
        return sitting + "/" + item;
    }

    private static String value(RoomCommand.SaveAnswer save) {
        return save.response().get("RESPONSE").get(0);
    }
}
