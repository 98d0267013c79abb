package io.invigil.hub.backup;

import io.invigil.appliance.data.PrivateFiles;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where orders lie and answers are left: a directory inside the data directory, which only the
 * hub's own user can write. So an order needs no password and no port. Not thread-safe.
 */
public final class BackupDesk {
    static final int ORDER_BYTES_MAX = 16 * 1024;
    private static final String ORDER = "order.json";

    private final Path directory;

    /**
     * @param directory {@code backup} in the data directory
     */
    public BackupDesk(Path directory) {
        this.directory = directory;
    }

    /** The command's side: leaves an order; false when one lies there already. */
    public boolean order(BackupOrder order) {
        if (Files.exists(directory.resolve(ORDER))) {
            return false;
        }
        PrivateFiles.write(directory.resolve(ORDER), Json.write(order));
        return true;
    }

    /** The command's side: takes the answer to an order, once it is there. */
    public Optional<BackupOutcome> answer(String id) throws IOException {
        Path file = directory.resolve("answer-" + id + ".json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Optional<BackupOutcome> outcome = Json.read(Files.readAllBytes(file), BackupOutcome.class);
        Files.delete(file);
        return outcome;
    }

    /** The hub's side: carries out what was ordered; to be called every few seconds. */
    public void look(Backups backups) throws IOException {
        Path file = directory.resolve(ORDER);
        if (!Files.exists(file)) {
            return;
        }
        Optional<BackupOrder> order =
                Files.size(file) > ORDER_BYTES_MAX
                        ? Optional.empty()
                        : Json.read(Files.readAllBytes(file), BackupOrder.class);
        if (order.isPresent()) {
            BackupOutcome outcome = backups.run(order.get());
            PrivateFiles.write(
                    directory.resolve("answer-" + order.get().id() + ".json"), Json.write(outcome));
        }
        Files.delete(file);
    }
}
