package io.invigil.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.hub.fleet.FleetWorld;
import io.invigil.protocol.carrier.MqttEndpoint;
import io.invigil.protocol.carrier.MqttPipe;
import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.carrier.paho.PahoConnector;
import io.invigil.protocol.fact.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** What the broker and the MQTT clients can do without anything behind them. */
record BareMessages(
        String uri, List<SSLContext> hubTls, List<SSLContext> nodeTls, List<NodeId> nodes) {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(2);

    /** Messages of the same size by as many connections, received and completed, nothing else. */
    Taken exchanged(int each, int bytes) throws Exception {
        List<MqttPipe> pipes = new ArrayList<>();
        PahoConnector paho = new PahoConnector();
        try {
            for (int i = 0; i < hubTls.size(); i++) {
                List<String> filters = new ArrayList<>();
                for (int shard = i; shard < 16; shard += hubTls.size()) {
                    char digit = Character.forDigit(shard, 16);
                    filters.addAll(List.of(Topics.hubFilters(FleetWorld.REALM, digit)));
                }
                pipes.add(
                        paho.connect(
                                MqttEndpoint.hub(
                                        uri,
                                        "hub:bare:" + i,
                                        Optional.of(hubTls.get(i)),
                                        filters)));
            }
            for (int i = 0; i < nodes.size(); i++) {
                NodeId node = nodes.get(i);
                pipes.add(
                        paho.connect(
                                MqttEndpoint.node(
                                        uri,
                                        node.value() + ":bare",
                                        Optional.of(nodeTls.get(i)),
                                        List.of(Topics.downFilter(FleetWorld.REALM, node)),
                                        Optional.empty())));
            }
            exchange(pipes, each / 2, bytes);
            Map<String, Long> before = Taken.processorTime();
            long start = System.nanoTime();
            exchange(pipes, each, bytes);
            return Taken.since(start, before, (long) nodes.size() * each);
        } finally {
            pipes.forEach(MqttPipe::close);
        }
    }

    private void exchange(List<MqttPipe> pipes, int each, int bytes) throws Exception {
        byte[] payload = new byte[bytes];
        new Random(1).nextBytes(payload);
        AtomicLong missing = new AtomicLong((long) nodes.size() * each);
        List<Thread> threads = new ArrayList<>();
        for (MqttPipe in : pipes.subList(0, hubTls.size())) {
            threads.add(Thread.ofPlatform().start(() -> receive(in, missing)));
        }
        for (int i = 0; i < nodes.size(); i++) {
            MqttPipe out = pipes.get(hubTls.size() + i);
            String topic = Topics.up(FleetWorld.REALM, nodes.get(i), Topics.UpKind.RES);
            threads.add(Thread.ofPlatform().start(() -> publish(out, topic, payload, each)));
        }
        for (Thread thread : threads) {
            thread.join(PATIENCE);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(missing.get()).isZero();
    }

    private static void publish(MqttPipe out, String topic, byte[] payload, int messages) {
        try {
            for (int sent = 0; sent < messages; ) {
                if (out.publish(topic, payload, false) instanceof MqttPipe.Published.Sent) {
                    sent++;
                } else {
                    out.poll(POLL);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void receive(MqttPipe in, AtomicLong missing) {
        try {
            while (missing.get() > 0) {
                if (in.poll(POLL).orElse(null) instanceof MqttPipe.Event.Message message) {
                    in.complete(message.token());
                    missing.decrementAndGet();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
