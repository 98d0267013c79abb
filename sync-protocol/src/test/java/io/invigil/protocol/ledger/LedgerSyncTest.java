package io.invigil.protocol.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.bundle.BundleSeal;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.hub.HubAlarm;
import io.invigil.protocol.hub.HubEffect;
import io.invigil.protocol.hub.HubInput;
import io.invigil.protocol.hub.HubSettings;
import io.invigil.protocol.hub.HubSync;
import io.invigil.protocol.hub.KeyStanding;
import io.invigil.protocol.hub.NodeStanding;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.node.NodeEffect;
import io.invigil.protocol.node.NodeInput;
import io.invigil.protocol.node.NodeSync;
import io.invigil.protocol.node.NodeSyncSettings;
import io.invigil.protocol.node.ReceiptMemory;
import io.invigil.protocol.node.SyncTime;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.NodeBelief;
import io.invigil.protocol.sim.CrashFs;
import io.invigil.protocol.sim.Power;
import io.invigil.protocol.sim.PowerLost;
import io.invigil.protocol.sim.Survival;
import io.invigil.protocol.sim.sync.MemoryHubStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real ledger over crashing devices under the real sync, with a wire that loses a third: what
 * was acknowledged in the room is at the hub once (rows 5, 6, 7, 9; XSP-050). One value is a seed.
 */
class LedgerSyncTest {
    private static final int LIVES = 3;

    private record Wire(NodeSync node, Ledger ledger) {}

    private Random random = new Random();
    private LedgerFixture fixture = new LedgerFixture(0);
    private SigningKey hubKey = SigningKey.generate(fixture.entropy);
    private SealKey hubSeal = SealKey.generate(fixture.entropy);
    private final List<HubAlarm> hubAlarms = new ArrayList<>();
    private MemoryHubStore store = new MemoryHubStore(HubEpoch.first(fixture.entropy));
    private byte[] memory = ReceiptMemory.EMPTY.encode();
    private double loss;
    private long now;
    private long number;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whatWasAcknowledgedIsAtTheHubOnceAfterPowerCuts(int seed) {
        random = new Random(seed);
        fixture = new LedgerFixture(seed);
        hubKey = SigningKey.generate(fixture.entropy);
        hubSeal = SealKey.generate(fixture.entropy);
        store = new MemoryHubStore(HubEpoch.first(fixture.entropy));
        HubSync hub = hub();
        CrashRun run = new CrashRun(fixture, devices(Power.cutAt(20 + random.nextInt(200))));
        for (int life = 0; life < LIVES; life++) {
            boolean last = life == LIVES - 1;
            loss = last ? 0 : 0.33;
            try {
                live(run, hub, life);
                if (last) {
                    break;
                }
            } catch (PowerLost cut) {
                assertThat(last).isFalse();
            }
            Power next =
                    life + 1 == LIVES - 1 ? Power.steady() : Power.cutAt(20 + random.nextInt(200));
            run = after(run, next);
        }
        assertThat(hubAlarms).isEmpty();
    }

    /** One process: room facts, sync ticks, until the power goes or all is home. */
    private void live(CrashRun run, HubSync hub, int life) {
        CrashRun.Open open = run.open();
        Wire wire = new Wire(node(open.ledger()), open.ledger());
        node(wire, hub, new NodeInput.Connected());
        for (int i = 0; i < 40; i++) {
            Lane lane = Lane.values()[random.nextInt(4)];
            run.append(open, lane, "f-" + life + "-" + i);
            pass(open, wire, hub, 1 + random.nextInt(200));
        }
        for (int i = 0; i < 1_000 && (i < 8 || wire.node().unreceipted() > 0); i++) {
            pass(open, wire, hub, 250);
        }
        if (life == LIVES - 1) {
            assertThat(wire.node().unreceipted()).isZero();
            verify(run, open.ledger());
        }
    }

    private void verify(CrashRun run, Ledger ledger) {
        List<FactRecord> atHub = new ArrayList<>();
        for (EpochHeads epoch : ledger.heads()) {
            for (Lane lane : Lane.values()) {
                var key = new LaneKey(epoch.epoch(), lane);
                atHub.addAll(store.records(LedgerFixture.NODE, key).values());
            }
        }
        List<String> texts = LedgerFixture.texts(atHub);
        assertThat(texts).doesNotHaveDuplicates().containsAll(run.acknowledged);
        assertThat(texts).containsExactlyInAnyOrderElementsOf(LedgerFixture.replayed(ledger));
        assertThat(store.storedTwice()).isZero();
    }

    private void pass(CrashRun.Open open, Wire wire, HubSync hub, long millis) {
        open.time().pass(Duration.ofMillis(millis));
        now += millis;
        node(wire, hub, new NodeInput.HeadsAdvanced(heads(wire.ledger())));
        node(wire, hub, new NodeInput.Tick());
        hub(wire, hub, new HubInput.Tick());
    }

