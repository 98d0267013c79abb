package io.invigil.site.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.KeyFile;
import io.invigil.protocol.crypto.Base64Text;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.trust.Revocations;
import io.invigil.site.PaperHub;
import io.invigil.site.technician.EnrolDecision;
import io.invigil.site.technician.Enrolment;
import io.invigil.site.technician.HubHttp;
import io.invigil.site.technician.HubTls;
import io.invigil.site.technician.NodeIdentity;
import io.invigil.site.technician.NodeKeys;
import io.invigil.site.technician.TrustKeeper;
import io.invigil.testkit.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates, trust roots and revocations at a node (XSP/1 sections 8 and 10). */
class TrustUpkeepTest {
    private static final List<String> NAMES = List.of("localhost", "127.0.0.1");
    private static final Instant NOW = Instant.now();

    @TempDir Path directory;
    private final PaperHub hub = new PaperHub(NOW);
    private final TestClock clock = new TestClock(NOW);
    private final List<String> alarms = new ArrayList<>();
    private final List<byte[]> asked = new ArrayList<>();
    private Optional<CertificateRenewal.Line> otherLine = Optional.empty();
    private Optional<Instant> trusted = Optional.empty();
    private NodeKeys keys;
    private TrustKeeper trust;

    @BeforeEach
    void enrol() throws IOException {
        Path place = Files.createDirectories(directory.resolve("keys"));
        KeyFile files = new KeyFile(place, DataKey.of(new byte[DataKey.BYTES]), Entropy.secure());
        keys = NodeKeys.open(files, Entropy.secure());
        Path file = directory.resolve("identity.json");
        Enrolment enrolment = new Enrolment(keys, file, NAMES, "test", clock);
        byte[] request = enrolment.request(hub.claim());
        var decision = enrolment.accept(hub.claim(), request, hub.enrol(request));
        assertThat(decision).isInstanceOf(EnrolDecision.Enrolled.class);
        trust = new TrustKeeper(((EnrolDecision.Enrolled) decision).identity(), file);
    }

    private CertificateRenewal renewal() {
        return new CertificateRenewal(
                keys,
                trust,
                NAMES,
                "test",
                clock,
                () -> trusted,
                request -> {
                    asked.add(request);
                    return otherLine.isPresent()
                            ? otherLine.get().post(request)
                            : new HubHttp.Answer(200, hub.renew(request).orElseThrow());
                });
    }

    private TrustUpkeep upkeep() {
        var revocations =
                new RevocationKeeper(
                        directory.resolve("revocations"),
                        PaperHub.REALM,
                        keys.signing().verifyKey().keyId(),
                        trust::root);
        return new TrustUpkeep(trust, revocations, renewal(), (code, detail) -> alarms.add(code));
    }

    private X509Certificate client() throws Exception {
        return HubTls.chain(trust.identity().enrolment().clientChain()).getFirst();
    }

    @Test
    void asksForNewCertificatesThirtyDaysBeforeTheFirstEnds() throws Exception {
        Duration left = Duration.between(NOW, client().getNotAfter().toInstant());
        List<String> told = new ArrayList<>();
        trust.whenRenewed(() -> told.add("renewed"));
        clock.advance(left.minus(CertificateRenewal.BEFORE_END).minusSeconds(60));
        assertThat(renewal().ifDue()).isInstanceOf(RenewalDecision.NotDue.class);
        assertThat(asked).isEmpty();

        clock.advance(Duration.ofSeconds(60));
        var before = client().getSerialNumber();
        assertThat(renewal().ifDue()).isInstanceOf(RenewalDecision.Renewed.class);
        assertThat(client().getSerialNumber()).isNotEqualTo(before);
        assertThat(client().getPublicKey())
                .as("the key stays")
                .isEqualTo(keys.client().getPublic());
        assertThat(told).containsExactly("renewed");
        NodeIdentity kept = NodeIdentity.read(directory.resolve("identity.json")).orElseThrow();
        assertThat(kept).isEqualTo(trust.identity());
    }

