package io.invigil.hub.broker;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/**
 * HiveMQ CE inside this process with the settings of XSP/1 section 16: mutual TLS only, state in
 * memory, usage statistics off, our own access rules from the first connection on.
 *
 * <p>Thread-safe. Closing takes up to a few seconds and ends every connection.
 */
public final class EmbeddedBroker implements AutoCloseable {
    public static final int QUEUE_MESSAGES_MAX = 100_000;
    public static final int RECEIVE_MAXIMUM = 100;
    public static final int PACKET_BYTES_MAX = 64 * 1024;
    public static final int KEEP_ALIVE_SECONDS_MAX = 120;

    private static final String CONNECTIONS_METRIC = "com.hivemq.networking.connections.current";
    private static final String DROPPED_METRIC = "com.hivemq.messages.dropped.count";

    /**
     * What a broker takes from and keeps for one client.
     *
     * @param queueMessagesMax messages waiting for a client; what comes then is dropped silently
     * @param receiveMaximum publications of a client that are not acknowledged yet
     * @param packetBytesMax of one packet
     */
    public record Limits(int queueMessagesMax, int receiveMaximum, int packetBytesMax) {
        /** Those of XSP/1 section 16. */
        public static final Limits SPECIFIED =
                new Limits(QUEUE_MESSAGES_MAX, RECEIVE_MAXIMUM, PACKET_BYTES_MAX);
    }

    private final EmbeddedHiveMQ broker;
    private final BrokerAccess access;

    private EmbeddedBroker(EmbeddedHiveMQ broker, BrokerAccess access) {
        this.broker = broker;
        this.access = access;
    }

    /**
     * Starts a broker and returns when it listens.
     *
     * @param directory of its own, emptied of nothing; configuration is rewritten at each start
     * @throws BrokerNotStarted when the port is taken or the configuration was not taken
     */
    public static EmbeddedBroker start(
            Path directory, InetAddress bind, int port, BrokerTls tls, AccessGate gate) {
        return start(directory, bind, port, tls, gate, Limits.SPECIFIED);
    }

    /** The same with other limits, to show that nothing relies on them. */
    public static EmbeddedBroker start(
            Path directory,
            InetAddress bind,
            int port,
            BrokerTls tls,
            AccessGate gate,
            Limits limits) {
        Path conf = directory.resolve("conf");
        Path data = directory.resolve("data");
        Path extensions = directory.resolve("extensions");
        try {
            Files.createDirectories(conf);
            Files.createDirectories(data);
            Files.createDirectories(extensions);
            Files.writeString(
                    conf.resolve("config.xml"),
                    configuration(bind, port, tls, limits),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the broker's directory is not writable", e);
        }
        BrokerAccess access = new BrokerAccess(gate);
        EmbeddedHiveMQ broker =
                EmbeddedHiveMQ.builder()
                        .withConfigurationFolder(conf)
                        .withDataFolder(data)
                        .withExtensionsFolder(extensions)
                        .withEmbeddedExtension(extension(access))
                        // else it takes over the process's log configuration
                        .withoutLoggingBootstrap()
                        .build();
        EmbeddedBroker started = new EmbeddedBroker(broker, access);
        try {
            broker.start().get();
        } catch (ExecutionException e) {
            started.close();
            throw new BrokerNotStarted("port " + port + ": " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            started.close();
            throw new BrokerNotStarted("interrupted while starting", e);
        }
        if (!access.isInForce()) {
            started.close();
            throw new BrokerNotStarted("the access rules were not loaded", null);
        }
        return started;
    }

    /** Ends every connection of this identity now; returns when asked, not when done. */
    public void disconnect(MqttIdentity identity) {
        access.disconnect(identity);
    }

    /** Connections open now. */
    public int connections() {
        return broker.getMetricRegistry().getMetrics().get(CONNECTIONS_METRIC)
                                instanceof Gauge<?> gauge
                        && gauge.getValue() instanceof Number number
                ? number.intValue()
                : 0;
    }

    /** Messages that it had acknowledged and then dropped, since the start. */
    public long droppedMessages() {
        return broker.getMetricRegistry().getMetrics().get(DROPPED_METRIC)
                        instanceof Counter counter
                ? counter.getCount()
                : 0;
    }

    /** Connections refused by our rules since the start (unknown, foreign realm, revoked). */
    public long refusedConnections() {
        return access.refused();
    }

    @Override
    public void close() {
        try {
            // stop() leaves threads behind; close() does not (XSP/1 section 16)
            broker.close();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker did not close", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static EmbeddedExtension extension(BrokerAccess access) {
        return EmbeddedExtension.builder()
                .withId("invigil-access")
                .withName("Invigil access rules")
                .withVersion("1")
                .withAuthor("Invigil")
                .withPriority(1000)
                .withStartPriority(1000)
                .withExtensionMain(access)
                .build();
    }

    private static String configuration(InetAddress bind, int port, BrokerTls tls, Limits limits) {
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <hivemq>
          <listeners>
            <tls-tcp-listener>
              <port>%d</port>
              <bind-address>%s</bind-address>
              <tls>
                <keystore>
                  <path>%s</path>
                  <password>%s</password>
                  <private-key-password>%s</private-key-password>
                </keystore>
                <truststore>
                  <path>%s</path>
                  <password>%s</password>
                </truststore>
                <client-authentication-mode>REQUIRED</client-authentication-mode>
                <protocols>
                  <protocol>TLSv1.3</protocol>
                  <protocol>TLSv1.2</protocol>
                </protocols>
              </tls>
            </tls-tcp-listener>
          </listeners>
          <mqtt>
            <queued-messages>
              <max-queue-size>%d</max-queue-size>
              <strategy>discard</strategy>
            </queued-messages>
            <quality-of-service><max-qos>1</max-qos></quality-of-service>
            <topic-alias><enabled>false</enabled></topic-alias>
            <session-expiry><max-interval>0</max-interval></session-expiry>
            <keep-alive>
              <max-keep-alive>%d</max-keep-alive>
              <allow-unlimited>false</allow-unlimited>
            </keep-alive>
            <packets><max-packet-size>%d</max-packet-size></packets>
            <receive-maximum>
              <server-receive-maximum>%d</server-receive-maximum>
            </receive-maximum>
          </mqtt>
          <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
          <persistence><mode>in-memory</mode></persistence>
        </hivemq>
        """
                .formatted(
                        port,
                        xml(bind.getHostAddress()),
                        xml(tls.keyStore().toAbsolutePath().toString()),
                        xml(tls.password()),
                        xml(tls.password()),
                        xml(tls.trustStore().toAbsolutePath().toString()),
                        xml(tls.password()),
                        limits.queueMessagesMax(),
                        KEEP_ALIVE_SECONDS_MAX,
                        limits.packetBytesMax(),
                        limits.receiveMaximum());
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
