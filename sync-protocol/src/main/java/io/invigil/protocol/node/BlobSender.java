package io.invigil.protocol.node;

import io.invigil.protocol.blob.BlobBitmap;
import io.invigil.protocol.blob.BlobChunk;
import io.invigil.protocol.blob.BlobManifest;
import io.invigil.protocol.blob.BlobOffer;
import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.SignedMessage;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Blobs under way: offer, bitmap, one chunk in flight (XSP/1 sections 4 and 5). After a loss the
 * offer is repeated and the hub's bitmap says where to go on (fault row 29).
 */
final class BlobSender {
    static final int PENDING_MAX = 20_000;

    private static final class Track {
        final BlobManifest manifest;
        Optional<BitSet> held = Optional.empty();

        Track(BlobManifest manifest) {
            this.manifest = manifest;
        }
    }

    private final NodeSyncSettings settings;
    private final Backoff backoff;
    private final Map<Digest, Track> pending = new LinkedHashMap<>();
    private long deadline;
    private int tries;
    private boolean reading;
    private Optional<Chunk> inFlight = Optional.empty();

    private record Chunk(Digest blob, int index) {}

    BlobSender(NodeSyncSettings settings, Backoff backoff) {
        this.settings = settings;
        this.backoff = backoff;
    }

    int pending() {
        return pending.size();
    }

    void add(BlobManifest manifest, List<NodeEffect> out) {
        if (pending.size() >= PENDING_MAX) {
            out.add(new NodeEffect.Alarm(NodeAlarm.BLOB_QUEUE_FULL, manifest.sha256().shortHex()));
            return;
        }
        pending.putIfAbsent(manifest.sha256(), new Track(manifest));
    }

    void gone(Digest blob, List<NodeEffect> out) {
        if (pending.remove(blob) != null) {
            out.add(new NodeEffect.Alarm(NodeAlarm.BLOB_LOST_HERE, blob.shortHex()));
        }
        restart();
    }

    /** The hub holds the whole blob, whether it was under way here or came by a stick. */
    void received(Digest blob, List<NodeEffect> out) {
        boolean pendingHere = pending.remove(blob) != null;
        out.add(new NodeEffect.BlobReceived(blob));
        if (pendingHere
                && inFlight.filter(sent -> !sent.blob().equals(blob)).isEmpty()
                && !reading) {
            restart();
        }
    }

    /** A new connection or hub epoch: what the hub holds is asked again. */
    void forgetHub() {
        pending.values().forEach(track -> track.held = Optional.empty());
        restart();
    }

    void onBitmap(BlobBitmap bitmap) {
        Track track = pending.get(bitmap.blob());
        if (track != null && track.manifest.chunks().size() == bitmap.chunks()) {
            track.held = Optional.of(bitmap.heldChunks());
            boolean waitsForAnother =
                    inFlight.filter(
                                    sent ->
                                            !sent.blob().equals(bitmap.blob())
                                                    || !bitmap.heldChunks().get(sent.index()))
                            .isPresent();
            if (!waitsForAnother && !reading) {
                restart();
            }
        }
    }

    /** Offers, or asks for the next chunk, when nothing is in flight. */
    void pump(long now, List<NodeEffect> out) {
        if (pending.isEmpty() || reading || now < deadline) {
            return;
        }
        boolean late = deadline > 0;
        for (Track track : pending.values()) {
            if (!late && track.held.isPresent()) {
                int next = track.held.get().nextClearBit(0);
                if (next < track.manifest.chunks().size()) {
                    reading = true;
                    out.add(readOf(track.manifest, next));
                    return;
                }
            }
        }
        offer(late, now, out);
    }

    /** A chunk was read: seal and send it. */
    void send(NodeInput.ChunkRead read, long now, List<NodeEffect> out) {
        reading = false;
        Track track = pending.get(read.blob());
        if (track == null) {
            restart();
            return;
        }
        if (!track.manifest.accepts(read.index(), read.content())) {
            gone(read.blob(), out);
            return;
        }
        deadline = now + backoff.afterMillis(0);
        inFlight = Optional.of(new Chunk(read.blob(), read.index()));
        out.add(
                new NodeEffect.Send(
                        Topics.UpKind.BLOB,
                        sealed(read.blob(), read.index(), read.content()),
                        false));
    }

    /** Those the hub has not spoken of; when an answer is late, whatever comes first. */
    private void offer(boolean late, long now, List<NodeEffect> out) {
        List<BlobManifest> first =
                pending.values().stream()
                        .filter(track -> late || track.held.isEmpty())
                        .limit(BlobOffer.MANIFESTS_MAX)
                        .map(track -> track.manifest)
                        .toList();
        inFlight = Optional.empty();
        deadline = now + backoff.afterMillis(tries);
        tries = Math.min(tries + 1, 10);
        if (!first.isEmpty()) {
            byte[] offer = signed(BlobOffer.pages(first).getFirst());
            out.add(new NodeEffect.Send(Topics.UpKind.BLOB, offer, false));
        }
    }

    byte[] signed(List<BlobManifest> manifests) {
        var offer = new BlobOffer(settings.node(), manifests);
        return SignedMessage.sign(MessageType.BLOB_OFFER, offer, settings.signer()).encode();
    }

    byte[] sealed(Digest blob, int index, byte[] content) {
        return BlobChunk.seal(
                        blob, index, content, settings.blobSealKey().get(), settings.entropy())
                .encode();
    }

    private void restart() {
        deadline = 0;
        tries = 0;
        reading = false;
        inFlight = Optional.empty();
    }

    private static NodeEffect.ReadChunk readOf(BlobManifest manifest, int index) {
        return new NodeEffect.ReadChunk(
                manifest.sha256(), index, manifest.offset(index), manifest.lengthOf(index));
    }
}
