package io.invigil.protocol.hub;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.LaneKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What ingest needs inside one transaction. Implemented on SQL by the hub and in memory by the
 * simulator. Locks are taken in the order of the methods here, so two transactions cannot wait for
 * each other.
 */
public interface HubTx {

    /** The hub's current epoch; one row. */
    HubEpoch hubEpoch();

    /** Replaces the hub epoch, if it still is {@code expected}. Returns the one now current. */
    HubEpoch openHubEpoch(HubEpoch expected, HubEpoch next);

    /** Locks the node's receipt row, made when absent with {@code rcptSeq} 0. */
    NodeReceipts lockReceipts(NodeId node);

    /** Writes the row and remembers the receipt's hash. */
    void saveReceipt(NodeReceipts row);

    /** Hash of an issued receipt; empty when unknown or long pruned. */
    Optional<Digest> receiptHash(NodeId node, HubEpoch hubEpoch, long rcptSeq);

    /** Locks one lane's row, made when absent as {@link LaneCursor#empty}. */
    LaneCursor lockLane(NodeId node, LaneKey key, Digest genesis);

    /** Reads a lane's row without lock. */
    Optional<LaneCursor> lane(NodeId node, LaneKey key);

    void saveLane(LaneCursor cursor);

    /** Hashes of the stored records of a lane between two numbers, both inclusive. */
    Map<Long, Digest> hashes(NodeId node, LaneKey key, long first, long last);

    /** Inserts records that are not stored; unique by node, epoch, lane and seq. */
    void insert(NodeId node, List<FactRecord> records);

    /** Stored records of a lane in order, from a number, at most {@code max}. */
    List<FactRecord> records(NodeId node, LaneKey key, long fromSeq, int max);

    /** Stores an epoch's row, if absent. */
    void saveEpoch(EpochRow row);

    /** Other epochs of the node with this parent (empty: those that begin a ledger). */
    List<EpochRow> siblings(NodeId node, EpochId epoch, Optional<EpochId> parent);

    /** Keeps a refused thing, if its key is new. Returns whether it was new. */
    boolean park(ParkedItem item);

    /** Locks a blob's row. */
    Optional<BlobProgress> lockBlob(NodeId node, Digest blob);

    void saveBlob(BlobProgress progress);
}
