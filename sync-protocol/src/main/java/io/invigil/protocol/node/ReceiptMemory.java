package io.invigil.protocol.node;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.ReceiptMark;
import java.util.List;
import java.util.Optional;

/**
 * What the node remembers of verified receipts across restarts: one small file, replaced whole.
 *
 * @param mark the highest receipt
 * @param proof the highest receipt itself, as signed by the hub
 * @param hubEpochSeen the latest hub epoch heard of, by receipt or Cursor; blocks purging
 * @param lanes verified marks by lane, within the hub epoch of {@code mark}
 */
@SuppressWarnings("ArrayRecordComponent")
public record ReceiptMemory(
        ReceiptMark mark, byte[] proof, HubEpoch hubEpochSeen, List<LaneMark> lanes) {
    public static final ReceiptMemory EMPTY =
            new ReceiptMemory(ReceiptMark.NONE, new byte[0], HubEpoch.NONE, List.of());

    public ReceiptMemory {
        lanes = List.copyOf(lanes);
    }

    /** Verified marks of one lane. */
    public record LaneMark(EpochId epoch, Lane lane, long r1Seq, long r2Seq) {}

    public byte[] encode() {
        return Json.write(this);
    }

    /** Reads the file; a damaged one counts as none: everything is asked and sent again. */
    public static Optional<ReceiptMemory> decode(byte[] bytes) {
        return Json.read(bytes, ReceiptMemory.class);
    }
}
