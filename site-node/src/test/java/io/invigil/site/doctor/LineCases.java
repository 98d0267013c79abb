package io.invigil.site.doctor;

import com.sun.net.httpserver.HttpServer;
import io.invigil.protocol.node.NodeAlarm;
import io.invigil.site.doctor.line.BacklogProbe;
import io.invigil.site.doctor.line.BrokerProbe;
import io.invigil.site.doctor.line.CertificateProbe;
import io.invigil.site.doctor.line.HubProbe;
import io.invigil.site.doctor.line.LanProbe;
import io.invigil.site.doctor.machine.ReferenceTime;
import io.invigil.site.room.core.CoreTime;
import io.invigil.site.sync.SyncStatus;
import io.invigil.site.technician.HubHttp;
import io.invigil.site.technician.SetupCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A case for each thing that can be said of the node's lines. */
final class LineCases {
    private static final Instant MADE = Instant.parse("2026-03-01T00:00:00Z");
    private final List<Measured> cases = new ArrayList<>();

    List<Measured> all() throws IOException, GeneralSecurityException {
        hub();
        broker();
        X509Certificate certificate =
                SetupCertificate.make(
                        KeyPairGenerator.getInstance("EC").generateKeyPair(),
                        List.of("node.example", "192.0.2.7"),
                        MADE);
        lan(certificate);
        // valid for 800 days from 30 before it was made
        for (long day : List.of(0L, 790L, 801L)) {
            Clock clock = Clock.fixed(MADE.plus(Duration.ofDays(day)), ZoneOffset.UTC);
            cases.add(new CertificateProbe(() -> List.of(certificate), clock).look());
        }
        backlog();
        return cases;
    }

    private static Measured hub(int port, ReferenceTime reference) throws IOException {
        URI base = URI.create("http://localhost:" + port);
        try (HubHttp http = new HubHttp(base, tls())) {
            return new HubProbe(http, "localhost", reference).look();
        }
    }

    private void hub() throws IOException {
        ReferenceTime reference = new ReferenceTime(() -> new CoreTime(0, 0, "boot"));
        HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        int[] status = {200};
        server.createContext(
                "/x1/trust",
                exchange -> {
                    exchange.sendResponseHeaders(status[0], -1);
                    exchange.close();
                });
        server.start();
        int port = server.getAddress().getPort();
        cases.add(hub(port, reference));
        if (reference.known().isEmpty()) {
            throw new AssertionError("the centre's clock was not read");
        }
        status[0] = 302;
        cases.add(hub(port, reference));
        server.stop(0);
        cases.add(hub(portOfNobody(), reference));
    }

    private static Measured broker(String scheme, int port) {
        return new BrokerProbe(URI.create(scheme + "://localhost:" + port), tls()).look();
    }

    /** A server that speaks, but neither MQTT nor TLS. */
    private void broker() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            int port = server.getLocalPort();
            Thread.ofVirtual().start(() -> speak(server));
            cases.add(broker("tcp", port));
            cases.add(broker("ssl", port));
        }
        cases.add(broker("ssl", portOfNobody()));
    }

    /** One that nobody ever accepted on: closing under an accept may let one more in. */
    private static int portOfNobody() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            return server.getLocalPort();
        }
    }

    private static void speak(ServerSocket server) {
        byte[] greeting = "220 mail.example ready\r\n".getBytes(StandardCharsets.US_ASCII);
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write(greeting);
                socket.getOutputStream().flush();
                socket.getInputStream().read();
            } catch (IOException closed) {
                continue;
            }
        }
    }

    private void lan(X509Certificate certificate) throws IOException {
        for (List<String> here :
                List.of(List.of("192.0.2.7"), List.of("192.0.2.8"), List.<String>of())) {
            List<InetAddress> addresses = here.stream().map(LineCases::address).toList();
            cases.add(new LanProbe(() -> addresses, () -> certificate).look());
        }
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private void backlog() {
        List<Optional<SyncStatus.View>> views =
                List.of(
                        Optional.of(view(true, 40, List.of())),
                        Optional.of(view(false, 40, List.of())),
                        Optional.empty(),
                        Optional.of(
                                view(
                                        true,
                                        0,
                                        List.of(
                                                new SyncStatus.Noted(
                                                        MADE,
                                                        NodeAlarm.HUB_RECORD_DIFFERS.name(),
                                                        "")))));
        for (Optional<SyncStatus.View> view : views) {
            cases.add(new BacklogProbe(() -> view).look());
        }
    }

    private static SyncStatus.View view(
            boolean flowing, long waiting, List<SyncStatus.Noted> alarms) {
        return new SyncStatus.View(
                flowing, flowing, waiting, Optional.of(MADE), Optional.empty(), alarms);
    }

    private static SSLContext tls() {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK has no TLS", missing);
        }
    }
}
