package io.invigil.hub.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.KeyFile;
import io.invigil.hub.fleet.HubCertificates;
import io.invigil.hub.fleet.Keys;
import io.invigil.hub.fleet.MosquittoFiles;
import io.invigil.hub.fleet.RealmFounding;
import io.invigil.hub.fleet.RealmKeys;
import io.invigil.hub.fleet.ServerNames;
import io.invigil.protocol.carrier.MqttEndpoint;
import io.invigil.protocol.carrier.MqttPipe;
import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.carrier.paho.PahoConnector;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated configuration on a real Mosquitto, where one is installed. */
class MosquittoTest {
    private static final List<Path> PROGRAMS =
            List.of(Path.of("/usr/sbin/mosquitto"), Path.of("/usr/bin/mosquitto"));
    private static final Realm REALM = new Realm("test");
    @TempDir Path directory;
    private final SecureRandom random = new SecureRandom();
    private RealmKeys realm;
    private HubCertificates certificates;
    private KeyPair revokedPair;
    private List<X509Certificate> revokedChain;
    private Process process;
    private String uri;

    @BeforeEach
    void start() throws Exception {
        Optional<Path> program = PROGRAMS.stream().filter(Files::isExecutable).findFirst();
        Assumptions.assumeTrue(program.isPresent(), "Mosquitto is not installed");
        KeyFile keys =
                new KeyFile(directory, DataKey.of(new byte[DataKey.BYTES]), random::nextBytes);
        realm =
                new RealmFounding(keys, Clock.systemUTC(), random)
                        .found(REALM, directory.resolve("root.json"));
        certificates = new HubCertificates(realm, random);
        MqttIdentity gone = MqttIdentity.node(REALM, new NodeId("room-gone"));
        revokedPair = Keys.newP256(random);
        revokedChain =
                realm.authority()
                        .issueClient(gone.commonName(), gone.urn(), revokedPair.getPublic());
        int port = BrokerWorld.freePort();
        Path configuration =
                new MosquittoFiles(directory.resolve("mosquitto"), realm, certificates)
                        .write(
                                InetAddress.getLoopbackAddress(),
                                port,
                                ServerNames.of(List.of("127.0.0.1")),
                                List.of("main"),
                                Map.of(revokedChain.getFirst().getSerialNumber(), Instant.now()));
        // run by root it would change to a user that cannot read our files
        Files.writeString(
                configuration,
                Files.readString(configuration) + "user " + System.getProperty("user.name") + "\n");
        process =
                new ProcessBuilder(program.get().toString(), "-c", configuration.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("mosquitto.log").toFile())
                        .start();
        uri = "ssl://127.0.0.1:" + port;
        Awaitility.await()
                .until(
                        () -> {
                            try (var socket =
                                    new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
                                return socket.isConnected();
                            } catch (IOException notYet) {
                                return false;
                            }
                        });
    }

    @AfterEach
    void stop() throws Exception {
        if (process != null) {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    void carriesAndKeepsNodesApart() throws Exception {
        NodeId one = new NodeId("room-one");
        NodeId two = new NodeId("room-two");
        String[] filters = Topics.hubFilters(REALM, Topics.shard(one).charAt(0));
        try (MqttPipe hub =
                        new PahoConnector()
                                .connect(
                                        MqttEndpoint.hub(
                                                uri,
                                                "hub:main:0",
                                                Optional.of(certificates.mqttClient("main")),
                                                List.of(filters)));
                MqttPipe honest = node(one);
                MqttPipe liar = node(two)) {
            liar.publish(Topics.up(REALM, one, Topics.UpKind.RES), new byte[] {66}, false);
            honest.publish(Topics.up(REALM, one, Topics.UpKind.RES), new byte[] {1}, false);
            MqttPipe.Event.Message arrived = message(hub).orElseThrow();
            assertThat(arrived.payload()).as("the liar's never arrives").containsExactly(1);
            hub.complete(arrived.token());
            hub.publish(Topics.down(REALM, one, Topics.DownKind.RECEIPT), new byte[] {2}, false);
            assertThat(message(honest).orElseThrow().payload()).containsExactly(2);
        }
    }

    @Test
    void refusesARevokedCertificate() {
        assertThatThrownBy(
                        () ->
                                new PahoConnector()
                                        .connect(
                                                endpoint(
                                                        new NodeId("room-gone"),
                                                        revokedPair,
                                                        revokedChain)))
                .isInstanceOf(IOException.class);
    }

    private static Optional<MqttPipe.Event.Message> message(MqttPipe pipe)
            throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            Optional<MqttPipe.Event> event = pipe.poll(Duration.ofMillis(200));
            if (event.isPresent() && event.get() instanceof MqttPipe.Event.Message message) {
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }

    private MqttPipe node(NodeId node) throws Exception {
        MqttIdentity identity = MqttIdentity.node(REALM, node);
        KeyPair pair = Keys.newP256(random);
        return new PahoConnector()
                .connect(
                        endpoint(
                                node,
                                pair,
                                realm.authority()
                                        .issueClient(
                                                identity.commonName(),
                                                identity.urn(),
                                                pair.getPublic())));
    }

    private MqttEndpoint endpoint(NodeId node, KeyPair pair, List<X509Certificate> chain)
            throws Exception {
        char[] none = new char[0];
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(Keys.keyStore(pair.getPrivate(), chain, none), none);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(Keys.trustStore(List.of(realm.authority().root())));
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), random);
        return MqttEndpoint.node(
                uri,
                node.value() + ":1",
                Optional.of(tls),
                List.of(Topics.downFilter(REALM, node)),
                Optional.empty());
    }
}
