package io.invigil.hub.emergency;

import io.invigil.exam.file.EmergencyFile;
import java.time.Instant;
import java.util.Optional;

/**
 * A file that was taken in.
 *
 * @param digest hex SHA-256 of the file: its name at the hub
 * @param scope exam, sitting and paper, proven by its key
 * @param decided empty while it waits for the second person
 */
public record BroughtFile(
        String digest,
        EmergencyFile.Scope scope,
        Whose whose,
        String takenBy,
        Instant takenAt,
        Optional<Decided> decided) {

    /** Whose answers they are, as registered. */
    public record Whose(String name, String number, String subject) {}

    public record Decided(Verdict verdict, String reason, String login, Instant at) {}

    /** Names stand in the database. */
    public enum Verdict {
        ADMITTED,
        REFUSED
    }
}
