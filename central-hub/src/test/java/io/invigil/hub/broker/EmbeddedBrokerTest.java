package io.invigil.hub.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.hub.fleet.CertificateAuthority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.awaitility.Awaitility;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    private static final long WAIT_MILLIS = 10_000;
    private static final int REFUSED = 0x80;
    private static final BrokerWorld WORLD = new BrokerWorld();
    @TempDir static Path directory;
    private static EmbeddedBroker broker;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        port = BrokerWorld.freePort();
        broker = WORLD.start(directory, port);
    }

    @AfterAll
    static void close() {
        broker.close();
    }

    @Test
    void carriesFromNodeToOneHubAndBack() throws Exception {
        MqttAsyncClient hubA = connect(WORLD.hub("main"), "hub:main");
        MqttAsyncClient hubB = connect(WORLD.hub("second"), "hub:second");
        MqttAsyncClient node = connect(WORLD.node("room-one"), "room-one:1");
        BlockingQueue<String> up = new ArrayBlockingQueue<>(10);
        BlockingQueue<String> down = new ArrayBlockingQueue<>(10);
        String shared = "$share/ingest/x1/test/" + TopicRule.shardOf("room-one") + "/n/+/up/#";
        subscribe(hubA, shared, up);
        subscribe(hubB, shared, up);
        subscribe(node, topic("room-one", "dn/+"), down);

        publish(node, topic("room-one", "up/res"), "bundle", false);
        publish(hubA, topic("room-one", "dn/rcpt"), "receipt", false);

        assertThat(up.poll(10, TimeUnit.SECONDS)).isEqualTo("bundle");
        assertThat(down.poll(10, TimeUnit.SECONDS)).isEqualTo("receipt");
        publish(node, topic("room-one", "up/res"), "second", false);
        assertThat(up.poll(10, TimeUnit.SECONDS)).isEqualTo("second");
        assertThat(up).isEmpty();
        assertThat(broker.connections()).isGreaterThanOrEqualTo(3);
        close(hubA, hubB, node);
    }

    @Test
    void refusesAClientWithoutACertificate() {
        SSLSocketFactory anonymous = WORLD.factory(null, List.of());
        assertThatThrownBy(() -> connect(anonymous, "room-one")).isInstanceOf(MqttException.class);
    }

    @Test
    void refusesACertificateOfAnotherRealmsAuthority() {
        CertificateAuthority foreign =
                CertificateAuthority.found("test", Clock.systemUTC(), new SecureRandom())
                        .authority();
        SSLSocketFactory stranger =
                WORLD.client(
                        MqttIdentity.parse("urn:xsp:test:node:room-one").orElseThrow(), foreign);
        assertThatThrownBy(() -> connect(stranger, "room-one")).isInstanceOf(MqttException.class);
    }

    @Test
    void refusesTheClientIdOfAnother() {
        long before = broker.refusedConnections();
        assertThatThrownBy(() -> connect(WORLD.node("room-two"), "room-one"))
                .isInstanceOf(MqttException.class);
        assertThatThrownBy(() -> connect(WORLD.node("room-two"), "hub:main"))
                .isInstanceOf(MqttException.class);
        assertThat(broker.refusedConnections()).isEqualTo(before + 2);
    }

    @Test
    void refusesToPublishInAnothersTopicAndEndsTheConnection() throws Exception {
        MqttAsyncClient node = connect(WORLD.node("room-two"), "room-two");
        assertThatThrownBy(() -> publish(node, topic("room-one", "up/res"), "forged", false))
                .isInstanceOf(MqttException.class);
        Awaitility.await().until(() -> !node.isConnected());
        close(node);
    }

    @Test
    void refusesToPublishWhatOnlyTheHubSays() throws Exception {
        MqttAsyncClient node = connect(WORLD.node("room-two"), "room-two");
        assertThatThrownBy(() -> publish(node, topic("room-two", "dn/cmd"), "forged", false))
                .isInstanceOf(MqttException.class);
        close(node);
    }

    @Test
    void refusesRetainedDataExceptState() throws Exception {
        MqttAsyncClient node = connect(WORLD.node("room-two"), "room-two");
        publish(node, topic("room-two", "state"), "here", true);
        assertThatThrownBy(() -> publish(node, topic("room-two", "up/res"), "kept", true))
                .isInstanceOf(MqttException.class);
        close(node);
    }

    @Test
    void refusesToListenToAnotherOrToAll() throws Exception {
        for (String filter :
                List.of(
                        "#",
                        "x1/#",
                        topic("room-one", "dn/+"),
                        topic("room-two", "up/#"),
                        "$share/ingest/x1/test/+/n/+/up/#")) {
            MqttAsyncClient node = connect(WORLD.node("room-two"), "room-two");
            BlockingQueue<String> heard = new ArrayBlockingQueue<>(10);
            assertThatThrownBy(() -> subscribe(node, filter, heard))
                    .as(filter)
                    .isInstanceOf(MqttException.class);
            close(node);
        }
    }

    @Test
    void refusesAWillInAnothersTopic() {
        MqttConnectionOptions options = options(WORLD.node("room-two"));
        options.setWill(topic("room-one", "state"), new MqttMessage(new byte[] {1}));
        assertThatThrownBy(() -> connect(options, "room-two")).isInstanceOf(MqttException.class);
    }

    @Test
    void refusesAndEndsTheConnectionOfARevokedNode() throws Exception {
        SSLSocketFactory certificate = WORLD.node("room-gone");
        MqttAsyncClient node = connect(certificate, "room-gone");
        WORLD.revoked.add("room-gone");
        broker.disconnect(MqttIdentity.parse("urn:xsp:test:node:room-gone").orElseThrow());
        Awaitility.await().until(() -> !node.isConnected());
        assertThatThrownBy(() -> connect(certificate, "room-gone"))
                .isInstanceOf(MqttException.class);
        close(node);
    }

    @Test
    void offersOurLimits() throws Exception {
        MqttAsyncClient node = new MqttAsyncClient(url(), "room-two", new MemoryPersistence());
        var token = node.connect(options(WORLD.node("room-two")));
        token.waitForCompletion(WAIT_MILLIS);
        var properties = token.getResponseProperties();
        assertThat(properties.getReceiveMaximum()).isEqualTo(EmbeddedBroker.RECEIVE_MAXIMUM);
        assertThat(properties.getMaximumPacketSize()).isEqualTo(EmbeddedBroker.PACKET_BYTES_MAX);
        assertThat(properties.getMaximumQoS()).isEqualTo(1);
        close(node);
    }

    private static String topic(String node, String rest) {
        return "x1/test/" + TopicRule.shardOf(node) + "/n/" + node + "/" + rest;
    }

    private static String url() {
        return "ssl://127.0.0.1:" + port;
    }

    private static MqttConnectionOptions options(SSLSocketFactory certificate) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setSocketFactory(certificate);
        options.setCleanStart(true);
        options.setSessionExpiryInterval(0L);
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout(10);
        return options;
    }

    private static MqttAsyncClient connect(SSLSocketFactory certificate, String clientId)
            throws MqttException {
        return connect(options(certificate), clientId);
    }

    private static MqttAsyncClient connect(MqttConnectionOptions options, String clientId)
            throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient(url(), clientId, new MemoryPersistence());
        try {
            client.connect(options).waitForCompletion(WAIT_MILLIS);
            return client;
        } catch (MqttException e) {
            client.close();
            throw e;
        }
    }

    private static void publish(MqttAsyncClient client, String topic, String text, boolean retain)
            throws MqttException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var token = client.publish(topic, bytes, 1, retain);
        token.waitForCompletion(WAIT_MILLIS);
        // a refusal in a PUBACK is no failure to this client
        for (int code : token.getReasonCodes()) {
            if (code >= REFUSED) {
                throw new MqttException(code);
            }
        }
    }

    private static void subscribe(MqttAsyncClient client, String filter, BlockingQueue<String> to)
            throws MqttException {
        // a listener given to subscribe() is not called for shared subscriptions by this client
        IMqttMessageListener listener =
                (topic, message) ->
                        to.add(new String(message.getPayload(), StandardCharsets.UTF_8));
        client.setCallback(new ListeningCallback(listener));
        var token = client.subscribe(new MqttSubscription(filter, 1));
        token.waitForCompletion(WAIT_MILLIS);
        for (int code : token.getReasonCodes()) {
            if (code >= REFUSED) {
                throw new MqttException(code);
            }
        }
    }

    private static void close(MqttAsyncClient... clients) throws MqttException {
        for (MqttAsyncClient client : clients) {
            // the broker may have ended the connection already, or do so just now
            client.disconnectForcibly(0, 200, false);
            client.close();
        }
    }
}
