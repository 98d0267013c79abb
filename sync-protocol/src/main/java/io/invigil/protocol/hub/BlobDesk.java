package io.invigil.protocol.hub;

import io.invigil.protocol.blob.BlobBitmap;
import io.invigil.protocol.blob.BlobChunk;
import io.invigil.protocol.blob.BlobManifest;
import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.SignedMessage;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Puts blobs together chunk by chunk; the bitmap is in the database (XSP/1 section 4). */
final class BlobDesk {
    private final HubSettings settings;

    BlobDesk(HubSettings settings) {
        this.settings = settings;
    }

    /** Takes a manifest from a verified offer. Returns whether the blob is already complete. */
    boolean offered(NodeId node, BlobManifest manifest, List<HubEffect> out) {
        BlobProgress progress =
                settings.store()
                        .inTransaction(
                                tx -> {
                                    Optional<BlobProgress> known =
                                            tx.lockBlob(node, manifest.sha256());
                                    if (known.filter(row -> goesOn(row, manifest)).isPresent()) {
                                        return known.get();
                                    }
                                    // new, cut otherwise, or its file is gone: from the beginning
                                    var fresh =
                                            new BlobProgress(
                                                    node, manifest, new BitSet(), false, false);
                                    tx.saveBlob(fresh);
                                    return fresh;
                                });
        if (!progress.complete()) {
            sendBitmap(progress, out);
        }
        return progress.complete();
    }

    /** Whether what the hub has of a blob still counts: its file, or the chunks so far. */
    private boolean goesOn(BlobProgress row, BlobManifest offered) {
        return row.complete()
                ? settings.blobs().holds(row.node(), row.manifest())
                : row.manifest().equals(offered);
    }

    /** What became of a chunk. */
    enum ChunkFate {
        HELD,
        COMPLETE,
        NO_OFFER,
        NOT_OPENED,
        WRONG_CONTENT
    }

    /** Verifies, stages and counts one chunk. */
    ChunkFate chunk(NodeId node, BlobChunk chunk, List<HubEffect> out) {
        Optional<SealKey> key =
                settings.sealKeys().stream()
                        .filter(k -> k.publicKey().keyId().equals(chunk.sealKeyId()))
                        .findFirst();
        Optional<byte[]> content = key.flatMap(chunk::open);
        if (content.isEmpty()) {
            return ChunkFate.NOT_OPENED;
        }
        Optional<BlobProgress> before =
                settings.store().inTransaction(tx -> tx.lockBlob(node, chunk.blob()));
        if (before.isEmpty()) {
            return ChunkFate.NO_OFFER;
        }
        BlobManifest manifest = before.get().manifest();
        if (!manifest.accepts(chunk.index(), content.get())) {
            return ChunkFate.WRONG_CONTENT;
        }
        if (before.get().complete()) {
            return ChunkFate.COMPLETE;
        }
        settings.blobs().stage(node, manifest, chunk.index(), content.get());
        BlobProgress after = count(node, manifest, chunk.index());
        // also of the last chunk: the node need not wait for the receipt to begin the next blob
        sendBitmap(after, out);
        if (!after.complete()) {
            return ChunkFate.HELD;
        }
        out.add(new HubEffect.BlobComplete(node, manifest));
        return ChunkFate.COMPLETE;
    }

    /** Sets the chunk's bit; the last one completes the blob, or starts it anew if it is false. */
    private BlobProgress count(NodeId node, BlobManifest manifest, int index) {
        return settings.store()
                .inTransaction(
                        tx -> {
                            BlobProgress row =
                                    tx.lockBlob(node, manifest.sha256())
                                            .orElseGet(
                                                    () ->
                                                            new BlobProgress(
                                                                    node,
                                                                    manifest,
                                                                    new BitSet(),
                                                                    false,
                                                                    false));
                            BitSet held = (BitSet) row.held().clone();
                            held.set(index);
                            boolean all = held.cardinality() == manifest.chunks().size();
                            boolean complete = all && settings.blobs().complete(node, manifest);
                            if (all && !complete) {
                                held.clear();
                            }
                            var next = new BlobProgress(node, manifest, held, complete, false);
                            tx.saveBlob(next);
                            return next;
                        });
    }

    private void sendBitmap(BlobProgress progress, List<HubEffect> out) {
        var hubEpoch = settings.store().inTransaction(HubTx::hubEpoch);
        BlobManifest manifest = progress.manifest();
        var bitmap =
                BlobBitmap.of(
                        hubEpoch,
                        progress.node(),
                        manifest.sha256(),
                        manifest.chunks().size(),
                        progress.held());
        out.add(
                new HubEffect.Send(
                        progress.node(),
                        Topics.DownKind.COMMAND,
                        SignedMessage.sign(MessageType.BLOB_BITMAP, bitmap, settings.signer())
                                .encode()));
    }
}
