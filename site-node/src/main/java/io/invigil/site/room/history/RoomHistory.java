package io.invigil.site.room.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.DatabaseRefused;
import io.invigil.appliance.db.DatabaseSettings;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.exam.room.AttemptKey;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.ledger.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/**
 * Applies the ledger to Derby on a thread of its own, in batches that carry their own mark, so that
 * a kill at any moment applies each record once. A database that cannot be opened, fails, or knows
 * of records that the ledger does not have is put aside, alarmed and built anew. Thread-safe.
 */
public final class RoomHistory implements AutoCloseable {
    public static final int BATCH_MAX = 500;

    /** Damaged databases put aside for the technician; older ones are not kept. */
    public static final int ASIDE_MAX = 3;

    private static final long PAUSE_MILLIS = 1_000;
    private static final long LAG_ALARM_MILLIS = 30_000;
    private static final int CONNECTIONS = 2;

    private final Ledger ledger;
    private final Path directory;
    private final byte[] key;
    private final LongFunction<String> examOf;
    private final BooleanSupplier resting;
    private final Clock clock;
    private final BiConsumer<String, String> alarm;
    private final HistoryStore store = new HistoryStore();
    private final Thread thread;
    private Optional<Database> database = Optional.empty();
    private long applied;
    private long levelAtNanos = System.nanoTime();
    private volatile boolean closed;

