package io.invigil.protocol.carrier;

import java.time.Duration;
import java.util.Optional;

/**
 * One MQTT connection, used by one thread; {@link #close} may come from any. Events wait in a
 * bounded queue. Once {@link Event.Lost} was given the pipe is dead: close it, wait with full
 * jitter, connect anew.
 */
public interface MqttPipe extends AutoCloseable {

    /** What happened on the connection. */
    sealed interface Event {
        /** A message arrived and waits for {@link MqttPipe#complete}. */
        @SuppressWarnings("ArrayRecordComponent")
        record Message(String topic, byte[] payload, boolean retained, Token token)
                implements Event {}

        /** The broker took publication {@code id}; not a receipt of any kind (P2). */
        record Acknowledged(long id) implements Event {}

        /** The broker refused publication {@code id}: reason code of MQTT 5, such as 0x97. */
        record RefusedByBroker(long id, int reasonCode) implements Event {}

        /** The connection is gone. */
        record Lost(String reason) implements Event {}
    }

    /** Names an inbound message for {@link MqttPipe#complete}. */
    record Token(int messageId, int qos) {}

    /** Result of {@link MqttPipe#publish}. */
    sealed interface Published {
        /** On its way under this number. */
        record Sent(long id) implements Published {}

        /** The own window is full: wait for an {@link Event.Acknowledged}. */
        record WindowFull() implements Published {}

        /** The connection is gone. */
        record Closed() implements Published {}
    }

    /** The next event, waiting at most this long. */
    Optional<Event> poll(Duration wait) throws InterruptedException;

    /** Publishes at QoS 1 without waiting. */
    Published publish(String topic, byte[] payload, boolean retained);

    /** Acknowledges an inbound message; only after what it caused is durable. */
    void complete(Token token);

    /** Publications that the broker has not acknowledged. */
    int unacknowledged();

    @Override
    void close();
}
