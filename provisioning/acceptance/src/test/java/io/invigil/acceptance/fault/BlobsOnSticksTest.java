package io.invigil.acceptance.fault;

import static io.invigil.acceptance.fault.FaultWorld.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.hub.broker.EmbeddedBroker;
import io.invigil.protocol.crypto.Digest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Files of a room that never had a line reach the hub on a stick (XSP/1 section 9). */
@ResourceLock("embedded broker")
class BlobsOnSticksTest {
    private static final EmbeddedBroker.Limits SPECIFIED = EmbeddedBroker.Limits.SPECIFIED;

    @TempDir Path directory;
    private final SplittableRandom random = new SplittableRandom(9);

    private byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return content;
    }

    @Test
    void blobsTravelOnAStickAndTheReceiptComesBack() throws Exception {
        try (FaultWorld world = FaultWorld.start(FaultBroker.Kind.EMBEDDED, directory, SPECIFIED)) {
            FaultNode node = world.node("room-one");
            awaitThat(node::isFlowing);
            world.nodeLine.unplug();
            awaitThat(() -> !node.isFlowing());
            List<byte[]> contents = new ArrayList<>();
            List<Digest> digests = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                contents.add(content(1 + i * 9_000));
                digests.add(node.keep(contents.get(i)));
            }
            assertThat(node.exportTo(world.hubStick()))
                    .satisfies(
                            on -> {
                                assertThat(on.blobs()).isEqualTo(12);
                                assertThat(on.problem()).isEmpty();
                            });
            awaitThat(() -> world.blob(digests.get(11)).isPresent());
            for (int i = 0; i < digests.size(); i++) {
                Digest digest = digests.get(i);
                awaitThat(() -> world.blob(digest).isPresent());
                assertThat(world.blob(digest)).hasValue(contents.get(i));
            }
            awaitThat(
                    () -> {
                        node.importFrom(world.hubStick());
                        return node.waitingBlobs() == 0;
                    });
            assertThat(node.isFlowing()).as("there was no line").isFalse();
        }
    }
}