    /**
     * @param directory where Derby lies; put aside as a whole when damaged
     * @param examOf name of a sitting's exam, or empty text
     * @param resting when nothing is to be applied, because the disk's rest is the answers'
     * @param alarm code and detail
     */
    public RoomHistory(
            Ledger ledger,
            Path directory,
            byte[] key,
            LongFunction<String> examOf,
            BooleanSupplier resting,
            Clock clock,
            BiConsumer<String, String> alarm) {
        this.ledger = ledger;
        this.directory = directory;
        this.key = key.clone();
        this.examOf = examOf;
        this.resting = resting;
        this.clock = clock;
        this.alarm = alarm;
        this.thread =
                Thread.ofPlatform()
                        .name("room-history")
                        .priority(Thread.MIN_PRIORITY)
                        .daemon()
                        .unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Newest first; empty while the database is not there. */
    public synchronized Optional<List<HistoryEntry>> page(String exam, long sitting, long before) {
        return database.map(
                open -> open.inTransaction(tx -> store.page(tx, exam, sitting, before)));
    }

    /** Records that are durable and not applied yet. */
    public synchronized long lag() {
        return ledger.durablePosition() - applied;
    }

    /** Lets the database check itself; seconds for a large one, in which nothing is applied. */
    public synchronized HistoryCheck check() {
        return database.map(open -> check(open, lag())).orElseGet(HistoryCheck.Away::new);
    }

    /**
     * As {@link #check}, of a node that does not run: the caller holds its data directory.
     *
     * @param directory where Derby lies
     * @param key the history's 32 bytes
     */
    public static HistoryCheck checkStopped(Path directory, byte[] key) {
        if (!Files.isDirectory(directory)) {
            return new HistoryCheck.Away();
        }
        try (Database opened =
                Database.open(new DatabaseSettings.Embedded(directory, key, CONNECTIONS))) {
            return check(opened, 0);
        } catch (DatabaseRefused damaged) {
            return new HistoryCheck.Damaged(damaged.getClass().getSimpleName());
        }
    }

    private static HistoryCheck check(Database open, long lag) {
        try {
            int tables = open.inTransaction(tx -> new HistoryStore().check(tx));
            return new HistoryCheck.Sound(tables, Math.max(0, lag));
        } catch (RuntimeException damaged) {
            return new HistoryCheck.Damaged(damaged.getClass().getSimpleName());
        }
    }

    private void run() {
        boolean lagTold = false;
        while (!closed) {
            try {
                boolean rests = resting.getAsBoolean();
                if (!rests) {
                    openIfNeeded();
                }
                boolean level = rests || applySome();
                if (level) {
                    levelAtNanos = System.nanoTime();
                    lagTold = false;
                    Thread.sleep(PAUSE_MILLIS);
                } else if (!lagTold && millisBehind() > LAG_ALARM_MILLIS) {
                    lagTold = true;
                    alarm.accept("HISTORY_LAGS", lag() + " records");
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | IOException damaged) {
                rebuild("HISTORY_REBUILT", damaged.getClass().getSimpleName());
            }
        }
    }

    private long millisBehind() {
        return (System.nanoTime() - levelAtNanos) / 1_000_000;
    }

    private synchronized void openIfNeeded() throws IOException {
        if (database.isPresent()) {
            return;
        }
        Files.createDirectories(directory.toAbsolutePath().getParent());
        Database opened = Database.open(new DatabaseSettings.Embedded(directory, key, CONNECTIONS));
        database = Optional.of(opened);
        new Migrations(opened, clock).apply(new MigrationSource("site", RoomHistory.class));
        HistoryStore.Mark mark =
                opened.inTransaction(store::mark).orElse(new HistoryStore.Mark(0, ""));
        if (mark.position() > 0 && !ledgerHas(mark)) {
            rebuildFrom("HISTORY_AHEAD", "position " + mark.position());
            return;
        }
        applied = mark.position();
    }

    private boolean ledgerHas(HistoryStore.Mark mark) {
        boolean[] same = {false};
        ledger.replay(
                mark.position(),
                record -> {
                    same[0] =
                            record.position() == mark.position()
                                    && record.hash().hex().equals(mark.hash());
                    return false;
                });
        return same[0];
    }

    /** Returns whether nothing is left to apply. */
    private synchronized boolean applySome() {
        if (database.isEmpty()) {
            return true;
        }
        if (ledger.durablePosition() <= applied) {
            return true;
        }
        List<FactRecord> batch = new ArrayList<>();
        ledger.replay(
                applied + 1,
                record -> {
                    batch.add(record);
                    return batch.size() < BATCH_MAX;
                });
        if (batch.isEmpty()) {
            return true;
        }
        FactRecord last = batch.getLast();
        List<HistoryEntry> entries = batch.stream().flatMap(r -> entry(r).stream()).toList();
        database.get()
                .useTransaction(
                        tx -> {
                            store.add(tx, entries);
                            store.keepMark(
                                    tx, new HistoryStore.Mark(last.position(), last.hash().hex()));
                        });
        applied = last.position();
        return batch.size() < BATCH_MAX;
    }

    private Optional<HistoryEntry> entry(FactRecord record) {
        return StampedFact.parse(record.json())
                .filter(fact -> !(fact.fact() instanceof RoomFact.Tick))
                .map(fact -> entry(record, fact));
    }

    private HistoryEntry entry(FactRecord record, StampedFact stamped) {
        ObjectNode fields = Json.mapper().valueToTree(stamped.fact());
        fields.remove("response");
        String type = fields.remove("t").asText();
        OptionalLong sitting = stamped.fact().aboutSitting();
        String exam =
                fields.hasNonNull("exam")
                        ? fields.get("exam").asText()
                        : sitting.isPresent() ? examOf.apply(sitting.getAsLong()) : "";
        String detail = new String(Json.write(fields), StandardCharsets.UTF_8);
        int cut = Math.min(detail.length(), HistoryEntry.DETAIL_CHARS_MAX);
        return new HistoryEntry(
                record.position(),
                exam,
                AttemptKey.sittingOf(sitting.orElse(0)),
                type,
                Instant.ofEpochMilli(stamped.stamp().at()),
                stamped.stamp().by(),
                detail.substring(0, cut));
    }

    private synchronized void rebuild(String code, String detail) {
        if (closed) {
            return;
        }
        try {
            rebuildFrom(code, detail);
            Thread.sleep(PAUSE_MILLIS);
        } catch (IOException | UncheckedIOException stuck) {
            alarm.accept("HISTORY_STUCK", String.valueOf(stuck.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Puts the database aside; the next turn starts with an empty one. */
    private void rebuildFrom(String code, String detail) throws IOException {
        alarm.accept(code, detail);
        closeDatabase();
        applied = 0;
        for (int number = 1; Files.exists(directory); number++) {
            Path aside = directory.resolveSibling(directory.getFileName() + ".aside-" + number);
            if (!Files.exists(aside)) {
                Files.move(directory, aside);
            } else if (number >= ASIDE_MAX) {
                deleteTree(aside);
                Files.move(directory, aside);
            }
        }
    }

    private static void deleteTree(Path root) throws IOException {
        try (var tree = Files.walk(root)) {
            for (Path path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private void closeDatabase() {
        Optional<Database> open = database;
        database = Optional.empty();
        try {
            open.ifPresent(Database::close);
        } catch (RuntimeException damaged) {
            alarm.accept("HISTORY_CLOSE_FAILED", damaged.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            // never interrupted: Derby takes an interrupt for damage (fault row 76)
            thread.join(5_000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            closeDatabase();
        }
    }
}
