package io.invigil.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.DatabaseOverloaded;
import io.invigil.appliance.db.DatabaseRefused;
import io.invigil.appliance.db.DatabaseSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDerbyTest {
    private static final String MARK = "Zhang Wei, seat 17";

    @TempDir Path directory;

    private Database open(int firstKeyByte) {
        byte[] key = new byte[DatabaseSettings.Embedded.KEY_BYTES];
        key[0] = (byte) firstKeyByte;
        return Database.open(DatabaseSettings.embedded(directory.resolve("db"), key));
    }

    private static void fill(Database database) {
        database.useTransaction(
                tx -> {
                    tx.update("create table note (id integer, text varchar(200))").execute();
                    for (int i = 0; i < 50; i++) {
                        tx.update("insert into note values (:id, :text)")
                                .bind("id", i)
                                .bind("text", MARK)
                                .execute();
                    }
                });
    }

    private static long rows(Database database) {
        return database.inTransaction(
                tx -> tx.query("select count(*) from note").mapTo(Long.class).one());
    }

    @Test
    void keepsNothingReadableOnTheDiskAndOpensWithItsKeyOnly() throws IOException {
        try (Database database = open(1)) {
            fill(database);
        }
        List<Path> readable = new ArrayList<>();
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (bytes.contains(MARK)) {
                    readable.add(file);
                }
            }
        }
        assertThat(readable).isEmpty();
        assertThatThrownBy(() -> open(2)).isInstanceOf(DatabaseRefused.class);
        try (Database database = open(1)) {
            assertThat(rows(database)).isEqualTo(50);
        }
    }

    @Test
    void refusesSettingsThatLoseCommits() {
        System.setProperty("derby.system.durability", "test");
        try {
            assertThatThrownBy(() -> open(1))
                    .isInstanceOf(DatabaseRefused.class)
                    .hasMessageContaining("durability");
        } finally {
            System.clearProperty("derby.system.durability");
        }
    }

    /** Fault 76: an interrupt of the caller reaches no database thread; the work completes. */
    @Test
    void finishesTheWorkOfAnInterruptedThreadAndStaysWhole() throws InterruptedException {
        try (Database database = open(1)) {
            fill(database);
            for (int i = 0; i < 200; i++) {
                int id = 1000 + i;
                boolean before = i % 2 == 0;
                boolean[] stillInterrupted = new boolean[1];
                Thread thread =
                        new Thread(
                                () -> {
                                    if (before) {
                                        Thread.currentThread().interrupt();
                                    }
                                    database.useTransaction(
                                            tx ->
                                                    tx.update("insert into note values (:id, 'i')")
                                                            .bind("id", id)
                                                            .execute());
                                    stillInterrupted[0] = Thread.currentThread().isInterrupted();
                                });
                thread.start();
                if (!before) {
                    // at whatever point of the work, or after it
                    thread.interrupt();
                }
                thread.join();
                assertThat(stillInterrupted[0] || !before).isTrue();
            }
            assertThat(rows(database)).isEqualTo(250);
        }
        try (Database database = open(1)) {
            assertThat(rows(database)).isEqualTo(250);
        }
    }

    @Test
    void refusesWorkAfterClosing() {
        Database database = open(1);
        database.close();
        assertThatThrownBy(() -> rows(database)).isInstanceOf(DatabaseOverloaded.class);
    }
}