    private static List<io.invigil.protocol.receipt.LaneHead> heads(Ledger ledger) {
        List<io.invigil.protocol.receipt.LaneHead> heads = new ArrayList<>();
        for (EpochHeads epoch : ledger.heads()) {
            epoch.lanes()
                    .forEach(
                            (lane, head) ->
                                    heads.add(
                                            new io.invigil.protocol.receipt.LaneHead(
                                                    epoch.epoch(), lane, head.seq(), head.hash())));
        }
        return heads;
    }

    private void node(Wire wire, HubSync hub, NodeInput input) {
        for (NodeEffect effect : wire.node().handle(new SyncTime(now, -now, "boot"), input)) {
            switch (effect) {
                case NodeEffect.Send send -> {
                    if (random.nextDouble() >= loss) {
                        number++;
                        hub(
                                wire,
                                hub,
                                new HubInput.Received(
                                        number, LedgerFixture.NODE, send.kind(), send.bytes()));
                    }
                }
                case NodeEffect.ReadRecords read -> {
                    var rows =
                            wire.ledger()
                                    .read(
                                            read.epoch(),
                                            read.lane(),
                                            read.fromSeq(),
                                            read.recordsMax(),
                                            read.bytesMax());
                    node(wire, hub, new NodeInput.RecordsRead(read, rows));
                }
                case NodeEffect.RememberReceipts remember -> {
                    if (random.nextDouble() >= loss) {
                        memory = remember.memory();
                    }
                }
                default -> {}
            }
        }
    }

    private void hub(Wire wire, HubSync hub, HubInput input) {
        for (HubEffect effect : hub.handle(now, 0, input)) {
            if (effect instanceof HubEffect.Alarm alarm) {
                hubAlarms.add(alarm.code());
            }
            if (effect instanceof HubEffect.Send send && random.nextDouble() >= loss) {
                node(wire, hub, new NodeInput.MessageReceived(send.kind(), send.bytes()));
            }
        }
    }

    private NodeSync node(Ledger ledger) {
        NodeSync node =
                new NodeSync(
                        new NodeSyncSettings(
                                LedgerFixture.REALM,
                                LedgerFixture.NODE,
                                ledger.epoch(),
                                fixture.signingKey,
                                () -> BundleSeal.Hpke.to(hubSeal.publicKey(), fixture.entropy),
                                hubSeal::publicKey,
                                id -> Optional.of(hubKey.verifyKey()),
                                new NodeBelief("", "test", "", List.of(), false, 0),
                                fixture.entropy),
                        ReceiptMemory.decode(memory).orElseThrow());
        node.handle(new SyncTime(now, 0, "boot"), new NodeInput.HeadsAdvanced(heads(ledger)));
        return node;
    }

    private HubSync hub() {
        var standing =
                new NodeStanding(
                        "", Set.of(), List.of(KeyStanding.good(fixture.signingKey.verifyKey())));
        return new HubSync(
                new HubSettings(
                        LedgerFixture.REALM,
                        "hub",
                        hubKey,
                        id -> Optional.of(hubKey.verifyKey()),
                        BundleSeal.Hpke.with(List.of(hubSeal)),
                        List.of(hubSeal),
                        node -> Optional.of(standing),
                        store,
                        new NoBlobs(),
                        fixture.entropy));
    }

    private static Map<DeviceRole, CrashFs> devices(Power power) {
        Map<DeviceRole, CrashFs> devices = new EnumMap<>(DeviceRole.class);
        for (DeviceRole role : DeviceRole.values()) {
            devices.put(role, new CrashFs(role.name(), power));
        }
        return devices;
    }

    private CrashRun after(CrashRun run, Power next) {
        Survival[] ways = Survival.values();
        Survival how = ways[random.nextInt(ways.length)];
        Map<DeviceRole, CrashFs> devices = new EnumMap<>(DeviceRole.class);
        run.devices.forEach((role, fs) -> devices.put(role, fs.afterPowerCut(how, random, next)));
        CrashRun survivor = new CrashRun(fixture, devices);
        survivor.offered.addAll(run.offered);
        survivor.acknowledged.addAll(run.acknowledged);
        return survivor;
    }

    /** This run carries no blobs: a chunk would be a defect. */
    private static final class NoBlobs implements io.invigil.protocol.hub.BlobFiles {
        @Override
        public void stage(
                io.invigil.protocol.fact.NodeId node,
                io.invigil.protocol.blob.BlobManifest manifest,
                int index,
                byte[] chunk) {
            throw new AssertionError("no blob was offered");
        }

        @Override
        public boolean complete(
                io.invigil.protocol.fact.NodeId node,
                io.invigil.protocol.blob.BlobManifest manifest) {
            throw new AssertionError("no blob was offered");
        }

        @Override
        public boolean holds(
                io.invigil.protocol.fact.NodeId node,
                io.invigil.protocol.blob.BlobManifest manifest) {
            throw new AssertionError("no blob was offered");
        }
    }
}
