package io.invigil.acceptance.fault;

import static io.invigil.acceptance.fault.FaultWorld.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.hub.broker.EmbeddedBroker;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.Lane;
import io.invigil.site.blob.RoomBlobs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rows of the fault table about blobs end to end: files kept at a node arrive at the hub byte for
 * byte over real brokers (XSP/1 section 4).
 */
@ResourceLock("embedded broker")
class BlobFaultsTest {
    private static final EmbeddedBroker.Limits SPECIFIED = EmbeddedBroker.Limits.SPECIFIED;

    @TempDir Path directory;
    private final SplittableRandom random = new SplittableRandom(29);

    private byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return content;
    }

    @ParameterizedTest
    @EnumSource
    void fault29ACutWithinABlobCostsAtMostOneChunk(FaultBroker.Kind kind) throws Exception {
        int cuts = 3;
        int chunks = 20;
        try (FaultWorld world = FaultWorld.start(kind, directory, SPECIFIED)) {
            CountingConnector connector = new CountingConnector();
            FaultNode node = world.node("room-one", connector);
            awaitThat(node::isFlowing);
            byte[] content = content(chunks * RoomBlobs.CHUNK_BYTES - 77);
            Digest digest = node.keep(content);
            for (int cut = 0; cut < cuts; cut++) {
                long sent = connector.chunks();
                awaitThat(() -> connector.chunks() >= sent + 3);
                // in the middle of the chunk that comes next
                world.nodeLine.cutAfter(RoomBlobs.CHUNK_BYTES / 2);
                awaitThat(() -> !node.isFlowing());
                world.nodeLine.heal();
                awaitThat(node::isFlowing);
            }
            awaitThat(() -> world.blob(digest).isPresent() && node.waitingBlobs() == 0);
            assertThat(world.blob(digest)).hasValue(content);
            assertThat(connector.chunks())
                    .as("every chunk once, and after each cut at most one again")
                    .isBetween((long) chunks, (long) chunks + cuts);
            world.assertNothingLostOrDoubled(node);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fault70ADamagedBlobIsToldByAFactAndNothingElseWaits(FaultBroker.Kind kind)
            throws Exception {
        try (FaultWorld world = FaultWorld.start(kind, directory, SPECIFIED)) {
            FaultNode node = world.node("room-one");
            awaitThat(node::isFlowing);
            byte[] before = content(40_000);
            Digest arrived = node.keep(before);
            awaitThat(() -> world.blob(arrived).isPresent() && node.waitingBlobs() == 0);

            world.nodeLine.unplug();
            awaitThat(() -> !node.isFlowing());
            List<byte[]> contents = new ArrayList<>();
            List<Digest> digests = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                contents.add(content(20_000 + i));
                digests.add(node.keep(contents.get(i)));
            }
            node.save(Lane.RES, "result", 20, 200);
            node.close();
            damage(digests.get(3));
            world.nodeLine.plug();
            FaultNode next = world.started(world.home(1), node.acknowledged());
            for (int i = 0; i < digests.size(); i++) {
                Digest digest = digests.get(i);
                if (i != 3) {
                    awaitThat(() -> world.blob(digest).isPresent());
                    assertThat(world.blob(digest)).hasValue(contents.get(i));
                }
            }
            awaitThat(() -> next.lostBlobs().equals(List.of(digests.get(3))));
            world.assertNothingLostOrDoubled(next);
            assertThat(world.blob(digests.get(3))).isEmpty();
            assertThat(world.blob(arrived)).hasValue(before);
        }
    }

    private void damage(Digest digest) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            Path file = files.filter(f -> f.endsWith(digest.hex())).findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 1] ^= 1;
            Files.write(file, bytes);
        }
    }
}
