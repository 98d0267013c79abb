package io.invigil.site.room.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.site.room.EngineFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomHistoryTest {
    @TempDir Path directory;
    private final List<String> alarms = new CopyOnWriteArrayList<>();
    private final AtomicBoolean resting = new AtomicBoolean();

    @Test
    void fault16OnAFullDiskItRestsAndCatchesUpLater() throws Exception {
        try (EngineFixture room = new EngineFixture(directory.resolve("room"), 1)) {
            resting.set(true);
            room.run();
            try (RoomHistory history =
                    new RoomHistory(
                            room.ledger(),
                            directory.resolve("db/history"),
                            new byte[32],
                            sitting -> EngineFixture.EXAM,
                            resting::get,
                            Clock.systemUTC(),
                            (code, detail) -> alarms.add(code))) {
                history.start();
                room.sit(1);
                assertThat(history.page(EngineFixture.EXAM, 0, Long.MAX_VALUE)).isEmpty();
                assertThat(directory.resolve("db/history")).doesNotExist();
                resting.set(false);
                for (int tries = 0; tries < 1_000 && history.lag() > 0; tries++) {
                    Thread.sleep(20);
                }
                assertThat(history.page(EngineFixture.EXAM, 0, Long.MAX_VALUE)).isNotEmpty();
            }
        }
        assertThat(alarms).isEmpty();
    }

    @Test
    void fault3And12And13And85ItIsRebuiltWheneverItDoesNotFitTheLedger() throws Exception {
        try (EngineFixture room = new EngineFixture(directory.resolve("room"), 2)) {
            room.run();
            room.sit(1);
            room.save(1, "q1", 1, "secret answer").get();
            List<HistoryEntry> first = projected(room, alarms);
            assertThat(alarms).isEmpty();
            assertThat(first).hasSize(9).extracting(HistoryEntry::type).contains("answer-saved");
            assertThat(first.toString()).doesNotContain("secret answer");

            assertThat(projected(room, alarms)).as("applied once").isEqualTo(first);
            assertThat(alarms).isEmpty();

            damage();
            assertThat(projected(room, alarms)).isEqualTo(first);
            assertThat(alarms).as("fault 12 and 13").contains("HISTORY_REBUILT");
            alarms.clear();
            try (EngineFixture other = new EngineFixture(directory.resolve("other"), 2)) {
                other.run();
                assertThat(projected(other, alarms)).hasSize(5);
                assertThat(alarms).as("fault 85").containsExactly("HISTORY_AHEAD");
            }
        }
    }

    @Test
    void theDatabaseChecksItselfAndFindsWhatADiskChanged() throws Exception {
        Path derby = directory.resolve("db/history");
        assertThat(RoomHistory.checkStopped(derby, new byte[32]))
                .isEqualTo(new HistoryCheck.Away());
        try (EngineFixture room = new EngineFixture(directory.resolve("room"), 2)) {
            room.run();
            projected(room, alarms);
        }
        assertThat(RoomHistory.checkStopped(derby, new byte[32]))
                .isInstanceOfSatisfying(
                        HistoryCheck.Sound.class,
                        sound -> assertThat(sound.tables()).isGreaterThanOrEqualTo(2));
        damage();
        assertThat(RoomHistory.checkStopped(derby, new byte[32]))
                .as("fault 12")
                .isInstanceOf(HistoryCheck.Damaged.class);
    }

    private List<HistoryEntry> projected(EngineFixture room, List<String> told)
            throws InterruptedException {
        try (RoomHistory history =
                new RoomHistory(
                        room.ledger(),
                        directory.resolve("db/history"),
                        new byte[32],
                        sitting -> EngineFixture.EXAM,
                        resting::get,
                        Clock.systemUTC(),
                        (code, detail) -> told.add(code))) {
            history.start();
            for (int tries = 0; tries < 1_000; tries++) {
                var page = history.page(EngineFixture.EXAM, 0, Long.MAX_VALUE);
                if (page.isPresent() && !page.get().isEmpty() && history.lag() <= 0) {
                    return page.get();
                }
                Thread.sleep(20);
            }
            throw new AssertionError("the history never became level: " + told);
        }
    }

    private void damage() throws IOException {
        try (var files = Files.list(directory.resolve("db/history/seg0"))) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                for (int at = 0; at < bytes.length; at += 97) {
                    bytes[at] ^= 1;
                }
                Files.write(file, bytes);
            }
        }
    }
}
