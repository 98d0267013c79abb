package io.invigil.provisioning.backup;

import io.invigil.appliance.data.DataDirectory;
import io.invigil.appliance.data.DataDirectoryInUse;
import io.invigil.hub.backup.BackupDesk;
import io.invigil.hub.backup.BackupOrder;
import io.invigil.hub.backup.BackupOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code invigil backup}: orders a verified backup from the running hub of this machine and waits
 * for its answer. Exit 0 only when the copy was read back; receipts of grade R2 follow.
 */
@Command(
        name = "backup",
        description = {
            "Make a verified copy of the running hub.",
            "A hub on PostgreSQL is copied by the tools of its server (pg_basebackup or pg_dump);"
                    + " the data directory without \"backup\" belongs to it."
        },
        mixinStandardHelpOptions = true)
public final class BackupCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int ID_BYTES = 8;

    @Option(names = "--data", required = true, description = "The hub's data directory.")
    private Path data;

    @Option(
            names = "--to",
            required = true,
            description = "Existing directory, such as a mounted disk.")
    private Path to;

    @Option(
            names = "--same-disk",
            description = "Let a copy on the hub's own disk count: one broken disk takes both.")
    private boolean sameDisk;

    @Option(names = "--no-blobs", description = "Without pictures and attachments.")
    private boolean noBlobs;

    @Option(names = "--no-keys", description = "Without the hub's (encrypted) keys.")
    private boolean noKeys;

    @Override
    public Integer call() throws Exception {
        if (!Files.isDirectory(data.resolve("backup")) || !isRunning()) {
            System.err.println("no hub runs in " + data);
            return 1;
        }
        BackupDesk desk = new BackupDesk(data.resolve("backup"));
        byte[] id = new byte[ID_BYTES];
        new SecureRandom().nextBytes(id);
        BackupOrder order =
                new BackupOrder(
                        HexFormat.of().formatHex(id),
                        to.toAbsolutePath().normalize(),
                        sameDisk,
                        !noBlobs,
                        !noKeys);
        if (!desk.order(order)) {
            System.err.println("another backup is under way");
            return 1;
        }
        while (true) {
            Optional<BackupOutcome> outcome = desk.answer(order.id());
            if (outcome.isPresent()) {
                return Answers.print(outcome.get());
            }
            if (!isRunning()) {
                System.err.println("the hub ended before the backup was done");
                return 1;
            }
            Thread.sleep(POLL);
        }
    }

    private boolean isRunning() {
        try {
            DataDirectory.open(data).close();
            return false;
        } catch (DataDirectoryInUse running) {
            return true;
        }
    }
}
