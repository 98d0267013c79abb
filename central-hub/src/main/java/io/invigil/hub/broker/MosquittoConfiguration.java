package io.invigil.hub.broker;

import io.invigil.protocol.fact.Realm;
import java.net.InetAddress;
import java.nio.file.Path;

/**
 * The same access rules for Mosquitto 2.0, which knows a client by the common name of its
 * certificate: the node id, or {@code hub:} and the instance. Mosquitto cannot bind the MQTT client
 * id to it, so there a node with a valid certificate can end another's connection by its client id;
 * it can neither read nor write in its place. Revoked certificates are refused by the list in
 * {@code crl}; Mosquitto re-reads it on SIGHUP.
 *
 * @param ca PEM of root and intermediate
 * @param certificate PEM of the broker's chain
 * @param key PEM of the broker's key
 * @param crl PEM of the revocation list
 * @param accessList where {@link #accessList(Iterable)} was written
 */
public record MosquittoConfiguration(
        Realm realm,
        InetAddress bind,
        int port,
        Path ca,
        Path certificate,
        Path key,
        Path crl,
        Path accessList) {

    /** Text of mosquitto.conf. */
    public String configuration() {
        return """
        listener %d %s
        cafile %s
        certfile %s
        keyfile %s
        crlfile %s
        require_certificate true
        use_identity_as_username true
        allow_anonymous false
        acl_file %s
        tls_version tlsv1.2
        persistence false
        max_queued_messages %d
        max_queued_bytes 0
        max_inflight_messages %d
        max_packet_size %d
        max_keepalive %d
        retain_available true
        """
                .formatted(
                        port,
                        bind.getHostAddress(),
                        ca.toAbsolutePath(),
                        certificate.toAbsolutePath(),
                        key.toAbsolutePath(),
                        crl.toAbsolutePath(),
                        accessList.toAbsolutePath(),
                        EmbeddedBroker.QUEUE_MESSAGES_MAX,
                        EmbeddedBroker.RECEIVE_MAXIMUM,
                        EmbeddedBroker.PACKET_BYTES_MAX,
                        EmbeddedBroker.KEEP_ALIVE_SECONDS_MAX);
    }

    /**
     * Text of the access list. A subscription filter is not looked at by Mosquitto; what counts is
     * the topic of each message that would be delivered.
     *
     * @param hubs names of the hub instances
     */
    public String accessList(Iterable<String> hubs) {
        StringBuilder out = new StringBuilder();
        for (String hub : hubs) {
            out.append("user ").append(MqttIdentity.hub(realm, hub).commonName()).append('\n');
            TopicRule.hub(realm).forEach(rule -> out.append("topic ").append(line(rule)));
        }
        // "+" for the shard and %u for the node: the user name is the certificate's
        TopicRule.node(realm, "+", "%u").forEach(rule -> out.append("pattern ").append(line(rule)));
        return out.toString();
    }

    private static String line(TopicRule rule) {
        String act = rule.act() == TopicRule.Act.PUBLISH ? "write " : "read ";
        return act + rule.filter() + "\n";
    }
}
