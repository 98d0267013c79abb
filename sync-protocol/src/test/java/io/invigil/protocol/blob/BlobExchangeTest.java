package io.invigil.protocol.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.bundle.BundleSeal;
import io.invigil.protocol.carrier.Topics.DownKind;
import io.invigil.protocol.carrier.Topics.UpKind;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.hub.HubEffect;
import io.invigil.protocol.hub.HubInput;
import io.invigil.protocol.hub.HubSync;
import io.invigil.protocol.node.NodeAlarm;
import io.invigil.protocol.node.NodeEffect;
import io.invigil.protocol.node.NodeInput;
import io.invigil.protocol.node.NodeSync;
import io.invigil.protocol.node.NodeSyncSettings;
import io.invigil.protocol.node.ReceiptMemory;
import io.invigil.protocol.node.SyncTime;
import io.invigil.protocol.receipt.LaneHead;
import io.invigil.protocol.sync.SyncScene;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A node and a hub exchange blobs over a wire that the test can cut. */
class BlobExchangeTest {
    private final SyncScene scene = new SyncScene();
    private final HubSync hub = scene.hub();
    private final byte[] picture = new byte[100_000];
    private final BlobManifest manifest;
    private final NodeSync node;
    private final List<NodeEffect> seen = new ArrayList<>();
    private Predicate<NodeEffect.Send> wire = send -> true;
    private int chunksSent;
    private long now = 1_000;

    BlobExchangeTest() {
        new Random(5).nextBytes(picture);
        manifest = BlobManifest.of(picture, "image/jpeg", BlobManifest.CHUNK_BYTES_MIN);
        node =
                new NodeSync(
                        new NodeSyncSettings(
                                SyncScene.REALM,
                                SyncScene.NODE,
                                scene.epoch,
                                scene.nodeKey,
                                () -> BundleSeal.Hpke.to(scene.hubSeal.publicKey(), scene.entropy),
                                scene.hubSeal::publicKey,
                                scene::hubKeys,
                                scene.context("site-1").belief(),
                                scene.entropy),
                        ReceiptMemory.EMPTY);
    }

    /** XSP-010: chunk by chunk, verified, complete by a receipt. */
    @Test
    void carriesABlobInVerifiedChunks() {
        node(new NodeInput.BlobAdded(manifest));
        node(new NodeInput.Connected());
        run(20_000);
        assertThat(scene.staged.get(manifest.sha256().hex())).isEqualTo(picture);
        assertThat(chunksSent).isEqualTo(7);
        assertThat(node.pendingBlobs()).isZero();
        assertThat(seen).contains(new NodeEffect.BlobReceived(manifest.sha256()));
    }

    /** XSP-014: row 38, a restored hub that has lost the file asks for it again. */
    @Test
    void aFileThatTheHubHasLostIsSentAgain() {
        node(new NodeInput.BlobAdded(manifest));
        node(new NodeInput.Connected());
        run(20_000);
        scene.staged.clear();
        node(new NodeInput.BlobAdded(manifest));
        run(20_000);
        assertThat(scene.staged.get(manifest.sha256().hex())).isEqualTo(picture);
        assertThat(chunksSent).isEqualTo(14);
        node(new NodeInput.BlobAdded(manifest));
        run(20_000);
        assertThat(chunksSent).as("what the hub has is not sent again").isEqualTo(14);
        assertThat(node.pendingBlobs()).isZero();
    }

    /** XSP-011: row 29, cut in the middle: at most one chunk goes twice. */
    @Test
    void goesOnFromTheBitmapAfterACut() {
        node(new NodeInput.BlobAdded(manifest));
        wire = send -> chunksSent < 4;
        node(new NodeInput.Connected());
        run(5_000);
        assertThat(node.pendingBlobs()).isEqualTo(1);
        node(new NodeInput.Disconnected());
        wire = send -> true;
        node(new NodeInput.Connected());
        run(20_000);
        assertThat(node.pendingBlobs()).isZero();
        assertThat(chunksSent).isBetween(7, 8);
    }

    /** XSP-012: row 70, a blob that is lost for ever holds up nothing. */
    @Test
    void aLostBlobHoldsUpNothing() {
        node(new NodeInput.BlobAdded(manifest));
        Arrays.fill(picture, 20_000, 30_000, (byte) 0);
        var records = scene.records(scene.epoch, Lane.RES, 3);
        node(
                new NodeInput.HeadsAdvanced(
                        List.of(new LaneHead(scene.epoch, Lane.RES, 3, records.getLast().hash()))));
        scene.ledger(records);
        node(new NodeInput.Connected());
        run(20_000);
        assertThat(node.unreceipted()).isZero();
        assertThat(node.pendingBlobs()).isZero();
        assertThat(seen)
                .filteredOn(NodeEffect.Alarm.class::isInstance)
                .extracting(e -> ((NodeEffect.Alarm) e).code())
                .containsExactly(NodeAlarm.BLOB_LOST_HERE);
    }

    /** XSP-010: every flipped byte of a chunk, and any other content, is refused. */
    @Test
    void refusesEveryChunkThatIsNotTheManifests() {
        byte[] content = Arrays.copyOf(picture, 600);
        BlobManifest small = BlobManifest.of(content, "image/jpeg", BlobManifest.CHUNK_BYTES_MIN);
        byte[] bytes =
                BlobChunk.seal(small.sha256(), 0, content, scene.hubSeal.publicKey(), scene.entropy)
                        .encode();
        for (int i = 0; i < bytes.length; i++) {
            byte[] flipped = bytes.clone();
            flipped[i] ^= 1;
            boolean accepted =
                    BlobChunk.decode(flipped)
                            .filter(c -> c.blob().equals(small.sha256()))
                            .flatMap(c -> c.open(scene.hubSeal))
                            .isPresent();
            assertThat(accepted).as("byte %d", i).isFalse();
        }
        assertThat(small.accepts(0, content)).isTrue();
        assertThat(small.accepts(1, content)).isFalse();
        assertThat(small.accepts(0, Arrays.copyOf(content, 599))).isFalse();
        content[5] ^= 1;
        assertThat(small.accepts(0, content)).isFalse();
    }

    private void run(long millis) {
        for (long end = now + millis; now < end; now += 100) {
            node(new NodeInput.Tick());
            hub(new HubInput.Tick());
        }
    }

    private void node(NodeInput input) {
        for (NodeEffect effect : node.handle(new SyncTime(now, 0, "boot"), input)) {
            seen.add(effect);
            switch (effect) {
                case NodeEffect.Send send -> {
                    if (wire.test(send)) {
                        if (send.kind() == UpKind.BLOB
                                && BlobChunk.decode(send.bytes()).isPresent()) {
                            chunksSent++;
                        }
                        hub(scene.received(send.kind(), send.bytes()));
                    }
                }
                case NodeEffect.ReadChunk read -> {
                    int from = (int) read.offset();
                    byte[] chunk = Arrays.copyOfRange(picture, from, from + read.length());
                    node(new NodeInput.ChunkRead(read.blob(), read.index(), chunk));
                }
                case NodeEffect.ReadRecords read ->
                        node(new NodeInput.RecordsRead(read, scene.read(read.fromSeq())));
                default -> {}
            }
        }
    }

    private void hub(HubInput input) {
        for (HubEffect effect : hub.handle(now, 0, input)) {
            if (effect instanceof HubEffect.Send send) {
                DownKind kind = send.kind();
                node(new NodeInput.MessageReceived(kind, send.bytes()));
            }
        }
    }
}
