package io.invigil.site.setup;

import io.invigil.appliance.data.PrivateFiles;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** When the kit was taken and a check sheet made; kept over restarts. Thread-safe. */
public final class SetupMarks {
    private static final int FILE_BYTES_MAX = 4_096;

    private final Path file;
    private final Clock clock;

    /** What is kept. */
    public record Marks(Optional<Instant> kitTaken, Optional<Instant> sheetMade) {
        static final Marks NONE = new Marks(Optional.empty(), Optional.empty());
    }

    public SetupMarks(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    public synchronized Marks read() {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= FILE_BYTES_MAX
                    ? Json.read(Files.readAllBytes(file), Marks.class).orElse(Marks.NONE)
                    : Marks.NONE;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    public synchronized void kitTaken() {
        write(new Marks(Optional.of(clock.instant()), read().sheetMade()));
    }

    public synchronized void sheetMade() {
        write(new Marks(read().kitTaken(), Optional.of(clock.instant())));
    }

    private void write(Marks marks) {
        PrivateFiles.write(file, Json.write(marks));
    }
}
