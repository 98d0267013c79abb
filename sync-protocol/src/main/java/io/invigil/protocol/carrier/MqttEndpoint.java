package io.invigil.protocol.carrier;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How to connect. Always MQTT 5, QoS 1, clean start, session expiry 0.
 *
 * @param uri {@code ssl://host:port}, or {@code tcp://host:port} in tests
 * @param clientId unique; nodes use name and running epoch, so that a clone does not throw the
 *     original off the broker (fault row 46)
 * @param tls context with client key and trusted CA; empty only for {@code tcp:}
 * @param receiveMax messages the broker may send before we complete them: 32 node, 64 hub
 * @param packetBytesMax greatest packet the broker may send to us
 */
public record MqttEndpoint(
        String uri,
        String clientId,
        Optional<SSLContext> tls,
        Duration keepAlive,
        Duration timeout,
        int receiveMax,
        int packetBytesMax,
        List<String> subscriptions,
        Optional<Will> will) {
    public static final int NODE_RECEIVE_MAX = 32;
    public static final int HUB_RECEIVE_MAX = 64;

    public MqttEndpoint {
        subscriptions = List.copyOf(subscriptions);
        if (receiveMax < 1 || receiveMax > 1024) {
            throw new IllegalArgumentException("Receive Maximum is 1 to 1024");
        }
        if (uri.startsWith("ssl:") == tls.isEmpty()) {
            throw new IllegalArgumentException("ssl: and a TLS context go together");
        }
    }

    /** Published by the broker, retained, when the connection is lost. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Will(String topic, byte[] payload) {}

    /**
     * The client looks once in a keep-alive: the first look may come just too early, the second one
     * asks, the third one finds no answer. The fault table allows 45 s for all three (row 30).
     */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(12);

    /** A node's endpoint: timeout 10 s, packets 64 KiB (XSP/1 section 5). */
    public static MqttEndpoint node(
            String uri,
            String clientId,
            Optional<SSLContext> tls,
            List<String> subscriptions,
            Optional<Will> will) {
        return new MqttEndpoint(
                uri,
                clientId,
                tls,
                KEEP_ALIVE,
                Duration.ofSeconds(10),
                NODE_RECEIVE_MAX,
                64 * 1024,
                subscriptions,
                will);
    }

    /** A hub instance's endpoint. */
    public static MqttEndpoint hub(
            String uri, String clientId, Optional<SSLContext> tls, List<String> subscriptions) {
        return new MqttEndpoint(
                uri,
                clientId,
                tls,
                KEEP_ALIVE,
                Duration.ofSeconds(10),
                HUB_RECEIVE_MAX,
                64 * 1024,
                subscriptions,
                Optional.empty());
    }
}
