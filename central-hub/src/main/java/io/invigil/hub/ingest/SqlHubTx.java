package io.invigil.hub.ingest;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.blob.BlobManifest;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.hub.BlobProgress;
import io.invigil.protocol.hub.EpochRow;
import io.invigil.protocol.hub.HubTx;
import io.invigil.protocol.hub.LaneCursor;
import io.invigil.protocol.hub.NodeReceipts;
import io.invigil.protocol.hub.ParkedItem;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.LaneKey;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One transaction of {@link SqlHubStore}. Used by one thread; lanes and records are in one class.
 */
final class SqlHubTx implements HubTx {
    private static final int DETAIL_CHARS_MAX = 1000;
    private static final int NODE_CHARS_MAX = 64;

    private final Tx tx;
    private final TenantId tenant;
    private final Instant now;
    private final Entropy entropy;
    private final SqlLanes lanes;

    SqlHubTx(Tx tx, TenantId tenant, Instant now, Entropy entropy) {
        this.tx = tx;
        this.tenant = tenant;
        this.now = now;
        this.entropy = entropy;
        this.lanes = new SqlLanes(tx, tenant, now);
    }

    @Override
    public HubEpoch hubEpoch() {
        Optional<HubEpoch> current = readHubEpoch();
        if (current.isPresent()) {
            return current.get();
        }
        tx.update(
                        tx.dialect()
                                .insertIfAbsent(
                                        "ingest_hub",
                                        List.of("tenant"),
                                        List.of("hub_epoch", "opened_ms")))
                .bind("tenant", tenant.value())
                .bind("hub_epoch", HubEpoch.first(entropy).toString())
                .bind("opened_ms", now.toEpochMilli())
                .execute();
        return readHubEpoch().orElseThrow();
    }

    private Optional<HubEpoch> readHubEpoch() {
        return tx.query("select hub_epoch from ingest_hub where tenant = :tenant")
                .bind("tenant", tenant.value())
                .mapTo(String.class)
                .findOne()
                .map(HubEpoch::parse);
    }

    @Override
    public HubEpoch openHubEpoch(HubEpoch expected, HubEpoch next) {
        tx.update(
                        """
                        update ingest_hub set hub_epoch = :next, opened_ms = :now
                        where tenant = :tenant and hub_epoch = :expected
                        """)
                .bind("next", next.toString())
                .bind("now", now.toEpochMilli())
                .bind("tenant", tenant.value())
                .bind("expected", expected.toString())
                .execute();
        return hubEpoch();
    }

    @Override
    public NodeReceipts lockReceipts(NodeId node) {
        Optional<NodeReceipts> row = readReceipts(node);
        if (row.isPresent()) {
            return row.get();
        }
        tx.update(
                        tx.dialect()
                                .insertIfAbsent(
                                        "ingest_node",
                                        List.of("tenant", "node"),
                                        List.of("hub_epoch", "rcpt_seq", "last_hash", "issued_ms")))
                .bind("tenant", tenant.value())
                .bind("node", node.value())
                .bind("hub_epoch", hubEpoch().toString())
                .bind("rcpt_seq", 0L)
                .bind("last_hash", Digest.ZERO)
                .bind("issued_ms", 0L)
                .execute();
        return readReceipts(node).orElseThrow();
    }

    private Optional<NodeReceipts> readReceipts(NodeId node) {
        return tx.query(
                        """
                        select hub_epoch, rcpt_seq, last_hash from ingest_node
                        where tenant = :tenant and node = :node
                        """
                                + tx.dialect().forUpdate())
                .bind("tenant", tenant.value())
                .bind("node", node.value())
                .map(
                        (row, context) ->
                                new NodeReceipts(
                                        node,
                                        HubEpoch.parse(row.getString("hub_epoch")),
                                        row.getLong("rcpt_seq"),
                                        Digest.ofHex(row.getString("last_hash"))))
                .findOne();
    }

    @Override
    public void saveReceipt(NodeReceipts row) {
        tx.update(
                        """
                        update ingest_node set hub_epoch = :epoch, rcpt_seq = :seq,
                            last_hash = :hash, issued_ms = :now
                        where tenant = :tenant and node = :node
                        """)
                .bind("epoch", row.hubEpoch().toString())
                .bind("seq", row.rcptSeq())
                .bind("hash", row.lastHash())
                .bind("now", now.toEpochMilli())
                .bind("tenant", tenant.value())
                .bind("node", row.node().value())
                .execute();
        tx.update(
                        """
                        insert into ingest_receipt (tenant, node, hub_epoch, rcpt_seq, hash)
                        values (:tenant, :node, :epoch, :seq, :hash)
                        """)
                .bind("tenant", tenant.value())
                .bind("node", row.node().value())
                .bind("epoch", row.hubEpoch().toString())
                .bind("seq", row.rcptSeq())
                .bind("hash", row.lastHash())
                .execute();
    }

