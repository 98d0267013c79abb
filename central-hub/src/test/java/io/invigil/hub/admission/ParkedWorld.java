package io.invigil.hub.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.data.DirectoryBlobs;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.web.live.Broadcast;
import io.invigil.hub.fleet.Enrolments;
import io.invigil.hub.fleet.FleetWorld;
import io.invigil.hub.ingest.AlarmStore;
import io.invigil.hub.ingest.Ingest;
import io.invigil.hub.ingest.IngestEvents;
import io.invigil.hub.ingest.ParkedBundles;
import io.invigil.hub.ingest.SqlHubStore;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.protocol.bundle.BundleCodec;
import io.invigil.protocol.bundle.BundleContext;
import io.invigil.protocol.bundle.BundleLimits;
import io.invigil.protocol.bundle.BundleSeal;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.hub.HubInput;
import io.invigil.protocol.hub.HubSync;
import io.invigil.protocol.receipt.ClockEvidence;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.NodeBelief;
import io.invigil.protocol.receipt.ReceiptMark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A hub with one node, and what its sticks bring. */
final class ParkedWorld {
    static final String NO_EXAM = "";
    private static final AtomicLong TENANTS = new AtomicLong(700);

    final FleetWorld world;
    final NodeId node = new NodeId("room-one");
    final StaffScope first;
    final StaffScope second;
    final ParkedBundles bundles;
    final Admissions admissions;
    final List<FactRecord> chain = new ArrayList<>();
    private final Database database;
    private final SecureRandom random = new SecureRandom();
    private final EpochId epoch = EpochId.random(random::nextBytes);
    private final LaneKey lane = new LaneKey(epoch, Lane.RES);
    private final FleetWorld.Box box;
    private final HubSync hub;

    ParkedWorld(Database database, Path directory) throws Exception {
        this.database = database;
        Clock clock = Clock.systemUTC();
        Path own = Files.createDirectories(directory.resolve("" + TENANTS.incrementAndGet()));
        world = new FleetWorld(database, TENANTS.get(), own, clock);
        box = world.box();
        assertThat(world.enrolments.enrol(box.request(world.claim(node.value()))))
                .isInstanceOf(Enrolments.Outcome.Enrolled.class);
        IngestEvents events =
                new IngestEvents(
                        () -> {},
                        new Broadcast("test"),
                        new AlarmStore(database, world.tenant, clock),
                        clock);
        Ingest ingest =
                new Ingest(
                        new Ingest.Parts(
                                database,
                                world.tenant,
                                FleetWorld.REALM,
                                "main",
                                "test",
                                world.realm.receipt(),
                                List.of(world.realm.receipt().verifyKey()),
                                world.realm.seal(),
                                world.directory,
                                new DirectoryBlobs(own.resolve("blobs")),
                                own.resolve("staging"),
                                events,
                                clock,
                                random::nextBytes));
        hub = new HubSync(ingest.settings(store()));
        bundles =
                new ParkedBundles(ingest::settings, events, world.tenant, clock, random::nextBytes);
        admissions = new Admissions(world.tenant, bundles, clock);
        first = world.body;
        second = new StaffScope(world.tenant, "another", first.organisation(), first.role());
    }

    void revoke() {
        assertThat(world.fleet.revoke(world.body, node, "stolen after the exam")).isEmpty();
    }

    private SqlHubStore store() {
        return new SqlHubStore(database, world.tenant, Clock.systemUTC(), random::nextBytes);
    }

    List<FactRecord> stored() {
        return store().inTransaction(tx -> tx.records(node, lane, 1, 1_000));
    }

    void stick(List<FactRecord> records) {
        SigningKey signer = box.record;
        hub.handle(
                1,
                1,
                new HubInput.FromStick(
                        BundleCodec.encode(
                                        FleetWorld.REALM,
                                        node,
                                        records,
                                        new BundleContext(
                                                new NodeBelief("", "test", "", List.of(), false, 1),
                                                new ClockEvidence(1, 1, "boot"),
                                                ReceiptMark.NONE),
                                        BundleSeal.Hpke.to(
                                                world.realm.seal().getFirst().publicKey(),
                                                random::nextBytes),
                                        BundleLimits.USB,
                                        signer)
                                .orElseThrow()));
    }

    /** Records that continue the chain. */
    List<FactRecord> records(int count, String exam) {
        int from = chain.size();
        for (int i = 0; i < count; i++) {
            Digest previous =
                    chain.isEmpty()
                            ? FactRecord.genesis(
                                    Suite.ED25519_X25519_AES256GCM,
                                    FleetWorld.REALM,
                                    node,
                                    epoch,
                                    Lane.RES)
                            : chain.getLast().hash();
            byte[] salt = new byte[FactRecord.SALT_BYTES];
            random.nextBytes(salt);
            String named = exam.isEmpty() ? "" : ",\"exam\":\"" + exam + "\"";
            chain.add(
                    FactRecord.chained(
                            epoch,
                            Lane.RES,
                            chain.size() + 1,
                            chain.size() + 1,
                            salt,
                            ("{\"t\":\"note\"" + named + "}").getBytes(StandardCharsets.UTF_8),
                            previous));
        }
        return List.copyOf(chain.subList(from, chain.size()));
    }
}