    @Test
    void fault52AnExpiredCertificateIsRenewedByTheRecordKeysProof() throws Exception {
        clock.advance(Duration.ofDays(400));
        assertThat(clock.instant()).isAfter(client().getNotAfter().toInstant());
        var before = client().getSerialNumber();
        upkeep().renew();
        assertThat(client().getSerialNumber()).isNotEqualTo(before);
        assertThat(alarms).containsExactly("CERTIFICATES_RENEWED");
    }

    @Test
    void aClockThatStandsStillDoesNotLetCertificatesRunOut() {
        trusted = Optional.of(NOW.plus(Duration.ofDays(280)));
        assertThat(renewal().ifDue()).isInstanceOf(RenewalDecision.Renewed.class);
    }

    @Test
    void withoutALineItAsksAgainAfterAWhileAndKeepsWhatItHas() throws Exception {
        clock.advance(Duration.ofDays(290));
        otherLine =
                Optional.of(
                        request -> {
                            throw new IOException("no line");
                        });
        TrustUpkeep upkeep = upkeep();
        var before = client().getSerialNumber();
        upkeep.renew();
        upkeep.renew();
        assertThat(asked).hasSize(1);
        clock.advance(CertificateRenewal.AGAIN_AFTER);
        upkeep.renew();
        assertThat(asked).hasSize(2);
        assertThat(alarms).containsExactly("RENEWAL_HUB_UNREACHABLE");
        assertThat(client().getSerialNumber()).isEqualTo(before);

        otherLine = Optional.of(request -> new HubHttp.Answer(403, new byte[0]));
        clock.advance(CertificateRenewal.AGAIN_AFTER);
        upkeep.renew();
        otherLine = Optional.empty();
        clock.advance(CertificateRenewal.AGAIN_AFTER);
        upkeep.renew();
        assertThat(alarms)
                .containsExactly(
                        "RENEWAL_HUB_UNREACHABLE", "RENEWAL_REFUSED", "CERTIFICATES_RENEWED");
    }

    @Test
    void noFlippedByteOfAReplyPutsACertificateInForce() throws Exception {
        clock.advance(Duration.ofDays(290));
        var before = trust.identity();
        for (int at = 0; at < 6_000; at += 97) {
            int flip = at;
            List<Boolean> unharmed = new ArrayList<>();
            otherLine =
                    Optional.of(
                            request -> {
                                byte[] reply = hub.renew(request).orElseThrow();
                                byte[] flipped = reply.clone();
                                flipped[flip % reply.length] ^= 1;
                                unharmed.add(content(reply).equals(content(flipped)));
                                return new HubHttp.Answer(200, flipped);
                            });
            RenewalDecision decision = renewal().ifDue();
            if (!unharmed.getFirst()) {
                assertThat(decision).as("byte %d", at).isInstanceOf(RenewalDecision.Refused.class);
                assertThat(trust.identity()).isEqualTo(before);
            }
            // the root that came with it is the one held: nothing of it is taken
            assertThat(trust.identity().trustRootEnvelope()).isEqualTo(before.trustRootEnvelope());
            before = trust.identity();
        }
        PaperHub other = new PaperHub(NOW);
        otherLine =
                Optional.of(request -> new HubHttp.Answer(200, other.enrol(enrolmentAt(other))));
        assertThat(renewal().ifDue()).isInstanceOf(RenewalDecision.Refused.class);
        assertThat(trust.identity()).isEqualTo(before);
    }

