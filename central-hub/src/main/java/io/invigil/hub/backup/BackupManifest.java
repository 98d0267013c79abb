package io.invigil.hub.backup;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.receipt.HubEpoch;
import java.time.Instant;
import java.util.List;

/**
 * What a backup holds: {@code backup.json} in it, written last.
 *
 * @param v 1
 * @param lanes heads of all lanes, as the copy was read back
 * @param files every other file of the backup
 */
public record BackupManifest(
        int v,
        Instant at,
        Realm realm,
        HubEpoch hubEpoch,
        boolean blobs,
        boolean keys,
        List<LaneHead> lanes,
        List<CopiedFile> files) {
    public static final int VERSION = 1;
    public static final String FILE = "backup.json";

    public BackupManifest {
        if (v != VERSION) {
            throw new IllegalArgumentException("not a backup of version " + VERSION);
        }
        lanes = List.copyOf(lanes);
        files = List.copyOf(files);
    }

    /** A lane and its last record without a gap. */
    public record LaneHead(NodeId node, EpochId epoch, Lane lane, long seq, Digest hash) {}

    /**
     * @param path relative to the backup, with slashes
     */
    public record CopiedFile(String path, long length, Digest sha256) {}
}
