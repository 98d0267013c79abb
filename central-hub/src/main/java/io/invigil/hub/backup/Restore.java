package io.invigil.hub.backup;

import io.invigil.appliance.data.DataDirectory;
import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.DatabaseRefused;
import io.invigil.hub.ingest.HubEpochs;
import io.invigil.hub.ingest.LaneAudit;
import io.invigil.hub.ingest.StoredRunDamaged;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes a hub's data directory of a backup. Every file and every record is checked before the
 * directory counts; the hub epoch is the next one, so nodes send again what the hub gave receipts
 * for after the backup (fault row 38). Stateless.
 */
public final class Restore {
    /** What people may have put into the new data directory before. */
    private static final Set<String> BROUGHT = Set.of("lock", "data.key");

    private final TenantId tenant;
    private final Clock clock;
    private final Entropy entropy;

    public Restore(TenantId tenant, Clock clock, Entropy entropy) {
        this.tenant = tenant;
        this.clock = clock;
        this.entropy = entropy;
    }

    /**
     * Restores.
     *
     * @param backup a directory that a backup made
     * @param target the new data directory: absent, or with the data key in it, and with the keys
     *     where the backup has none
     * @param environment for the data key
     */
    public BackupOutcome run(Path backup, Path target, Map<String, String> environment) {
        try {
            Optional<BackupManifest> manifest = manifest(backup);
            if (manifest.isEmpty()) {
                return refused(BackupRefusal.RESTORE_NO_BACKUP, backup.toString());
            }
            List<BackupManifest.CopiedFile> found =
                    CopiedTree.digests(backup).stream()
                            .filter(file -> !file.path().equals(BackupManifest.FILE))
                            .toList();
            if (!found.equals(manifest.get().files())) {
                return refused(BackupRefusal.BACKUP_DAMAGED, "files differ from backup.json");
            }
            try (DataDirectory data = DataDirectory.open(target)) {
                if (!isNew(data.root(), manifest.get())) {
                    return refused(BackupRefusal.RESTORE_NOT_EMPTY, target.toString());
                }
                if (!manifest.get().keys() && !Files.isDirectory(data.root().resolve("keys"))) {
                    return refused(BackupRefusal.RESTORE_NO_KEYS, target.toString());
                }
                if (!hasDataKey(data, environment)) {
                    return refused(BackupRefusal.RESTORE_NO_DATA_KEY, target.toString());
                }
                return fill(backup, manifest.get(), data, environment);
            }
        } catch (StoredRunDamaged | DatabaseRefused damaged) {
            return refused(BackupRefusal.BACKUP_DAMAGED, damaged.getMessage());
        } catch (IOException failure) {
            return refused(BackupRefusal.BACKUP_IO, failure.toString());
        }
    }

    private BackupOutcome fill(
            Path backup,
            BackupManifest manifest,
            DataDirectory data,
            Map<String, String> environment)
            throws IOException {
        DataKey key = DataKey.open(data, environment, entropy);
        for (String part : List.of("database", "keys", "blobs")) {
            if (Files.isDirectory(backup.resolve(part))) {
                CopiedTree.copy(backup.resolve(part), data.root().resolve(part));
            }
        }
        List<LaneAudit.Head> heads;
        try (Database database =
                Database.open(Backups.settings(data.file("database"), key.derive("derby")))) {
            heads = new LaneAudit(tenant, manifest.realm()).check(database);
            HubEpochs.openNext(database, tenant, clock, entropy);
        }
        if (!heads.equals(manifest.lanes().stream().map(Backups::head).toList())) {
            return refused(BackupRefusal.BACKUP_DAMAGED, "lanes differ from backup.json");
        }
        CopiedTree.force(data.root());
        return new BackupOutcome.Done(
                data.root(),
                heads.size(),
                heads.stream().mapToLong(LaneAudit.Head::seq).sum(),
                manifest.files().size(),
                manifest.files().stream().mapToLong(BackupManifest.CopiedFile::length).sum());
    }

    private static Optional<BackupManifest> manifest(Path backup) throws IOException {
        Path file = backup.resolve(BackupManifest.FILE);
        return Files.isRegularFile(file)
                ? Json.read(Files.readAllBytes(file), BackupManifest.class)
                : Optional.empty();
    }

    private static boolean isNew(Path root, BackupManifest manifest) throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.equals("keys") || manifest.keys())
                    .allMatch(BROUGHT::contains);
        }
    }

    /** A key made anew would open nothing. */
    private static boolean hasDataKey(DataDirectory data, Map<String, String> environment) {
        String credentials = environment.getOrDefault("CREDENTIALS_DIRECTORY", "");
        return Files.exists(data.file("data.key"))
                || (!credentials.isEmpty()
                        && Files.exists(Path.of(credentials, DataKey.CREDENTIAL)));
    }

    private static BackupOutcome.Refused refused(BackupRefusal reason, String detail) {
        return new BackupOutcome.Refused(reason, detail);
    }
}
