package io.invigil.acceptance.fault;

import io.invigil.protocol.blob.BlobChunk;
import io.invigil.protocol.carrier.MqttConnector;
import io.invigil.protocol.carrier.MqttEndpoint;
import io.invigil.protocol.carrier.MqttPipe;
import io.invigil.protocol.carrier.paho.PahoConnector;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Paho, counting the bytes that a node publishes and its connections. Thread-safe. */
final class CountingConnector implements MqttConnector {
    private final MqttConnector paho = new PahoConnector();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong chunks = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong largest = new AtomicLong();

    @Override
    public MqttPipe connect(MqttEndpoint endpoint) throws IOException {
        MqttPipe pipe = paho.connect(endpoint);
        connections.incrementAndGet();
        return new Counted(pipe);
    }

    /** Payload bytes handed to the broker, sent again included. */
    long published() {
        return published.get();
    }

    /** Chunks of blobs handed to the broker, sent again included. */
    long chunks() {
        return chunks.get();
    }

    /** Bytes of the largest payload that was offered to the broker, refused ones included. */
    long largest() {
        return largest.get();
    }

    long connections() {
        return connections.get();
    }

    private final class Counted implements MqttPipe {
        private final MqttPipe pipe;

        Counted(MqttPipe pipe) {
            this.pipe = pipe;
        }

        @Override
        public Optional<Event> poll(Duration wait) throws InterruptedException {
            return pipe.poll(wait);
        }

        @Override
        public Published publish(String topic, byte[] payload, boolean retained) {
            largest.accumulateAndGet(payload.length, Math::max);
            Published result = pipe.publish(topic, payload, retained);
            if (result instanceof Published.Sent) {
                published.addAndGet(payload.length);
                chunks.addAndGet(BlobChunk.decode(payload).isPresent() ? 1 : 0);
            }
            return result;
        }

        @Override
        public void complete(Token token) {
            pipe.complete(token);
        }

        @Override
        public int unacknowledged() {
            return pipe.unacknowledged();
        }

        @Override
        public void close() {
            pipe.close();
        }
    }
}