    @Override
    public Optional<Digest> receiptHash(NodeId node, HubEpoch hubEpoch, long rcptSeq) {
        return tx.query(
                        """
                        select hash from ingest_receipt where tenant = :tenant and node = :node
                        and hub_epoch = :epoch and rcpt_seq = :seq
                        """)
                .bind("tenant", tenant.value())
                .bind("node", node.value())
                .bind("epoch", hubEpoch.toString())
                .bind("seq", rcptSeq)
                .mapTo(Digest.class)
                .findOne();
    }

    @Override
    public LaneCursor lockLane(NodeId node, LaneKey key, Digest genesis) {
        return lanes.lock(node, key, genesis);
    }

    @Override
    public Optional<LaneCursor> lane(NodeId node, LaneKey key) {
        return lanes.read(node, key, "");
    }

    @Override
    public void saveLane(LaneCursor cursor) {
        lanes.save(cursor);
    }

    @Override
    public Map<Long, Digest> hashes(NodeId node, LaneKey key, long first, long last) {
        return lanes.hashes(node, key, first, last);
    }

    @Override
    public void insert(NodeId node, List<FactRecord> records) {
        lanes.insert(node, records);
    }

    @Override
    public List<FactRecord> records(NodeId node, LaneKey key, long fromSeq, int max) {
        return lanes.records(node, key, fromSeq, max);
    }

    @Override
    public void saveEpoch(EpochRow row) {
        tx.update(
                        tx.dialect()
                                .insertIfAbsent(
                                        "ingest_epoch",
                                        List.of("tenant", "node", "epoch"),
                                        List.of("parent", "reason", "seen_ms")))
                .bind("tenant", tenant.value())
                .bind("node", row.node().value())
                .bind("epoch", row.epoch().hex())
                .bind("parent", row.parent().map(EpochId::hex).orElse(""))
                .bind("reason", cut(row.reason(), 200))
                .bind("seen_ms", now.toEpochMilli())
                .execute();
    }

    @Override
    public List<EpochRow> siblings(NodeId node, EpochId epoch, Optional<EpochId> parent) {
        return tx.query(
                        """
                        select epoch, reason from ingest_epoch
                        where tenant = :tenant and node = :node and parent = :parent
                            and epoch <> :epoch
                        order by epoch
                        """)
                .bind("tenant", tenant.value())
                .bind("node", node.value())
                .bind("parent", parent.map(EpochId::hex).orElse(""))
                .bind("epoch", epoch.hex())
                .map(
                        (row, context) ->
                                new EpochRow(
                                        node,
                                        new EpochId(row.getString("epoch")),
                                        parent,
                                        row.getString("reason")))
                .list();
    }

    @Override
    public boolean park(ParkedItem item) {
        return tx.update(
                                tx.dialect()
                                        .insertIfAbsent(
                                                "ingest_parked",
                                                List.of("tenant", "item"),
                                                List.of(
                                                        "status", "node", "reason", "detail",
                                                        "content", "at_ms")))
                        .bind("tenant", tenant.value())
                        .bind("item", item.key())
                        .bind("status", item.status().name())
                        .bind("node", cut(item.node(), NODE_CHARS_MAX))
                        .bind("reason", item.reason())
                        .bind("detail", cut(item.detail(), DETAIL_CHARS_MAX))
                        .bind("content", item.bytes())
                        .bind("at_ms", now.toEpochMilli())
                        .execute()
                == 1;
    }

    @Override
    public Optional<BlobProgress> lockBlob(NodeId node, Digest blob) {
        return tx.query(
                        """
                        select manifest, held, complete, gone from ingest_blob
                        where tenant = :tenant and node = :node and sha256 = :blob
                        """
                                + tx.dialect().forUpdate())
                .bind("tenant", tenant.value())
                .bind("node", node.value())
                .bind("blob", blob)
                .map(
                        (row, context) ->
                                new BlobProgress(
                                        node,
                                        manifest(row.getBytes("manifest")),
                                        BitSet.valueOf(row.getBytes("held")),
                                        row.getBoolean("complete"),
                                        row.getBoolean("gone")))
                .findOne();
    }

    private static BlobManifest manifest(byte[] json) {
        return Json.read(json, BlobManifest.class)
                .orElseThrow(() -> new IllegalStateException("a stored manifest is not readable"));
    }

    @Override
    public void saveBlob(BlobProgress progress) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "ingest_blob",
                                        List.of("tenant", "node", "sha256"),
                                        List.of(
                                                "manifest",
                                                "held",
                                                "complete",
                                                "gone",
                                                "changed_ms")))
                .bind("tenant", tenant.value())
                .bind("node", progress.node().value())
                .bind("sha256", progress.manifest().sha256())
                .bind("manifest", Json.write(progress.manifest()))
                .bind("held", progress.held().toByteArray())
                .bind("complete", progress.complete())
                .bind("gone", progress.gone())
                .bind("changed_ms", now.toEpochMilli())
                .execute();
    }

    private static String cut(String text, int max) {
        return text.substring(0, Math.min(text.length(), max));
    }
}
