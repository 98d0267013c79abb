package io.invigil.protocol.carrier.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.protocol.carrier.MqttEndpoint;
import io.invigil.protocol.carrier.MqttPipe;
import io.invigil.protocol.carrier.MqttPipe.Event;
import io.invigil.protocol.carrier.MqttPipe.Published;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The MQTT port over Paho against a real Mosquitto. */
class PahoPipeTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    @TempDir Path directory;

    /** Fault row 24: brokers that offer a Receive Maximum of 65 535, 32 768 or 1 (XSP-031). */
    @ParameterizedTest
    @ValueSource(ints = {1, 16, 32_767, 32_768, 65_535})
    void publishesWhateverReceiveMaximumTheBrokerOffers(int receiveMax) throws Exception {
        try (var broker = Mosquitto.start(directory, "max_inflight_messages " + receiveMax);
                MqttPipe hub = connect(broker, "hub-1", "x1/#");
                MqttPipe node = connect(broker, "node-1")) {
            int sent = 0;
            int received = 0;
            while (received < 40) {
                if (sent < 40
                        && node.publish("x1/a", new byte[] {(byte) sent}, false)
                                instanceof Published.Sent) {
                    sent++;
                }
                node.poll(Duration.ofMillis(1));
                for (Optional<Event> event = hub.poll(Duration.ofMillis(1));
                        event.isPresent();
                        event = hub.poll(Duration.ZERO)) {
                    var message = (Event.Message) event.get();
                    assertThat(message.payload()).containsExactly(received);
                    hub.complete(message.token());
                    received++;
                }
            }
            assertThat(node.unacknowledged()).isLessThanOrEqualTo(16);
        }
    }

    /** XSP-030: the own window is at most 16 and is freed by acknowledgements. */
    @Test
    void itsWindowIsSixteenAndFreesWithAcknowledgements() throws Exception {
        try (var broker = Mosquitto.start(directory, "max_inflight_messages 100");
                MqttPipe node = connect(broker, "node-1")) {
            List<Published> results = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                results.add(node.publish("x1/a", new byte[60_000], false));
            }
            assertThat(results).hasAtLeastOneElementOfType(Published.WindowFull.class);
            long sent = results.stream().filter(Published.Sent.class::isInstance).count();
            for (long i = 0; i < sent; i++) {
                assertThat(next(node, Event.Acknowledged.class)).isNotNull();
            }
            assertThat(node.unacknowledged()).isZero();
        }
    }

    /** XSP-032: without completion the broker stops at our Receive Maximum: back-pressure. */
    @Test
    void theBrokerHoldsBackWhatTheReceiverHasNotCompleted() throws Exception {
        try (var broker = Mosquitto.start(directory, "max_inflight_messages 1000");
                MqttPipe hub = connect(broker, "hub-1", "x1/#");
                MqttPipe node = connect(broker, "node-1")) {
            for (int i = 0; i < 100; ) {
                if (node.publish("x1/a", new byte[] {1}, false) instanceof Published.Sent) {
                    i++;
                }
                node.poll(Duration.ofMillis(1));
            }
            List<Event.Message> held = new ArrayList<>();
            for (Optional<Event> event = hub.poll(LONG);
                    event.isPresent();
                    event = hub.poll(Duration.ofMillis(300))) {
                held.add((Event.Message) event.get());
            }
            assertThat(held).hasSize(MqttEndpoint.HUB_RECEIVE_MAX);
            held.forEach(message -> hub.complete(message.token()));
            for (int i = held.size(); i < 100; i++) {
                var message = (Event.Message) next(hub, Event.Message.class);
                hub.complete(message.token());
            }
        }
    }

    @Test
    void publishesTheWillWhenItIsClosedAndWhenItIsTakenOver() throws Exception {
        byte[] gone = "gone".getBytes(StandardCharsets.UTF_8);
        var will = Optional.of(new MqttEndpoint.Will("x1/state", gone));
        try (var broker = Mosquitto.start(directory);
                MqttPipe hub = connect(broker, "hub-1", "x1/state")) {
            MqttPipe node =
                    new PahoConnector()
                            .connect(
                                    MqttEndpoint.node(
                                            broker.uri(),
                                            "node-1",
                                            Optional.empty(),
                                            List.of(),
                                            will));
            MqttPipe second = connect(broker, "node-1");
            assertThat(next(node, Event.Lost.class)).isNotNull();
            node.close();
            second.close();
            var message = (Event.Message) next(hub, Event.Message.class);
            assertThat(message.payload()).isEqualTo(gone);
            assertThat(node.publish("x1/a", gone, false)).isInstanceOf(Published.Closed.class);
        }
    }

    @Test
    void saysThatItIsLostWhenTheBrokerDies() throws Exception {
        var broker = Mosquitto.start(directory);
        try (MqttPipe node = connect(broker, "node-1", "x1/#")) {
            broker.close();
            assertThat(next(node, Event.Lost.class)).isNotNull();
            assertThat(node.poll(Duration.ZERO)).get().isInstanceOf(Event.Lost.class);
        }
        assertThatThrownBy(() -> connect(broker, "node-1")).isInstanceOf(IOException.class);
    }

    /** Fault row 25: a broker whose packets are smaller than ours; the pipe says 0x95. */
    @Test
    void saysThatAPacketIsTooLargeForTheBroker() throws Exception {
        try (var broker = Mosquitto.start(directory, "max_packet_size 20000");
                MqttPipe node = connect(broker, "node-1")) {
            node.publish("x1/a", new byte[30_000], false);
            var refused = (Event.RefusedByBroker) next(node, Event.RefusedByBroker.class);
            assertThat(refused.reasonCode()).isEqualTo(0x95);
            assertThat(node.publish("x1/a", new byte[10_000], false))
                    .isInstanceOf(Published.Sent.class);
            assertThat(next(node, Event.Acknowledged.class)).isNotNull();
        }
    }

    private static MqttPipe connect(Mosquitto broker, String id, String... filters)
            throws IOException {
        var endpoint = MqttEndpoint.hub(broker.uri(), id, Optional.empty(), List.of(filters));
        return new PahoConnector().connect(endpoint);
    }

    private static Event next(MqttPipe pipe, Class<? extends Event> type) throws Exception {
        Predicate<Event> wanted = type::isInstance;
        for (int i = 0; i < 1_000; i++) {
            Optional<Event> event = pipe.poll(LONG);
            if (event.filter(wanted).isPresent()) {
                return event.get();
            }
        }
        throw new AssertionError("no " + type.getSimpleName());
    }
}
