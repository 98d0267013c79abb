package io.invigil.site.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.room.StampedFact;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.Durability;
import io.invigil.site.room.core.RoomCommand;
import io.invigil.site.room.core.RoomRefusal;
import io.invigil.site.room.core.RoomReply;
import io.invigil.site.room.core.RoomState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomEngineTest {
    @TempDir Path directory;

    @Test
    void answersWhenTheFactsAreOnBothDevicesAndThePublishedStateHasThem() throws Exception {
        try (EngineFixture room = new EngineFixture(directory, 3)) {
            room.run();
            room.sit(1);
            Outcome outcome = room.save(1, "q1", 1, "A").get();
            assertThat(outcome)
                    .isEqualTo(
                            new Outcome.Kept(
                                    new RoomReply.AnswerKept("q1", 1, false),
                                    Durability.TWO_DEVICES));
            assertThat(room.engine().state().sitting(1).answers()).containsKey("q1");
        }
    }

    @Test
    void refusalsChangeNothingAndAreAnsweredAtOnce() throws Exception {
        try (EngineFixture room = new EngineFixture(directory, 3)) {
            room.run();
            RoomState before = room.engine().state();
            Outcome outcome = room.save(1, "q1", 1, "A").get();
            assertThat(((Outcome.Refused) outcome).code()).isEqualTo(RoomRefusal.NOT_STARTED);
            assertThat(room.engine().state()).isEqualTo(before);
        }
    }

    @Test
    void fault1To4EveryAcknowledgedAnswerIsThereAfterEachKill() throws Exception {
        Random random = new Random(11);
        Map<String, String> acknowledged = new HashMap<>();
        Map<String, Long> revisions = new HashMap<>();
        try (EngineFixture room = new EngineFixture(directory, 5)) {
            room.run();
            for (long sitting = 1; sitting <= 5; sitting++) {
                room.sit(sitting);
            }
            for (int kill = 0; kill < 5; kill++) {
                List<CompletableFuture<Outcome>> replies = new ArrayList<>();
                for (int save = 0; save < 60; save++) {
                    long sitting = 1 + random.nextInt(5);
                    String item = "q" + random.nextInt(6);
                    String key = sitting + "/" + item;
                    long revision = revisions.merge(key, 1L, Long::sum);
                    String value = "v" + random.nextInt();
                    replies.add(
                            room.save(sitting, item, revision, value)
                                    .whenComplete(
                                            (outcome, failed) -> {
                                                assertThat(outcome)
                                                        .isInstanceOf(Outcome.Kept.class);
                                                acknowledged.put(key, value);
                                            }));
                }
                CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new)).get();
                RoomState before = room.engine().state();
                room.killAndRestart();
                assertThat(room.engine().state().sittings()).isEqualTo(before.sittings());
            }
            acknowledged.forEach((key, value) -> assertAnswer(room, key, value));
            Outcome again = room.save(1, "q0", revisions.get("1/q0"), "whatever").get();
            assertThat(((RoomReply.AnswerKept) ((Outcome.Kept) again).reply()).repeated())
                    .as("the page's own repeat after the kill is recognised")
                    .isTrue();
        }
    }

    @Test
    void countsTheResultLaneAsTheLedgerNumbersIt() throws Exception {
        try (EngineFixture room = new EngineFixture(directory, 2)) {
            room.run();
            room.sit(1);
            room.sit(2);
            for (int revision = 1; revision <= 20; revision++) {
                room.save(1 + revision % 2, "q" + revision, 1, "A").get();
            }
            long last =
                    room.ledger().heads().stream()
                            .filter(heads -> heads.epoch().equals(room.ledger().epoch()))
                            .findFirst()
                            .orElseThrow()
                            .lanes()
                            .get(Lane.RES)
                            .seq();
            long greatest =
                    Math.max(
                            room.engine().view().results().get(1).orElseThrow().seq(),
                            room.engine().view().results().get(2).orElseThrow().seq());
            assertThat(greatest).isEqualTo(last);
            RoomView before = room.engine().view();
            room.killAndRestart();
            assertThat(room.engine().view().results()).isEqualTo(before.results());
        }
    }

    @Test
    void closesALargeExamInSeveralAppends() throws Exception {
        try (EngineFixture room = new EngineFixture(directory, 1_200)) {
            room.run();
            room.sit(1);
            room.ok(new RoomCommand.CloseRoom(EngineFixture.PROCTOR, EngineFixture.EXAM));
            RoomState before = room.engine().state();
            assertThat(before.sitting(1).handedIn()).isTrue();
            assertThat(before.sitting(1_200).attendance().absent()).isPresent();
            room.killAndRestart();
            assertThat(room.engine().state().sittings()).isEqualTo(before.sittings());
        }
    }

    @Test
    void tellsListenersWhatIsDurableInOrder() throws Exception {
        List<StampedFact> heard = Collections.synchronizedList(new ArrayList<>());
        try (EngineFixture room =
                new EngineFixture(directory, 2, (state, facts, gap) -> heard.addAll(facts))) {
            room.run();
            room.sit(1);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (heard.size() < 8 && System.nanoTime() < end) {
                Thread.sleep(5);
            }
            assertThat(heard)
                    .extracting(fact -> fact.fact().getClass().getSimpleName())
                    .startsWith(
                            "PackageActivated",
                            "PhaseChanged",
                            "PhaseChanged",
                            "PhaseChanged",
                            "PaperOpened",
                            "CheckedIn",
                            "WriterChanged",
                            "SittingStarted");
        }
    }

    @Test
    void aFullQueueSaysBusy() throws Exception {
        try (EngineFixture room = new EngineFixture(directory, 2)) {
            room.run();
            room.sit(1);
            List<CompletableFuture<Outcome>> replies = new ArrayList<>();
            for (int save = 0; save < 4 * RoomEngine.QUEUE_MAX; save++) {
                replies.add(room.save(2, "q1", 1, "A"));
                replies.add(
                        room.engine()
                                .submit(
                                        new RoomCommand.CheckIn(
                                                EngineFixture.PROCTOR,
                                                1 + save % 2,
                                                io.invigil.exam.room.CheckInWay.MANUAL)));
            }
            CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new)).get();
            assertThat(replies.stream().map(CompletableFuture::join))
                    .allMatch(
                            outcome ->
                                    outcome instanceof Outcome.Busy
                                            || outcome instanceof Outcome.Refused
                                            || outcome instanceof Outcome.Kept);
            room.ok(
                    new RoomCommand.CheckIn(
                            EngineFixture.PROCTOR, 2, io.invigil.exam.room.CheckInWay.MANUAL));
        }
    }

    private static void assertAnswer(EngineFixture room, String key, String value) {
        String[] parts = key.split("/");
        assertThat(
                        room.engine()
                                .state()
                                .sitting(Long.parseLong(parts[0]))
                                .answers()
                                .get(parts[1])
                                .response()
                                .get("RESPONSE"))
                .as(key)
                .containsExactly(value);
    }

    @Test
    void saysHaltedWhenTheLedgerIsGone() throws IOException {
        try (EngineFixture room = new EngineFixture(directory, 2)) {
            room.run();
            room.sit(1);
            room.loseLedger();
            Outcome outcome = room.save(1, "q1", 1, "A").join();
            assertThat(outcome).isInstanceOf(Outcome.Halted.class);
            assertThat(room.engine().halted()).isTrue();
            assertThat(room.engine().state().sitting(1).answers()).isEmpty();
        }
    }
}
