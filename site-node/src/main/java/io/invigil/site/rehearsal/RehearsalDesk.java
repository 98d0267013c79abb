package io.invigil.site.rehearsal;

import io.invigil.appliance.data.PrivateFiles;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Orders rehearsals, one at a time, and keeps the last one's figures. Thread-safe. */
public final class RehearsalDesk implements AutoCloseable {
    private static final int FILE_BYTES_MAX = 64 * 1024;
    private static final long STOP_MILLIS_MAX = 15_000;

    private final Stage stage;
    private final NodeId node;
    private final String software;
    private final Path file;
    private final Clock clock;
    private final Entropy entropy;
    private Optional<Rehearsal> running = Optional.empty();
    private Optional<Thread> thread = Optional.empty();

    /**
     * @param software name and version that the result states
     * @param file keeps the last result over a restart
     */
    public RehearsalDesk(
            Stage stage, NodeId node, String software, Path file, Clock clock, Entropy entropy) {
        this.stage = stage;
        this.node = node;
        this.software = software;
        this.file = file;
        this.clock = clock;
        this.entropy = entropy;
    }

    /** Starts one; a code when there may be none, empty text when it began. */
    public synchronized String start(int candidates, long seconds) {
        if (!RehearsalOrder.isAllowed(candidates, seconds)) {
            return "REHEARSAL_OUT_OF_RANGE";
        }
        if (running.isPresent()) {
            return "REHEARSAL_RUNS";
        }
        String objection = stage.objection();
        if (!objection.isEmpty()) {
            return objection;
        }
        Rehearsal next =
                new Rehearsal(
                        stage,
                        node,
                        new RehearsalOrder(candidates, java.time.Duration.ofSeconds(seconds)),
                        software,
                        clock,
                        entropy);
        running = Optional.of(next);
        thread = Optional.of(Thread.ofPlatform().name("rehearsal").start(() -> play(next)));
        return "";
    }

    private void play(Rehearsal rehearsal) {
        try {
            PrivateFiles.write(file, Json.write(rehearsal.play()));
        } finally {
            synchronized (this) {
                running = Optional.empty();
            }
        }
    }

    /** Ends the running one early. */
    public synchronized void stop() {
        running.ifPresent(Rehearsal::stop);
    }

    /** How far the running one is. */
    public synchronized Optional<Rehearsal.Progress> progress() {
        return running.map(Rehearsal::progress);
    }

    /** Code of why none may begin now; empty text when one may. */
    public String objection() {
        return stage.objection();
    }

    /** The last one's figures; empty when there was none. */
    public Optional<RehearsalResult> last() {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= FILE_BYTES_MAX
                    ? Json.read(Files.readAllBytes(file), RehearsalResult.class)
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    @Override
    public void close() {
        stop();
        Optional<Thread> waited;
        synchronized (this) {
            waited = thread;
        }
        if (waited.isPresent()) {
            try {
                waited.get().join(STOP_MILLIS_MAX);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
