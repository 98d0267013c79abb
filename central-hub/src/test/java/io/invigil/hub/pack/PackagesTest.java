package io.invigil.hub.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.data.BlobStore;
import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.DirectoryBlobs;
import io.invigil.appliance.data.KeyFile;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.room.FactStamp;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.hub.AuditTrail;
import io.invigil.hub.ScoredExam;
import io.invigil.hub.ScoringWorld;
import io.invigil.hub.fleet.Fleet;
import io.invigil.hub.fleet.FleetDirectory;
import io.invigil.hub.fleet.RealmFounding;
import io.invigil.hub.fleet.RealmKeys;
import io.invigil.hub.fleet.TestBox;
import io.invigil.hub.ingest.FactProjection;
import io.invigil.hub.ingest.IngestedFact;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.manifest.Manifest;
import io.invigil.protocol.manifest.ManifestVerdict;
import io.invigil.protocol.manifest.ManifestVerifier;
import io.invigil.protocol.manifest.PackageParts;
import io.invigil.protocol.manifest.PartKind;
import io.invigil.protocol.paper.KeyRelease;
import io.invigil.protocol.paper.PackageOpener;
import io.invigil.protocol.paper.ReleaseKey;
import io.invigil.protocol.receipt.SignedMessage;
import io.invigil.protocol.trust.TrustRole;
import io.invigil.testkit.StoreContract;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A package from publishing to what a node can do with it; fault rows 53, 54 and 60. */
class PackagesTest {
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
        private static final Instant START = Instant.parse("2026-11-20T01:00:00Z");
        private static final NodeId ROOM = new NodeId("room-one");
        @TempDir Path directory;
        private final SecureRandom random = new SecureRandom();
        private ScoredExam exam;
        private ScoringWorld world;
        private RealmKeys realm;
        private TestBox boxes;
        private BlobStore blobs;
        private PartReading parts;
        private Packages packages;
        private KeyReleases releases;
        private RoomStaff staff;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", FactProjection.class));
        }

        @BeforeEach
        void found() throws Exception {
            exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, false);
            world = exam.world;
            exam.clock.set(START.minus(Duration.ofHours(20)));
            KeyFile keys =
                    new KeyFile(directory, DataKey.of(new byte[DataKey.BYTES]), random::nextBytes);
            realm =
                    new RealmFounding(keys, exam.clock, random)
                            .found(new Realm("test"), directory.resolve("root.json"));
            FleetDirectory nodes =
                    new FleetDirectory(
                            database(),
                            world.tenant,
                            realm.realm(),
                            new PackageRegister(world.tenant)::examsOf);
            Sites sites = new Sites();
            Fleet fleet =
                    new Fleet(
                            database(),
                            world.tenant,
                            realm,
                            sites,
                            nodes,
                            exam.clock,
                            random::nextBytes);
            boxes = new TestBox(database(), world.tenant, realm, fleet, nodes, exam.clock);
            staff = new RoomStaff(world.tenant, sites, random::nextBytes);
            blobs = new DirectoryBlobs(directory.resolve("blobs"));
            parts = new PartReading(blobs);
            Packages.Parts parts =
                    new Packages.Parts(
                            database(),
                            world.tenant,
                            realm,
                            fleet,
                            world.plans,
                            exam.papers,
                            staff,
                            RulesText.standard(),
                            blobs,
                            exam.clock,
                            random::nextBytes);
            packages = new Packages(parts, new byte[32]);
            releases = new KeyReleases(parts, packages);
            for (int i = 0; i < 3; i++) {
                world.person("考生" + i, "");
            }
        }

        @Test
        void publishesWhatTheNodeOpensAfterTwoPeopleReleasedIt() {
            TestBox.Box box = box(ROOM);
            proctor();
            PackDecision.Published published = publish();
            assertThat(published.published().sittings()).isEqualTo(6);
            Manifest manifest = accepted(published, ROOM, Optional.empty());
            assertThat(PackageParts.check(manifest, parts::bytes)).isEmpty();
            PackageOpener opener = new PackageOpener(manifest, box.seal());
            Roster roster =
                    Json.read(
                                    parts.opened(opener, manifest, "roster", Optional.empty()),
                                    Roster.class)
                            .orElseThrow();
            assertThat(roster.entries()).hasSize(6);
            assertThat(roster.staff()).hasSize(1);
            assertThat(roster.subjects()).hasSize(2);
            assertThat(parts.opened(opener, manifest, "rehearsal", Optional.empty())).isNotEmpty();
            String paper = exam.theory.name();
            assertThat(opener.open(paper, parts.content(manifest, paper)))
                    .isInstanceOf(PackageOpener.Outcome.Refused.class);
            assertThat(manifest.parts(PartKind.ANSWER_KEY))
                    .as("results show later: no key leaves the hub")
                    .isEmpty();

            String name = published.published().exam();
            var code =
                    database()
                            .inTransaction(tx -> releases.code(tx, world.staff, name))
                            .orElseThrow();
            ReleaseKey byCode = opener.releaseKeyFor(code).orElseThrow();
            assertThat(parts.opened(opener, manifest, paper, Optional.of(byCode))).isNotEmpty();
            List<KeyReleases.Approval> looks =
                    database().inTransaction(tx -> releases.looks(tx, name));
            assertThat(looks).hasSize(1);

            List<byte[]> sent = new ArrayList<>();
            exam.clock.set(START.minus(Packages.RELEASE_BEFORE_START));
            assertThat(due(sent)).as("nobody has approved").isEmpty();
            assertThat(approve(world.staff, name)).isEmpty();
            assertThat(approve(world.staff, name)).contains(PackRefusal.PACK_APPROVED_BEFORE);
            assertThat(due(sent)).as("one person is not two").isEmpty();
            assertThat(approve(world.otherBody, name)).contains(PackRefusal.PACK_FORBIDDEN);
            assertThat(approve(world.second, name)).isEmpty();
            exam.clock.set(START.minus(Packages.RELEASE_BEFORE_START).minusMillis(1));
            assertThat(due(sent)).as("too early").isEmpty();
            exam.clock.advance(Duration.ofMillis(1));
            assertThat(due(sent)).containsExactly(name);
            byte[] release = SignedMessage.decode(sent.getFirst()).orElseThrow().payload();
            var outcome =
                    KeyRelease.verify(
                            release,
                            realm.trust().verifyKeys(TrustRole.MANIFEST),
                            manifest,
                            box.seal());
            assertThat(outcome).isInstanceOf(KeyRelease.Outcome.Released.class);
            assertThat(((KeyRelease.Outcome.Released) outcome).key()).isEqualTo(byCode);
            String audited = " key-release " + name;
            assertThat(AuditTrail.of(database(), world.tenant))
                    .containsSubsequence("CREATED exam " + name, "READ" + audited)
                    .endsWith("CREATED" + audited, "CREATED" + audited);
        }

        @Test
        void sendsTheReleaseAgainUntilTheRoomSaysThatItIsOpen() {
            box(ROOM);
            proctor();
            String name = publish().published().exam();
            approve(world.staff, name);
            approve(world.second, name);
            List<byte[]> sent = new ArrayList<>();
            Optional<PackRefusal> refusal =
                    database().inTransaction(tx -> releases.releaseNow(tx, world.staff, name));
            assertThat(refusal).isEmpty();
            assertThat(due(sent)).containsExactly(name);
            assertThat(due(sent)).isEmpty();
            exam.clock.advance(KeyReleases.SEND_AGAIN);
            assertThat(due(sent)).containsExactly(name);
            apply(ROOM, new RoomFact.PaperOpened(name, "P1", "key-release", false, ""));
            exam.clock.advance(KeyReleases.SEND_AGAIN);
            assertThat(due(sent)).isEmpty();
            assertThat(find(name).openedHow()).isEqualTo("key-release");
        }

        @Test
        void keepsPartsThatDidNotChangeAndRaisesTheVersion() {
            TestBox.Box box = box(ROOM);
            proctor();
            PackDecision.Published first = publish();
            Manifest before = accepted(first, ROOM, Optional.empty());
            PackDecision.Published second = publish();
            assertThat(second.partsSealed()).isZero();
            assertThat(second.published().version()).isGreaterThan(first.published().version());
            exam.clock.advance(Duration.ofMinutes(1));
            database()
                    .useTransaction(
                            tx ->
                                    staff.add(
                                            tx,
                                            world.staff,
                                            new SiteId(1),
                                            "tech1",
                                            "技术员",
                                            RoomStaff.Role.TECHNICIAN));
            PackDecision.Published third = publish();
            assertThat(third.partsSealed()).as("the roster alone").isEqualTo(1);
            var highest =
                    new ManifestVerifier.Highest(
                            before.exam(), first.published().version(), before.digest());
            Manifest manifest = accepted(third, ROOM, Optional.of(highest));
            PackageOpener opener = new PackageOpener(manifest, box.seal());
            var code =
                    database()
                            .inTransaction(
                                    tx -> releases.code(tx, world.staff, third.published().exam()))
                            .orElseThrow();
            assertThat(opener.releaseKeyFor(code).map(opener::fits)).contains(true);
        }

        @Test
        void anOlderOrAnothersPackageIsRefusedByTheNode() {
            box(ROOM);
            proctor();
            PackDecision.Published first = publish();
            byte[] old = envelope(first);
            PackDecision.Published second = publish();
            var highest =
                    new ManifestVerifier.Highest(
                            second.published().exam(),
                            second.published().version(),
                            second.published().digest());
            assertThat(verdict(old, ROOM, Optional.of(highest)))
                    .isInstanceOfSatisfying(
                            ManifestVerdict.Refused.class,
                            refused ->
                                    assertThat(refused.reason())
                                            .isEqualTo(
                                                    ManifestVerdict.Reason.MANIFEST_VERSION_LOWER));
            assertThat(verdict(old, new NodeId("room-two"), Optional.empty()))
                    .isInstanceOfSatisfying(
                            ManifestVerdict.Refused.class,
                            refused ->
                                    assertThat(refused.reason())
                                            .isEqualTo(ManifestVerdict.Reason.MANIFEST_OTHER_NODE));
        }

        @Test
        void refusesWithTheReasonWhatCannotBePacked() {
            assertThat(packages.publishSlot(world.staff, world.slot))
                    .containsExactly(
                            new PackDecision.Refused(PackRefusal.PACK_ROOM_WITHOUT_NODE, "13号机房"));
            box(ROOM);
            assertThat(reason(packages.publish(world.staff, world.slot, ROOM)))
                    .isEqualTo(PackRefusal.PACK_STAFF_MISSING);
            proctor();
            assertThat(reason(packages.publish(world.otherBody, world.slot, ROOM)))
                    .isEqualTo(PackRefusal.PACK_FORBIDDEN);
            box(new NodeId("room-two"));
            assertThat(reason(packages.publish(world.staff, world.slot, ROOM)))
                    .isEqualTo(PackRefusal.PACK_ROOM_WITH_TWO_NODES);
            exam.clock.set(START.plus(Duration.ofHours(2)));
            assertThat(reason(packages.publish(world.staff, world.slot, ROOM)))
                    .isEqualTo(PackRefusal.PACK_SLOT_OVER);
        }

        @Test
        void showsWhichVersionGovernsInTheRoom() {
            box(ROOM);
            proctor();
            ExamPackage published = publish().published();
            apply(
                    new NodeId("another"),
                    new RoomFact.PackageActivated(published.exam(), published.version(), ""));
            assertThat(find(published.exam()).activeVersion()).isZero();
            apply(ROOM, new RoomFact.PackageActivated(published.exam(), published.version(), ""));
            assertThat(find(published.exam()).activeVersion()).isEqualTo(published.version());
        }

        private TestBox.Box box(NodeId node) {
            return boxes.enrol(world.staff, node, new SiteId(1));
        }

        private void proctor() {
            database()
                    .useTransaction(
                            tx ->
                                    staff.add(
                                            tx,
                                            world.staff,
                                            new SiteId(1),
                                            "proctor" + world.tenant,
                                            "监考一",
                                            RoomStaff.Role.PROCTOR));
        }

        private PackDecision.Published publish() {
            exam.clock.advance(Duration.ofMillis(5));
            return (PackDecision.Published) packages.publish(world.staff, world.slot, ROOM);
        }

        private static PackRefusal reason(PackDecision decision) {
            return ((PackDecision.Refused) decision).reason();
        }

        private Optional<PackRefusal> approve(
                io.invigil.hub.organisation.StaffScope scope, String name) {
            return database().inTransaction(tx -> releases.approve(tx, scope, name));
        }

        private List<String> due(List<byte[]> sent) {
            return releases.sendDue((node, bytes) -> sent.add(bytes));
        }

        private ExamPackage find(String name) {
            return database().inTransaction(tx -> packages.find(tx, name)).orElseThrow();
        }

        private void apply(NodeId node, RoomFact fact) {
            byte[] json = new StampedFact(new FactStamp(0, 0, "boot", "node"), fact).draft().json();
            IngestedFact stored =
                    IngestedFact.of(
                            world.tenant,
                            node,
                            new EpochId("0123456789abcdef0123456789abcdef"),
                            Lane.CTL,
                            1,
                            1,
                            json,
                            Digest.ZERO,
                            exam.clock.instant());
            database().useTransaction(tx -> new PackageProjection().apply(tx, stored));
        }

        private byte[] envelope(PackDecision.Published published) {
            return database()
                    .inTransaction(
                            tx ->
                                    new PackageStore()
                                            .manifest(
                                                    tx, world.tenant, published.published().exam()))
                    .orElseThrow();
        }

        private ManifestVerdict verdict(
                byte[] envelope, NodeId node, Optional<ManifestVerifier.Highest> highest) {
            return new ManifestVerifier(
                            realm.realm(), node, realm.trust().verifyKeys(TrustRole.MANIFEST))
                    .verify(envelope, name -> highest, exam.clock.instant());
        }

        private Manifest accepted(
                PackDecision.Published published,
                NodeId node,
                Optional<ManifestVerifier.Highest> highest) {
            return ((ManifestVerdict.Accepted) verdict(envelope(published), node, highest))
                    .manifest();
        }
    }
}
