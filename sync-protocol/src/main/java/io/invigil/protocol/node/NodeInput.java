package io.invigil.protocol.node;

import io.invigil.protocol.blob.BlobManifest;
import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.receipt.LaneHead;
import io.invigil.protocol.receipt.NodeBelief;
import java.util.List;

/** What {@link NodeSync} is told. Byte arrays are not to be changed afterwards. */
public sealed interface NodeInput {

    /** A pipe is open and subscribed. */
    record Connected() implements NodeInput {}

    /** The pipe is lost or closed; everything un-receipted will be sent again. */
    record Disconnected() implements NodeInput {}

    /**
     * Durable heads of lanes, of any epoch that is not purged; only what changed. The first time,
     * after a start, all lanes of all epochs.
     */
    record HeadsAdvanced(List<LaneHead> heads) implements NodeInput {
        public HeadsAdvanced {
            heads = List.copyOf(heads);
        }
    }

    /** An epoch was purged: it is forgotten. */
    record EpochPurged(io.invigil.protocol.fact.EpochId epoch) implements NodeInput {}

    /** A message from the hub, by MQTT or from a stick. */
    @SuppressWarnings("ArrayRecordComponent")
    record MessageReceived(Topics.DownKind kind, byte[] bytes) implements NodeInput {}

    /** Answer to {@link NodeEffect.ReadRecords}; empty when the ledger cannot give them now. */
    record RecordsRead(NodeEffect.ReadRecords request, List<FactRecord> records)
            implements NodeInput {
        public RecordsRead {
            records = List.copyOf(records);
        }
    }

    /** A blob is durable at the node and waits for the hub. Again after every start. */
    record BlobAdded(BlobManifest manifest) implements NodeInput {}

    /** A blob can never be sent: its file is damaged; the driver also drafts a fact (row 70). */
    record BlobGone(Digest blob) implements NodeInput {}

    /** Answer to {@link NodeEffect.ReadChunk}. */
    @SuppressWarnings("ArrayRecordComponent")
    record ChunkRead(Digest blob, int index, byte[] content) implements NodeInput {}

    /** The broker refused a packet as too large (0x95): bundles become smaller (row 25). */
    record PacketTooLarge() implements NodeInput {}

    /** What bundles and Hellos are stamped with from now on. */
    record BeliefChanged(NodeBelief belief) implements NodeInput {}

    /** Time passes; at least four times a second while connected. */
    record Tick() implements NodeInput {}
}
