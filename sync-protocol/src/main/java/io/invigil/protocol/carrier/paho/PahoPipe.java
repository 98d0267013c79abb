package io.invigil.protocol.carrier.paho;

import io.invigil.protocol.carrier.MqttPipe;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * One connection over Paho. Callbacks only copy into the bounded queue, catch everything, and never
 * publish, subscribe or block: Paho's own inbound queue is 10 deep and an exception in a callback
 * closes the connection (issues 985 and 999).
 */
final class PahoPipe implements MqttPipe, MqttCallback {
    /** Unacknowledged publications at a time, whatever the broker offers. */
    static final int WINDOW_MAX = 16;

    private static final int PACKET_TOO_LARGE = 0x95;
    private static final int HEAD_BYTES = 16;
    private static final int UNSPECIFIED = 0x80;
    private static final int DISCONNECT_WITH_WILL = 0x04;
    private static final long DISCONNECT_MILLIS = 300;

    private final LimitedClient client;
    private final boolean hasWill;
    private final BlockingQueue<Event> events;
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private final AtomicBoolean lost = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile int window = WINDOW_MAX;
    private volatile long packetBytesMax = Long.MAX_VALUE;
    private volatile String lostReason = "";
    private long lastId;

    PahoPipe(LimitedClient client, int receiveMax, boolean hasWill) {
        this.client = client;
        this.hasWill = hasWill;
        this.events = new ArrayBlockingQueue<>(receiveMax + 2 * WINDOW_MAX + 2);
    }

    /** What the broker can take, known after CONNACK; absent values mean no limit. */
    void serverLimits(Optional<Integer> receiveMax, Optional<Long> packetMax) {
        window = Math.min(WINDOW_MAX, receiveMax.orElse(WINDOW_MAX));
        packetBytesMax = packetMax.orElse(Long.MAX_VALUE);
    }

    @Override
    public Optional<Event> poll(Duration wait) throws InterruptedException {
        Event event = events.poll();
        if (event == null && !lost.get()) {
            event = events.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (event == null && lost.get()) {
            return Optional.of(new Event.Lost(lostReason));
        }
        return Optional.ofNullable(event);
    }

    @Override
    public Published publish(String topic, byte[] payload, boolean retained) {
        if (lost.get() || closed.get()) {
            return new Published.Closed();
        }
        if (unacknowledged.get() >= window) {
            return new Published.WindowFull();
        }
        lastId++;
        long id = lastId;
        if (payload.length + 4L * topic.length() + HEAD_BYTES > packetBytesMax) {
            // Paho would send it and lose the connection
            add(new Event.RefusedByBroker(id, PACKET_TOO_LARGE));
            return new Published.Sent(id);
        }
        unacknowledged.incrementAndGet();
        var message = new MqttMessage(payload, 1, retained, new MqttProperties());
        try {
            client.publish(topic, message, id, new Acknowledgement(id));
            return new Published.Sent(id);
        } catch (MqttException refused) {
            unacknowledged.decrementAndGet();
            if (refused.getReasonCode() == MqttClientException.REASON_CODE_MAX_INFLIGHT) {
                return new Published.WindowFull();
            }
            lose("publish: reason " + refused.getReasonCode());
            return new Published.Closed();
        }
    }

    @Override
    public void complete(Token token) {
        if (lost.get() || closed.get()) {
            return;
        }
        try {
            client.messageArrivedComplete(token.messageId(), token.qos());
        } catch (MqttException gone) {
            lose("complete: reason " + gone.getReasonCode());
        }
    }

    @Override
    public int unacknowledged() {
        return unacknowledged.get();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        lose("closed");
        int reason = hasWill ? DISCONNECT_WITH_WILL : 0;
        try {
            client.disconnectForcibly(0, DISCONNECT_MILLIS, reason, new MqttProperties());
        } catch (MqttException alreadyGone) {
            lostReason = "closed: reason " + alreadyGone.getReasonCode();
        }
        try {
            client.close(true);
        } catch (MqttException alreadyClosed) {
            lostReason = "closed: reason " + alreadyClosed.getReasonCode();
        }
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        var token = new Token(message.getId(), message.getQos());
        add(new Event.Message(topic, message.getPayload().clone(), message.isRetained(), token));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        lose("disconnected: code " + response.getReturnCode());
    }

    @Override
    public void mqttErrorOccurred(MqttException error) {
        lose("error: reason " + error.getReasonCode());
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // each publication has its own listener
    }

    @Override
    public void connectComplete(boolean reconnect, String uri) {
        // the connector waits for the connect token
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        lose("the broker asks for enhanced authentication");
    }

    /** Never blocks: a conforming broker cannot fill the queue, another one loses us. */
    private void add(Event event) {
        if (!events.offer(event)) {
            lose("event queue is full");
        }
    }

    private void lose(String reason) {
        if (lost.compareAndSet(false, true)) {
            lostReason = reason;
            events.offer(new Event.Lost(reason));
        }
    }

    private final class Acknowledgement implements MqttActionListener {
        private final long id;

        Acknowledgement(long id) {
            this.id = id;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            unacknowledged.decrementAndGet();
            int[] codes = token.getReasonCodes();
            int code = codes == null || codes.length == 0 ? 0 : codes[0] & 0xff;
            add(
                    code < UNSPECIFIED
                            ? new Event.Acknowledged(id)
                            : new Event.RefusedByBroker(id, code));
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            unacknowledged.decrementAndGet();
            int code = cause instanceof MqttException e ? e.getReasonCode() & 0xff : UNSPECIFIED;
            add(new Event.RefusedByBroker(id, code));
        }
    }
}
