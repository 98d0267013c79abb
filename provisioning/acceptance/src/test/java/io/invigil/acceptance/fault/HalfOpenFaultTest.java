package io.invigil.acceptance.fault;

import static io.invigil.acceptance.fault.FaultWorld.awaitThat;
import static org.awaitility.Awaitility.await;

import io.invigil.hub.broker.EmbeddedBroker;
import io.invigil.protocol.fact.Lane;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A line that swallows everything and says nothing, end to end (fault row 30). */
@ResourceLock("embedded broker")
class HalfOpenFaultTest {
    private static final EmbeddedBroker.Limits SPECIFIED = EmbeddedBroker.Limits.SPECIFIED;

    @TempDir Path directory;

    /** What is sent vanishes without an error; the keep-alive notices within its 45 s. */
    @Test
    void fault30AHalfOpenConnectionIsNoticedByItsKeepAliveAndMadeAnew() throws Exception {
        try (FaultWorld world = FaultWorld.start(FaultBroker.Kind.EMBEDDED, directory, SPECIFIED)) {
            CountingConnector connector = new CountingConnector();
            FaultNode node = world.node("room-one", connector);
            awaitThat(node::isFlowing);
            node.save(Lane.RES, "before", 20, 200);
            world.nodeLine.silence(true);
            node.save(Lane.RES, "into-nothing", 20, 200);
            await().atMost(Duration.ofSeconds(45)).until(() -> !node.isFlowing());
            long broken = connector.connections();
            world.nodeLine.heal();
            awaitThat(() -> connector.connections() > broken && node.isFlowing());
            world.assertNothingLostOrDoubled(node);
        }
    }
}