    /** What the part with the certificates says: base64 has bits that say nothing. */
    private static Optional<String> content(byte[] reply) {
        return Json.readTree(reply)
                .flatMap(tree -> Base64Text.decode(tree.path("reply").asText()))
                .map(TrustUpkeepTest::hex);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private byte[] enrolmentAt(PaperHub other) {
        return new Enrolment(keys, directory.resolve("x"), NAMES, "test", clock)
                .request(other.claim());
    }

    @Test
    void fault56RootsAreWalkedOneByOneAndKept() {
        TrustUpkeep upkeep = upkeep();
        upkeep.take(hub.trust(1, Optional.empty()));
        assertThat(alarms).isEmpty();
        upkeep.take(hub.trust(4, Optional.empty()));
        assertThat(trust.root().version()).isEqualTo(4);
        assertThat(NodeIdentity.read(directory.resolve("identity.json")).orElseThrow().trustRoot())
                .isEqualTo(trust.root());
        upkeep.take(new PaperHub(NOW).trust(5, Optional.empty()));
        assertThat(trust.root().version()).isEqualTo(4);
        assertThat(alarms).first().isEqualTo("TRUST_ROOT_ADVANCED");
        assertThat(alarms).hasSize(2);
    }

    @Test
    void aRevokedKeyIsToldOnceAndAnOlderListBringsNothingBack() {
        TrustUpkeep upkeep = upkeep();
        upkeep.take(hub.trust(1, Optional.of(revoked(1, Digest.ZERO))));
        assertThat(alarms).isEmpty();
        Digest own = keys.signing().verifyKey().keyId();
        upkeep.take(hub.trust(1, Optional.of(revoked(2, own))));
        upkeep.take(hub.trust(1, Optional.of(revoked(2, own))));
        assertThat(alarms).containsExactly("NODE_KEY_REVOKED");
        alarms.clear();

        TrustUpkeep next = upkeep();
        next.take(hub.trust(1, Optional.of(revoked(1, Digest.ZERO))));
        assertThat(alarms).containsExactly("REVOCATIONS_REFUSED", "NODE_KEY_REVOKED");
        next.take(hub.trust(1, Optional.of(revoked(2, Digest.ZERO))));
        assertThat(alarms).as("the same version with other keys").hasSize(2);
        next.take(new PaperHub(NOW).trust(1, Optional.of(revoked(3, Digest.ZERO))));
        assertThat(alarms).as("another hub's").doesNotContain("TRUST_ROOT_ADVANCED");
    }

    private static Revocations revoked(long version, Digest key) {
        var entry = new Revocations.Entry("room-107", key.hex(), NOW, "stolen", Map.of());
        return new Revocations(
                Revocations.FORMAT, PaperHub.REALM.value(), version, NOW, List.of(entry));
    }

    @Test
    void runningTlsTakesTheNewCertificateAtItsNextHandshake() throws Exception {
        SSLContext context =
                HubTls.renewable(
                        keys.client().getPrivate(),
                        () -> trust.identity().enrolment().clientChain(),
                        () -> trust.root().caCertificates());
        var before = client();
        assertThat(shownTo(context)).isEqualTo(before);
        clock.advance(Duration.ofDays(290));
        renewal().ifDue();
        assertThat(shownTo(context)).isEqualTo(client()).isNotEqualTo(before);
    }

    /** The certificate that a server of the realm sees. */
    private X509Certificate shownTo(SSLContext client) throws Exception {
        try (SSLServerSocket listening =
                (SSLServerSocket)
                        serverSide()
                                .getServerSocketFactory()
                                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setNeedClientAuth(true);
            var seen =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try (SSLSocket peer = (SSLSocket) listening.accept()) {
                                    peer.startHandshake();
                                    peer.getOutputStream().write(1);
                                    return (X509Certificate)
                                            peer.getSession().getPeerCertificates()[0];
                                } catch (IOException failed) {
                                    throw new java.io.UncheckedIOException(failed);
                                }
                            });
            try (SSLSocket socket =
                    (SSLSocket)
                            client.getSocketFactory()
                                    .createSocket(
                                            InetAddress.getLoopbackAddress(),
                                            listening.getLocalPort())) {
                socket.startHandshake();
                assertThat(socket.getInputStream().read()).isEqualTo(1);
            }
            return seen.get();
        }
    }

    /** A context of the JDK's own managers, which serve. */
    private SSLContext serverSide() throws Exception {
        var store = java.security.KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        store.setKeyEntry(
                "server",
                keys.server().getPrivate(),
                new char[0],
                HubTls.chain(trust.identity().enrolment().serverChain())
                        .toArray(X509Certificate[]::new));
        var managers = javax.net.ssl.KeyManagerFactory.getInstance("SunX509");
        managers.init(store, new char[0]);
        var anchors = java.security.KeyStore.getInstance("PKCS12");
        anchors.load(null, new char[0]);
        anchors.setCertificateEntry("ca", hub.authority());
        var trusts = javax.net.ssl.TrustManagerFactory.getInstance("PKIX");
        trusts.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trusts.getTrustManagers(), null);
        return context;
    }
}
