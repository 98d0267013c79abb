package io.invigil.site.room.core;

import static io.invigil.site.room.core.RoomFixture.PROCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.pack.AttemptRules;
import io.invigil.exam.pack.SittingHolder;
import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomPhase;
import io.invigil.exam.room.StampedFact;
import io.invigil.protocol.paper.ReleaseCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An attempt is bound to one node; two that do not hear of each other never both spend it. */
class MovedSittingTest {
    private static final int SITTINGS = 5;
    private static final List<String> NODES = List.of("node-a", "node-b");

    @Test
    void whatANodeReleasedItNeverStarts() {
        RoomFixture room = RoomFixture.running();
        assertThat(room.refusal(new DeskCommand.Release(PROCTOR, 1, " ")))
                .isEqualTo(RoomRefusal.REASON_NEEDED);
        long lease = room.take(1, "d1");
        room.ok(new DeskCommand.Release(PROCTOR, 1, "water in the room"));
        assertThat(room.ok(new DeskCommand.Release(PROCTOR, 1, "again")).facts()).isEmpty();
        assertThat(room.refusal(new RoomCommand.Start("candidate:1", 1, lease, 1)))
                .isEqualTo(RoomRefusal.SITTING_RELEASED);
        assertThat(
                        room.refusal(
                                new RoomCommand.CheckIn(
                                        PROCTOR, 1, CheckInWay.MANUAL, "changed my mind")))
                .isEqualTo(RoomRefusal.SITTING_RELEASED);
        room.ok(new RoomCommand.CloseRoom(PROCTOR, RoomFixture.EXAM));
        assertThat(room.state.attempts(1)).noneMatch(SittingState::started);
        assertThat(room.replayed()).isEqualTo(room.state);
    }

    @Test
    void whatWasBegunStaysAtItsNode() {
        RoomFixture room = RoomFixture.sitting();
        assertThat(room.refusal(new DeskCommand.Release(PROCTOR, 1, "water")))
                .isEqualTo(RoomRefusal.ALREADY_STARTED);
        room.ok(new RoomCommand.HandIn("candidate:1", 1, room.state.sitting(1).lease()));
        assertThat(room.refusal(new DeskCommand.Release(PROCTOR, 1, "water")))
                .as("its later attempts too")
                .isEqualTo(RoomRefusal.ALREADY_STARTED);
    }

    /** Replays one run with {@code -Dseed=…}. */
    @Test
    void twoDisconnectedNodesNeverBothSpendAnAttempt() {
        int moved = 0;
        int spent = 0;
        int told = 0;
        for (long seed = 1; seed <= 60; seed++) {
            Two run = new Two(Long.getLong("seed", seed));
            run.run(400);
            moved += run.moved;
            spent += run.spent.size();
            told += run.told;
        }
        assertThat(moved).isGreaterThan(50);
        assertThat(spent).isGreaterThan(100);
        assertThat(told).as("by telephone").isGreaterThan(50);
    }

    /** Two nodes and a centre that hear of each other late, in any order, or not at all. */
    private static final class Two {
        private final Random random;
        private final Map<String, RoomFixture> rooms = new LinkedHashMap<>();
        private final Map<String, Integer> heard = new HashMap<>();
        private final Map<String, Set<Long>> published = new HashMap<>();
        private final Map<Long, String> holders = new HashMap<>();
        private final Map<Long, Set<String>> released = new HashMap<>();
        private final Map<Long, String> spent = new HashMap<>();
        private int moved;
        private int told;

        Two(long seed) {
            random = new Random(seed);
            for (String node : NODES) {
                rooms.put(node, new RoomFixture());
                published.put(node, new HashSet<>());
                heard.put(node, 0);
            }
        }

        void run(int steps) {
            for (int step = 0; step < steps; step++) {
                String node = NODES.get(random.nextInt(2));
                RoomFixture room = rooms.get(node);
                long sitting = 1 + random.nextInt(SITTINGS);
                switch (random.nextInt(7)) {
                    case 0 -> publish(node, sitting);
                    case 1 -> deliver(node, room);
                    case 2 -> hear(node, room);
                    case 3 -> room.issue(new DeskCommand.Release(PROCTOR, sitting, "water"));
                    case 4 -> room.state = room.replayed();
                    case 5 -> telephone(node, room, sitting);
                    default -> sit(node, room, sitting);
                }
            }
        }

