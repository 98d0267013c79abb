package io.invigil.protocol.node;

import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.receipt.SignedMessage;

/** What {@link NodeSync} asks its driver to do, in this order. */
public sealed interface NodeEffect {

    /**
     * Publish. When the pipe's window is full the driver may queue or drop it: the protocol sends
     * again.
     *
     * @param retained only for {@link Topics.UpKind#STATE}
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Send(Topics.UpKind kind, byte[] bytes, boolean retained) implements NodeEffect {}

    /**
     * Read durable records of one lane in order from the ledger and answer with {@link
     * NodeInput.RecordsRead}: at least one if there is any, else while both limits hold.
     */
    record ReadRecords(
            long id, EpochId epoch, Lane lane, long fromSeq, int recordsMax, int bytesMax)
            implements NodeEffect {}

    /** Read one chunk of a blob and answer with {@link NodeInput.ChunkRead} or BlobGone. */
    record ReadChunk(Digest blob, int index, long offset, int length) implements NodeEffect {}

    /** Keep these bytes in one file, replaced atomically: {@link ReceiptMemory}. */
    @SuppressWarnings("ArrayRecordComponent")
    record RememberReceipts(byte[] memory) implements NodeEffect {}

    /**
     * Verified: the hub holds the lane up to {@code r1Seq}, and up to {@code r2Seq} also in a
     * replica or verified backup. Show "received by the centre".
     */
    record ReceiptsAdvanced(EpochId epoch, Lane lane, long r1Seq, long r2Seq)
            implements NodeEffect {}

    /** The hub holds the whole blob, by a verified receipt. */
    record BlobReceived(Digest blob) implements NodeEffect {}

    /**
     * A verified command that sync does not handle itself: key release, word of the centre, rotate.
     */
    record Command(SignedMessage message) implements NodeEffect {}

    /** A Cursor answered: sync is flowing. For the status page. */
    record Flowing(boolean flowing) implements NodeEffect {}

    /** Something people must see. {@code detail} holds no personal data. */
    record Alarm(NodeAlarm code, String detail) implements NodeEffect {}
}
