package io.invigil.site.pack;

import io.invigil.appliance.data.PrivateFiles;
import io.invigil.protocol.json.Json;
import io.invigil.site.room.RoomTimeSource;
import io.invigil.site.room.core.CoreTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The newest time that the centre has signed, carried forward by the machine's monotonic clock: the
 * only time of which the node can say that it is not earlier (XSP/1 sections 8 and 11). A new boot
 * forgets how much time went by, so it knows nothing until it hears of the centre again.
 * Thread-safe.
 */
public final class TrustedTime {
    private static final long WRITE_EVERY_MILLIS = 60_000;
    private static final int FILE_BYTES_MAX = 4_096;

    private final RoomTimeSource source;
    private final Path file;
    private Optional<Mark> mark;

    /** Signed time {@code hubMillis} was known at uptime {@code up} of the boot. */
    private record Mark(String boot, long up, long hubMillis) {}

    /**
     * @param file keeps the mark over a restart of the process
     */
    public TrustedTime(RoomTimeSource source, Path file) {
        this.source = source;
        this.file = file;
        this.mark = read(file);
    }

    /** A message that the centre signed says this time. */
    public synchronized void signed(Instant hubTime) {
        CoreTime now = source.now();
        long known = millisAt(now).orElse(Long.MIN_VALUE);
        if (hubTime.toEpochMilli() <= known) {
            return;
        }
        boolean write = hubTime.toEpochMilli() > known + WRITE_EVERY_MILLIS;
        mark = Optional.of(new Mark(now.boot(), now.upMillis(), hubTime.toEpochMilli()));
        if (write) {
            PrivateFiles.write(file, Json.write(mark.get()));
        }
    }

    /** The time now is at least this; empty when nothing was heard since the machine started. */
    public synchronized Optional<Instant> now() {
        return millisAt(source.now()).map(Instant::ofEpochMilli);
    }

    private Optional<Long> millisAt(CoreTime now) {
        return mark.filter(m -> m.boot().equals(now.boot()))
                .map(m -> m.hubMillis() + Math.max(0, now.upMillis() - m.up()));
    }

    private static Optional<Mark> read(Path file) {
        try {
            boolean there = Files.exists(file) && Files.size(file) <= FILE_BYTES_MAX;
            return there ? Json.read(Files.readAllBytes(file), Mark.class) : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }
}
