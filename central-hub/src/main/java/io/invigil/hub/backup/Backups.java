package io.invigil.hub.backup;

import io.invigil.appliance.data.DataDirectory;
import io.invigil.appliance.data.PrivateFiles;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.DatabaseRefused;
import io.invigil.appliance.db.DatabaseSettings;
import io.invigil.appliance.db.Dialect;
import io.invigil.hub.ingest.HubEpochs;
import io.invigil.hub.ingest.LaneAudit;
import io.invigil.hub.ingest.StoredRunDamaged;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes a backup while the hub works: copies the database, keys and blobs, opens the copy, computes
 * every record's hash anew, compares the heads with the running hub, makes all durable, and only
 * then tells which lanes are covered. Anything else is a refusal, and the half copy is removed. One
 * at a time.
 */
public final class Backups {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private final Parts parts;
    private final LaneAudit audit;
    private final Consumer<List<LaneAudit.Head>> covered;

    /**
     * What is copied.
     *
     * @param databaseKey opens the embedded database, and so its copy
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Parts(
            Database database,
            byte[] databaseKey,
            DataDirectory data,
            TenantId tenant,
            Realm realm,
            Clock clock,
            Entropy entropy) {}

    /**
     * @param covered told which records are in a verified backup, for grade R2
     */
    public Backups(Parts parts, Consumer<List<LaneAudit.Head>> covered) {
        this.parts = parts;
        this.audit = new LaneAudit(parts.tenant(), parts.realm());
        this.covered = covered;
    }

    /** Carries out an order; takes as long as copying and reading everything takes. */
    public synchronized BackupOutcome run(BackupOrder order) {
        Path root = order.directory().toAbsolutePath().normalize();
        if (!Files.isDirectory(root)) {
            return refused(BackupRefusal.BACKUP_NO_DIRECTORY, root.toString());
        }
        if (parts.database().dialect() != Dialect.DERBY) {
            return refused(BackupRefusal.BACKUP_NOT_EMBEDDED, "");
        }
        String name =
                "invigil-" + parts.realm().value() + "-" + STAMP.format(parts.clock().instant());
        Path half = root.resolve(name + ".part");
        try {
            if (root.toRealPath().startsWith(parts.data().root().toRealPath())) {
                return refused(BackupRefusal.BACKUP_INSIDE_DATA, root.toString());
            }
            if (!order.sameDisk()
                    && Files.getFileStore(root).equals(Files.getFileStore(parts.data().root()))) {
                return refused(BackupRefusal.BACKUP_SAME_DISK, root.toString());
            }
            try {
                return copy(order, half, root.resolve(name));
            } finally {
                CopiedTree.delete(half);
            }
        } catch (StoredRunDamaged | DatabaseRefused damaged) {
            return refused(BackupRefusal.BACKUP_DAMAGED, damaged.getMessage());
        } catch (IOException | UncheckedIOException failure) {
            return refused(BackupRefusal.BACKUP_IO, failure.toString());
        }
    }

    private BackupOutcome copy(BackupOrder order, Path half, Path whole) throws IOException {
        CopiedTree.makePrivate(half);
        parts.database().copyInto(half.resolve("database"));
        if (order.keys()) {
            CopiedTree.copy(parts.data().directory("keys"), half.resolve("keys"));
        }
        if (order.blobs()) {
            CopiedTree.copy(parts.data().directory("blobs"), half.resolve("blobs"));
        }
        BackupManifest manifest = manifest(order, half);
        for (BackupManifest.LaneHead head : manifest.lanes()) {
            LaneAudit.Head ours = head(head);
            if (!parts.database().inTransaction(tx -> audit.holds(tx, ours))) {
                return refused(BackupRefusal.BACKUP_DAMAGED, ours.node() + " " + ours.lane());
            }
        }
        PrivateFiles.write(half.resolve(BackupManifest.FILE), Json.write(manifest));
        CopiedTree.force(half);
        Files.move(half, whole);
        covered.accept(manifest.lanes().stream().map(Backups::head).toList());
        return new BackupOutcome.Done(
                whole,
                manifest.lanes().size(),
                manifest.lanes().stream().mapToLong(BackupManifest.LaneHead::seq).sum(),
                manifest.files().size(),
                manifest.files().stream().mapToLong(BackupManifest.CopiedFile::length).sum());
    }

    private BackupManifest manifest(BackupOrder order, Path half) throws IOException {
        List<LaneAudit.Head> heads;
        var epoch =
                HubEpochs.current(parts.database(), parts.tenant(), parts.clock(), parts.entropy());
        try (Database copy =
                Database.open(settings(half.resolve("database"), parts.databaseKey()))) {
            heads = audit.check(copy);
        }
        return new BackupManifest(
                BackupManifest.VERSION,
                parts.clock().instant(),
                parts.realm(),
                epoch,
                order.blobs(),
                order.keys(),
                heads.stream()
                        .map(
                                head ->
                                        new BackupManifest.LaneHead(
                                                head.node(),
                                                head.lane().epoch(),
                                                head.lane().lane(),
                                                head.seq(),
                                                head.hash()))
                        .toList(),
                // after the copy was closed: opening it writes to it
                CopiedTree.digests(half));
    }

    static DatabaseSettings settings(Path directory, byte[] key) {
        return new DatabaseSettings.Embedded(directory, key, 2);
    }

    static LaneAudit.Head head(BackupManifest.LaneHead head) {
        return new LaneAudit.Head(
                head.node(),
                new io.invigil.protocol.receipt.LaneKey(head.epoch(), head.lane()),
                head.seq(),
                head.hash());
    }

    private static BackupOutcome.Refused refused(BackupRefusal reason, String detail) {
        return new BackupOutcome.Refused(reason, detail);
    }
}
