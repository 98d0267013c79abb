package io.invigil.hub.ingest;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.receipt.LaneKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads every stored record of a database and computes its chains anew: for backups, which count
 * only when they were read back (XSP/1 section 6), and for audits. Thread-safe.
 */
public final class LaneAudit {
    /** Records read in one transaction. */
    private static final int PAGE = 2_048;

    private final TenantId tenant;
    private final Realm realm;
    private final RunStore runs = new RunStore();
    private final LaneStateStore lanes = new LaneStateStore();

    public LaneAudit(TenantId tenant, Realm realm) {
        this.tenant = tenant;
        this.realm = realm;
    }

    /** A lane's last record without a gap before it. */
    public record Head(NodeId node, LaneKey lane, long seq, Digest hash) {}

    /**
     * Reads all records that are stored without gaps.
     *
     * @return the head of each lane that has any
     * @throws StoredRunDamaged when a record is missing, or is not the one that was received
     */
    public List<Head> check(Database database) {
        List<Head> heads = new ArrayList<>();
        for (LaneStateStore.Cursor cursor :
                database.inTransaction(tx -> lanes.cursors(tx, tenant))) {
            heads.add(check(database, cursor));
        }
        return heads;
    }

    private Head check(Database database, LaneStateStore.Cursor cursor) {
        Head head = cursor.head();
        LaneKey key = head.lane();
        Digest previous =
                FactRecord.genesis(
                        Suite.ED25519_X25519_AES256GCM,
                        realm,
                        head.node(),
                        key.epoch(),
                        key.lane());
        long seq = 0;
        while (seq < head.seq()) {
            long from = seq + 1;
            List<RunStore.Stored> page =
                    database.inTransaction(
                            tx -> runs.read(tx, tenant, cursor.id(), key, from, head.seq(), PAGE));
            for (RunStore.Stored stored : page) {
                FactRecord record = stored.record();
                if (record.seq() != seq + 1 || !record.prevHash().equals(previous)) {
                    throw new StoredRunDamaged(head.node() + " " + key + " after " + seq);
                }
                previous = record.hash();
                seq = record.seq();
            }
            if (page.isEmpty()) {
                throw new StoredRunDamaged(head.node() + " " + key + " ends at " + seq);
            }
        }
        if (!previous.equals(head.hash())) {
            throw new StoredRunDamaged(head.node() + " " + key + " has another head");
        }
        return head;
    }

    /** Whether a database holds this very record, without a gap before it. */
    public boolean holds(Tx tx, Head head) {
        return lanes.cursor(tx, tenant, head.node(), head.lane())
                .filter(cursor -> cursor.head().seq() >= head.seq())
                .map(
                        cursor ->
                                cursor.head().seq() == head.seq()
                                        ? cursor.head().hash()
                                        : hash(tx, cursor.id(), head))
                .filter(head.hash()::equals)
                .isPresent();
    }

    private Digest hash(Tx tx, long lane, Head head) {
        List<RunStore.Stored> found =
                runs.read(tx, tenant, lane, head.lane(), head.seq(), head.seq(), 1);
        return found.isEmpty() ? Digest.ZERO : found.getFirst().record().hash();
    }
}
