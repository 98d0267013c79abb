package io.invigil.hub.fleet;

import static io.invigil.hub.fleet.EnrolmentRefusal.ENROL_CLAIM_EXPIRED;
import static io.invigil.hub.fleet.EnrolmentRefusal.ENROL_CLAIM_UNKNOWN;
import static io.invigil.hub.fleet.EnrolmentRefusal.ENROL_CLAIM_USED;
import static io.invigil.hub.fleet.EnrolmentRefusal.ENROL_CSR_REFUSED;
import static io.invigil.hub.fleet.EnrolmentRefusal.ENROL_MALFORMED;
import static io.invigil.hub.fleet.EnrolmentRefusal.ENROL_NAMES_REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.AuditTrail;
import io.invigil.hub.fleet.Enrolments.Outcome;
import io.invigil.hub.ingest.FactProjection;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.hub.KeyStanding;
import io.invigil.protocol.trust.ClaimCode;
import io.invigil.protocol.trust.EnrolmentReply;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentsTest {
    private static final AtomicLong TENANTS = new AtomicLong(500);

    @Nested
    class OnDerby extends Contract {
        OnDerby() {
            super(Dialect.DERBY);
        }
    }

    @Nested
    class OnPostgresql extends Contract {
        OnPostgresql() {
            super(Dialect.POSTGRESQL);
        }
    }

    abstract static class Contract extends StoreContract {
        @TempDir Path keys;
        private final TestClock clock = TestClock.examMorning();
        private FleetWorld world;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", FactProjection.class));
        }

        @BeforeEach
        void found() throws Exception {
            world = new FleetWorld(database(), TENANTS.incrementAndGet(), keys, clock);
        }

        @Test
        void letsANodeInThatKnowsTheCode() {
            ClaimCode code = world.claim("room-one");
            FleetWorld.Box box = world.box();
            byte[] request = box.request(code);
            Outcome.Enrolled enrolled = (Outcome.Enrolled) world.enrolments.enrol(request);
            EnrolmentReply.Outcome.Enrolled read =
                    (EnrolmentReply.Outcome.Enrolled)
                            EnrolmentReply.read(enrolled.reply(), code, box.seal, request);
            assertThat(read.reply().node()).isEqualTo("room-one");
            assertThat(read.reply().siteName()).isEqualTo("第一考核站点");
            X509Certificate client = Keys.readCertificates(read.reply().clientChain()).getFirst();
            assertThat(client.getPublicKey()).isEqualTo(box.client.getPublic());
            assertThat(world.directory.admitted(client)).contains(new NodeId("room-one"));
            X509Certificate server = Keys.readCertificates(read.reply().serverChain()).getFirst();
            assertThat(world.directory.admitted(server)).isEmpty();
            KeyStanding key =
                    world.directory
                            .standing(new NodeId("room-one"))
                            .orElseThrow()
                            .keys()
                            .getFirst();
            assertThat(key).isEqualTo(KeyStanding.good(box.record.verifyKey()));
        }

        @Test
        void answersTheSameRequestAgainAndRefusesAnyOther() {
            ClaimCode code = world.claim("room-one");
            byte[] request = world.box().request(code);
            assertThat(world.enrolments.enrol(request)).isInstanceOf(Outcome.Enrolled.class);
            assertThat(world.enrolments.enrol(request)).isInstanceOf(Outcome.Enrolled.class);
            assertRefused(world.box().request(code), ENROL_CLAIM_USED);
        }

        @Test
        void refusesAnExpiredCode() {
            ClaimCode code = world.claim("room-one");
            clock.advance(ClaimCode.VALID_FOR.minus(Duration.ofMillis(1)));
            byte[] request = world.box().request(code);
            clock.advance(Duration.ofMillis(1));
            assertRefused(request, ENROL_CLAIM_EXPIRED);
        }

        @Test
        void refusesACodeThatNobodyGaveOut() {
            ClaimCode invented =
                    ClaimCode.make(
                            world.realm.trust().rootVerifyKey(), new SecureRandom()::nextBytes);
            assertRefused(world.box().request(invented), ENROL_CLAIM_UNKNOWN);
        }

        @Test
        void refusesCertificateRequestsWithoutProof() {
            ClaimCode code = world.claim("room-one");
            FleetWorld.Box box = world.box();
            List<String> names = List.of("a.lan");
            byte[] stolen = box.request(code, names, box.client, box.server, box.server);
            assertRefused(stolen, ENROL_CSR_REFUSED);
            byte[] shared = box.request(code, names, box.server, box.server, box.server);
            assertRefused(shared, ENROL_CSR_REFUSED);
            byte[] hostile = box.request(code, List.of("*"), box.client, box.client, box.server);
            assertRefused(hostile, ENROL_NAMES_REFUSED);
            assertThat(world.enrolments.enrol(box.request(code)))
                    .as("a refused request does not use up the claim")
                    .isInstanceOf(Outcome.Enrolled.class);
        }

        @Test
        void refusesEveryChangedByte() {
            ClaimCode code = world.claim("room-one");
            byte[] request = world.box().request(code);
            for (int i = 0; i < request.length; i += 7) {
                request[i] ^= 1;
                assertThat(world.enrolments.enrol(request))
                        .as("byte " + i)
                        .isInstanceOfAny(Outcome.Refused.class);
                request[i] ^= 1;
            }
            assertRefused(new byte[0], ENROL_MALFORMED);
        }

        @Test
        void onlyStaffOfTheBodyGiveOutCodes() {
            assertThat(world.fleet.claim(world.clerk, "room-one", FleetWorld.SITE, List.of()))
                    .isEqualTo(new Fleet.ClaimDecision.Refused(FleetRefusal.FLEET_FORBIDDEN));
            assertThat(world.fleet.claim(world.body, "Hub!", FleetWorld.SITE, List.of()))
                    .isEqualTo(new Fleet.ClaimDecision.Refused(FleetRefusal.FLEET_NODE_NAME));
            List<String> rooms = new ArrayList<>();
            for (int i = 0; i <= Fleet.ROOMS_MAX; i++) {
                rooms.add("room " + i);
            }
            assertThat(world.fleet.claim(world.body, "room-one", FleetWorld.SITE, rooms))
                    .isEqualTo(new Fleet.ClaimDecision.Refused(FleetRefusal.FLEET_ROOMS_TOO_MANY));
        }

        @Test
        void aRevokedNodeIsShutOutAndItsListenerTold() {
            ClaimCode code = world.claim("room-one");
            FleetWorld.Box box = world.box();
            world.enrolments.enrol(box.request(code));
            List<NodeId> told = new ArrayList<>();
            world.directory.whenRevoked(told::add);
            NodeId node = new NodeId("room-one");
            assertThat(world.fleet.revoke(world.clerk, node, "x"))
                    .contains(FleetRefusal.FLEET_FORBIDDEN);
            assertThat(world.fleet.revoke(world.body, node, " "))
                    .contains(FleetRefusal.FLEET_REASON_MISSING);
            assertThat(world.fleet.revoke(world.body, node, "stolen")).isEmpty();
            assertThat(told).containsExactly(node);
            assertThat(AuditTrail.of(database(), world.tenant))
                    .containsExactly(
                            "CREATED node room-one",
                            "CREATED node room-one",
                            "CHANGED node room-one");
            KeyStanding key = world.directory.standing(node).orElseThrow().keys().getFirst();
            assertThat(key.revoked()).isTrue();
            assertThat(world.fleet.revoke(world.body, node, "stolen"))
                    .contains(FleetRefusal.FLEET_ALREADY_REVOKED);
        }

        @Test
        void anotherBoxUnderTheNameTakesTheOldOnesPlace() {
            FleetWorld.Box old = world.box();
            world.enrolments.enrol(old.request(world.claim("room-one")));
            List<NodeId> told = new ArrayList<>();
            world.directory.whenRevoked(told::add);
            FleetWorld.Box fresh = world.box();
            world.enrolments.enrol(fresh.request(world.claim("room-one")));
            var standing = world.directory.standing(new NodeId("room-one")).orElseThrow();
            assertThat(standing.key(old.record.verifyKey().keyId()).orElseThrow().revoked())
                    .isTrue();
            assertThat(standing.key(fresh.record.verifyKey().keyId()).orElseThrow().revoked())
                    .isFalse();
            assertThat(told).containsExactly(new NodeId("room-one"));
        }

        /** Row 52: the record key vouches, whatever became of the certificate. */
        @Test
        void renewsCertificatesForTheRecordKeyAlone() {
            FleetWorld.Box box = world.box();
            world.enrolments.enrol(box.request(world.claim("room-one")));
            byte[] request = box.renewal(box.record);
            Outcome.Enrolled renewed = (Outcome.Enrolled) world.enrolments.renew(request);
            EnrolmentReply.Outcome.Enrolled read =
                    (EnrolmentReply.Outcome.Enrolled)
                            EnrolmentReply.readRenewal(
                                    renewed.reply(), world.realm.trust(), box.seal, request);
            X509Certificate client = Keys.readCertificates(read.reply().clientChain()).getFirst();
            assertThat(world.directory.admitted(client)).contains(new NodeId("room-one"));
            Outcome.Refused refused = new Outcome.Refused(EnrolmentRefusal.ENROL_RENEWAL_REFUSED);
            assertThat(world.enrolments.renew(box.renewal(world.box().record))).isEqualTo(refused);
            world.fleet.revoke(world.body, new NodeId("room-one"), "stolen");
            assertThat(world.enrolments.renew(request)).isEqualTo(refused);
        }

        @Test
        void theRootKeysAreOnlyInTheFileThatLeaves() throws Exception {
            String file = Files.readString(keys.resolve("root.json"));
            assertThat(file).contains("BEGIN PRIVATE KEY");
            assertThat(keys.toFile().list()).noneMatch(name -> name.startsWith("root-"));
        }

        private void assertRefused(byte[] request, EnrolmentRefusal reason) {
            assertThat(world.enrolments.enrol(request)).isEqualTo(new Outcome.Refused(reason));
        }
    }
}