        /** The centre signs the sitting into this node's package, if it may. */
        private void publish(String node, long sitting) {
            Optional<String> holder = Optional.ofNullable(holders.get(sitting));
            Set<String> gone = released.getOrDefault(sitting, Set.of());
            if (SittingHolder.mayHold(node, holder, gone, false)) {
                moved += holder.isPresent() && !holder.get().equals(node) ? 1 : 0;
                holders.put(sitting, node);
                published.get(node).add(sitting);
            }
        }

        /** A package, perhaps an old one, reaches the node; places once listed stay listed. */
        private void deliver(String node, RoomFixture room) {
            Map<Long, ExamPlan.Place> places = new HashMap<>();
            for (long sitting : published.get(node)) {
                places.put(
                        sitting,
                        new ExamPlan.Place("R1", (int) sitting, "S1", RoomFixture.PAPER, 60, 0));
            }
            if (places.isEmpty()) {
                return;
            }
            ExamPlan plan = RoomFixture.plan(1);
            room.state =
                    room.state.withPlan(
                            TestPlan.of(plan)
                                    .places(places)
                                    .attempts(new AttemptRules(2, AttemptRules.Counting.HIGHEST))
                                    .plan());
            room.issue(new RoomCommand.ActivatePackage("node", plan.exam(), 1, "digest-1"));
            for (RoomPhase phase :
                    List.of(RoomPhase.READY, RoomPhase.CHECK_IN, RoomPhase.RUNNING)) {
                room.issue(new RoomCommand.ChangePhase(PROCTOR, plan.exam(), phase));
                room.issue(
                        new RoomCommand.OpenPaper(
                                PROCTOR,
                                plan.exam(),
                                RoomFixture.PAPER,
                                "release-code",
                                room.wall,
                                List.of("li", "wang"),
                                "early",
                                "i-open"));
            }
        }

        /** Some more of the node's ledger reaches the centre. */
        private void hear(String node, RoomFixture room) {
            int from = heard.get(node);
            int to = from + random.nextInt(room.ledger.size() - from + 1);
            for (byte[] json : room.ledger.subList(from, to)) {
                if (StampedFact.parse(json).orElseThrow().fact()
                        instanceof ProctorFact.SittingReleased fact) {
                    released.computeIfAbsent(fact.sitting(), s -> new HashSet<>()).add(node);
                }
            }
            heard.put(node, to);
        }

        /** The two halves of the node's code are told, if it shows them; no line is needed. */
        private void telephone(String node, RoomFixture room, long sitting) {
            if (room.state.sitting(sitting).attendance().released()) {
                byte[] key = new byte[32];
                key[0] = (byte) node.charAt(node.length() - 1);
                ReleaseCode shown = SittingHolder.handoverCode(key, "E-" + node, sitting);
                assertThat(shown.isHalf(1, shown.half(1))).isTrue();
                assertThat(shown.isHalf(2, shown.half(1))).isFalse();
                released.computeIfAbsent(sitting, s -> new HashSet<>()).add(node);
                told++;
            }
        }

        private void sit(String node, RoomFixture room, long sitting) {
            String by = "candidate:" + sitting;
            room.issue(new RoomCommand.CheckIn(PROCTOR, sitting, CheckInWay.MANUAL, "came"));
            room.issue(new RoomCommand.TakeWriter(by, sitting, "d1", true));
            long lease = room.state.sitting(sitting).lease();
            room.issue(new RoomCommand.Start(by, sitting, lease, 1));
            if (room.state.sitting(sitting).started()) {
                String first = spent.putIfAbsent(sitting, node);
                assertThat(first == null ? node : first)
                        .as("sitting %d was begun at one node only", sitting)
                        .isEqualTo(node);
            }
        }
    }
}
