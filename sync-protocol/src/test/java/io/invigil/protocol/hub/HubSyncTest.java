package io.invigil.protocol.hub;

import static io.invigil.protocol.sync.SyncScene.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.bundle.BundleLimits;
import io.invigil.protocol.carrier.Topics.UpKind;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.receipt.GapRequest;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.LineStatus;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.Receipt;
import io.invigil.protocol.receipt.ReceiptLine;
import io.invigil.protocol.receipt.SeqRange;
import io.invigil.protocol.sync.SyncScene;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HubSyncTest {
    private final SyncScene scene = new SyncScene();
    private final LaneKey res = new LaneKey(scene.epoch, Lane.RES);
    private final HubSync hub = scene.hub();
    private long now = 10_000;

    /** XSP-040: after the commit the message is completed, then the receipt goes out. */
    @Test
    void completesAndReceiptsWhatIsCommitted() {
        List<FactRecord> records = scene.records(scene.epoch, Lane.RES, 5);
        List<HubEffect> effects = take(scene.bundle(records));
        assertThat(effects)
                .hasExactlyElementsOfTypes(HubEffect.Apply.class, HubEffect.Complete.class);

        Receipt receipt = receipt();
        assertThat(receipt.lanes().getFirst().ackSeq()).isEqualTo(5);
        assertThat(receipt.lanes().getFirst().ackHash()).isEqualTo(records.getLast().hash());
        assertThat(receipt.lanes().getFirst().r2Seq()).isZero();
        assertThat(statuses(receipt)).containsExactly(LineStatus.ACCEPTED);
    }

    /** XSP-040: without a commit nothing is completed and nothing receipted (rows 36 and 39). */
    @Test
    void completesNothingWhileTheStoreIsUnavailable() {
        scene.store.setAvailable(false);
        List<HubEffect> effects = take(scene.bundle(scene.records(scene.epoch, Lane.RES, 5)));
        assertThat(effects)
                .hasExactlyElementsOfTypes(HubEffect.Alarm.class, HubEffect.ClosePipe.class);
        scene.store.setAvailable(true);
        assertThat(SyncScene.receipts(tick(300))).isEmpty();
    }

    /** XSP-041: row 26, ten times the same; row 34 and 35, again after a restart. */
    @Test
    void storesOnceHoweverOftenItComes() {
        byte[] bundle = scene.bundle(scene.records(scene.epoch, Lane.RES, 5));
        for (int i = 0; i < 10; i++) {
            take(bundle);
        }
        assertThat(statuses(receipt())).containsExactly(repeat(LineStatus.DUPLICATE, 9));
        HubSync restarted = scene.hub();
        restarted.handle(0, 0, scene.received(UpKind.RES, bundle));
        Receipt receipt =
                SyncScene.receipts(restarted.handle(300, 0, new HubInput.Tick())).getFirst();
        assertThat(statuses(receipt)).containsExactly(LineStatus.DUPLICATE);
        assertThat(receipt.lanes().getFirst().ackSeq()).isEqualTo(5);
        assertThat(scene.store.records(NODE, res)).hasSize(5);
    }

    /** XSP-041: row 37, two instances over one store: one accepts, one finds a duplicate. */
    @Test
    void twoInstancesAgreeOnOneBundle() {
        HubSync other = scene.hub();
        byte[] bundle = scene.bundle(scene.records(scene.epoch, Lane.RES, 5));
        take(bundle);
        other.handle(now, 0, scene.received(UpKind.RES, bundle));
        Receipt first = receipt();
        Receipt second = SyncScene.receipts(other.handle(now, 0, new HubInput.Tick())).getFirst();
        assertThat(statuses(first)).containsExactly(LineStatus.ACCEPTED);
        assertThat(statuses(second)).containsExactly(LineStatus.DUPLICATE);
        assertThat(second.rcptSeq()).isEqualTo(first.rcptSeq() + 1);
    }

    /** XSP-042: row 27, 1 000 bundles in any order end in the same state. */
    @Test
    void anyOrderEndsInTheSameState() {
        List<FactRecord> records = scene.records(scene.epoch, Lane.RES, 1_000);
        List<byte[]> bundles = new ArrayList<>();
        records.forEach(record -> bundles.add(scene.bundle(List.of(record))));
        bundles.forEach(this::take);
        Digest inOrder = scene.stateHash(res);

        SyncScene shuffled = new SyncScene();
        HubSync second = shuffled.hub();
        for (int at = 0; at < bundles.size(); at += 50) {
            List<byte[]> window = new ArrayList<>(bundles.subList(at, at + 50));
            Collections.shuffle(window, new Random(at));
            window.forEach(b -> second.handle(0, 0, shuffled.received(UpKind.RES, b)));
        }
        assertThat(shuffled.stateHash(res)).isEqualTo(inOrder);
    }

    /** XSP-042: what comes too far ahead is refused, not dropped, and comes again. */
    @Test
    void refusesMoreHolesThanItKeeps() {
        List<FactRecord> records = scene.records(scene.epoch, Lane.RES, 140);
        for (int i = 1; i < 140; i += 2) {
            take(scene.bundle(List.of(records.get(i))));
        }
        assertThat(scene.store.lane(NODE, res).orElseThrow().ranges()).hasSize(64);
        assertThat(scene.store.parked())
                .extracting(ParkedItem::reason)
                .containsOnly("TOO_MANY_RANGES");
        records.forEach(record -> take(scene.bundle(List.of(record))));
        assertThat(scene.store.lane(NODE, res).orElseThrow().ackSeq()).isEqualTo(140);
    }

    /** XSP-042: a gap is asked for after three seconds, and again (row 22). */
    @Test
    void asksForAGapAfterThreeSeconds() {
        List<FactRecord> records = scene.records(scene.epoch, Lane.RES, 9);
        take(scene.bundle(records.subList(0, 2)));
        take(scene.bundle(records.subList(4, 6)));
        assertThat(gaps(tick(2_999))).isEmpty();
        assertThat(gaps(tick(1))).containsExactly(new SeqRange(3, 4));
        assertThat(gaps(tick(5_999))).isEmpty();
        assertThat(gaps(tick(1))).containsExactly(new SeqRange(3, 4));
        take(scene.bundle(records.subList(2, 4)));
        assertThat(gaps(tick(60_000))).isEmpty();
        assertThat(scene.store.lane(NODE, res).orElseThrow().ackSeq()).isEqualTo(6);
    }

    /** XSP-041: row 45, two records under one number stop the lane; both are kept. */
    @Test
    void parksAForkAndStopsTheLane() {
        List<FactRecord> one = scene.records(scene.epoch, Lane.RES, 3);
        List<FactRecord> other = scene.records(scene.epoch, Lane.RES, 4);
        take(scene.bundle(one));
        List<HubEffect> effects = take(scene.bundle(other));

        assertThat(alarms(effects)).containsExactly(HubAlarm.FORK);
        assertThat(statuses(receipt())).containsExactly(LineStatus.ACCEPTED, LineStatus.PARKED);
        assertThat(scene.store.lane(NODE, res).orElseThrow().ackSeq()).isEqualTo(3);
        assertThat(scene.store.parked()).extracting(ParkedItem::reason).containsExactly("FORK");
        take(scene.bundle(other.subList(3, 4)));
        assertThat(scene.store.lane(NODE, res).orElseThrow().ackSeq()).isEqualTo(3);
        take(UpKind.ATT, scene.bundle(scene.records(scene.epoch, Lane.ATT, 2)));
        assertThat(scene.store.lane(NODE, new LaneKey(scene.epoch, Lane.ATT))).isPresent();
    }

    /** XSP-041: row 45, a valid signature over a wrong previous hash. */
    @Test
    void parksAChainThatDoesNotLink() {
        List<FactRecord> one = scene.records(scene.epoch, Lane.RES, 3);
        List<FactRecord> other = scene.records(scene.epoch, Lane.RES, 6);
        take(scene.bundle(one));
        assertThat(alarms(take(scene.bundle(other.subList(3, 6))))).containsExactly(HubAlarm.FORK);

        SyncScene late = new SyncScene();
        HubSync second = late.hub();
        var ahead = late.records(late.epoch, Lane.RES, 6).subList(3, 6);
        var behind = late.records(late.epoch, Lane.RES, 3);
        second.handle(0, 0, late.received(UpKind.RES, late.bundle(ahead)));
        assertThat(alarms(second.handle(0, 0, late.received(UpKind.RES, late.bundle(behind)))))
                .containsExactly(HubAlarm.FORK);
    }

    /** XSP-043: row 79, another centre or another exam in a valid bundle is parked. */
    @Test
    void parksWhatIsOutOfScope() {
        var records = scene.records(scene.epoch, Lane.RES, 1);
        take(scene.bundle(records, scene.context("site-2"), BundleLimits.MQTT, scene.nodeKey));
        assertThat(receipt().lines().getFirst().reason()).isEqualTo("SCOPE");
        var foreign =
                scene.records(scene.epoch, Lane.ATT, 1, i -> "{\"t\":\"x\",\"exam\":\"other\"}");
        take(UpKind.ATT, scene.bundle(foreign));
        assertThat(receipt().lines().getFirst().reason()).isEqualTo("SCOPE");
        assertThat(scene.store.records(NODE, res)).isEmpty();
        assertThat(scene.store.parked()).hasSize(2);
    }

    /** XSP-043: a revoked key holds up to its last good number (rows 48 to 50). */
    @Test
    void parksRecordsBeyondTheLastGoodOneOfARevokedKey() {
        List<FactRecord> records = scene.records(scene.epoch, Lane.RES, 6);
        var key = new KeyStanding(scene.nodeKey.verifyKey(), true, Map.of(res, 3L));
        scene.standings.put(NODE, new NodeStanding("site-1", Set.of(), List.of(key)));
        take(scene.bundle(records.subList(0, 3)));
        byte[] later = scene.bundle(records.subList(3, 6));
        take(later);
        assertThat(scene.store.lane(NODE, res).orElseThrow().ackSeq()).isEqualTo(3);
        assertThat(scene.store.parked())
                .extracting(ParkedItem::reason)
                .containsExactly("KEY_REVOKED");
        new HubIngest(scene.settings(scene.store))
                .bundle(
                        later,
                        java.util.Optional.of(NODE),
                        java.util.Optional.of(Lane.RES),
                        BundleLimits.MQTT,
                        HubIngest.Admission.KEY_REVIEWED);
        assertThat(scene.store.lane(NODE, res).orElseThrow().ackSeq()).isEqualTo(6);
    }

    /** XSP-044: row 43, what is not authentic is in quarantine with its reason, once. */
    @Test
    void quarantinesWhatIsNotAuthentic() {
        byte[] forged =
                scene.bundle(
                        scene.records(scene.epoch, Lane.RES, 1),
                        scene.context("site-1"),
                        BundleLimits.MQTT,
                        scene.strangerKey);
        assertThat(alarms(take(forged))).containsExactly(HubAlarm.REJECTED);
        assertThat(alarms(take(forged))).isEmpty();
        take(new byte[] {1, 2, 3});
        take(UpKind.ATT, scene.bundle(scene.records(scene.epoch, Lane.RES, 1)));
        assertThat(scene.store.parked())
                .extracting(ParkedItem::reason)
                .containsExactlyInAnyOrder("UNKNOWN_KEY", "NOT_A_BUNDLE", "WRONG_TOPIC");
        assertThat(statuses(receipt())).containsOnly(LineStatus.REJECTED);
    }

    /** XSP-045: row 46, two epochs that continue one parent are a clone; all is kept. */
    @Test
    void alarmsWhenTwoEpochsContinueOneParent() {
        EpochId parent = EpochId.random(scene.entropy);
        List<EpochId> children = new ArrayList<>();
        List<HubAlarm> alarms = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            EpochId child = EpochId.random(scene.entropy);
            children.add(child);
            String json =
                    "{\"t\":\"epoch-opened\",\"parent\":\"" + parent + "\",\"reason\":\"start\"}";
            alarms.addAll(
                    alarms(
                            take(
                                    UpKind.CTL,
                                    scene.bundle(scene.records(child, Lane.CTL, 1, n -> json)))));
        }
        assertThat(alarms).containsExactly(HubAlarm.CLONE);
        for (EpochId child : children) {
            assertThat(scene.store.records(NODE, new LaneKey(child, Lane.CTL))).hasSize(1);
        }
    }

    /** XSP-047: receipts of a node chain, one in 250 ms at most. */
    @Test
    void chainsReceiptsAndGivesOneIn250Milliseconds() {
        List<FactRecord> records = scene.records(scene.epoch, Lane.RES, 3);
        take(scene.bundle(records.subList(0, 1)));
        var first = SyncScene.sent(tick(0), MessageType.RECEIPT);
        take(scene.bundle(records.subList(1, 2)));
        take(scene.bundle(records.subList(2, 3)));
        assertThat(tick(249)).isEmpty();
        var second = SyncScene.sent(tick(1), MessageType.RECEIPT);
        assertThat(first).hasSize(1);
        assertThat(second).hasSize(1);
        Receipt next = second.getFirst().read(Receipt.class).orElseThrow();
        assertThat(next.prevRcptHash()).isEqualTo(first.getFirst().contentHash());
        assertThat(next.rcptSeq()).isEqualTo(2);
        assertThat(next.lines()).hasSize(2);
    }

    /** XSP-048: row 61, a message that makes the program fail is parked, the next one flows. */
    @Test
    void parksPoisonAfterOneTryAndGoesOn() {
        var failing =
                new HubSync(
                        scene.settings(
                                new HubStore() {
                                    @Override
                                    public <T> T inTransaction(
                                            java.util.function.Function<HubTx, T> work) {
                                        return scene.store.inTransaction(
                                                tx -> {
                                                    T result = work.apply(tx);
                                                    if (result instanceof IngestOutcome o
                                                            && o.linked()
                                                            && o.cursor().orElseThrow().ackSeq()
                                                                    == 1) {
                                                        throw new IllegalStateException("bug");
                                                    }
                                                    return result;
                                                });
                                    }
                                }));
        List<FactRecord> records = scene.records(scene.epoch, Lane.RES, 2);
        List<HubEffect> effects =
                failing.handle(
                        0, 0, scene.received(UpKind.RES, scene.bundle(records.subList(0, 1))));
        assertThat(alarms(effects)).containsExactly(HubAlarm.POISON);
        assertThat(effects.getLast()).isInstanceOf(HubEffect.Complete.class);
        assertThat(scene.store.parked()).extracting(ParkedItem::reason).containsExactly("POISON");
        effects = failing.handle(0, 0, scene.received(UpKind.RES, scene.bundle(records)));
        assertThat(effects).hasAtLeastOneElementOfType(HubEffect.Apply.class);
        assertThat(scene.store.records(NODE, res)).hasSize(2);
    }

    /** XSP-049: grade R2 comes from a verified backup alone. */
    @Test
    void givesGradeR2OnlyForWhatABackupCovers() {
        take(scene.bundle(scene.records(scene.epoch, Lane.RES, 5)));
        assertThat(receipt().lanes().getFirst().r2Seq()).isZero();
        hub.handle(now, 0, new HubInput.Covered(NODE, Map.of(res, 3L)));
        assertThat(receipt().lanes().getFirst().r2Seq()).isEqualTo(3);
        hub.handle(now, 0, new HubInput.Covered(NODE, Map.of(res, 99L)));
        assertThat(receipt().lanes().getFirst().r2Seq()).isEqualTo(5);
    }

    /** XSP-060: row 66, by stick and by broker, in both orders: one copy, equal receipts. */
    @Test
    void takesTheSameRecordsByStickAndByBroker() {
        List<FactRecord> records = scene.records(scene.epoch, Lane.RES, 40);
        byte[] stick =
                scene.bundle(records, scene.context("site-1"), BundleLimits.USB, scene.nodeKey);
        hub.handle(now, 0, new HubInput.FromStick(stick));
        Receipt byStick = receipt();
        take(scene.bundle(records.subList(0, 20)));
        take(scene.bundle(records.subList(20, 40)));
        Receipt byBroker = receipt();
        assertThat(byBroker.lanes()).isEqualTo(byStick.lanes());
        assertThat(statuses(byBroker)).containsOnly(LineStatus.DUPLICATE);
        assertThat(scene.store.records(NODE, res)).hasSize(40);
    }

    private List<HubEffect> take(byte[] bundle) {
        return take(UpKind.RES, bundle);
    }

    private List<HubEffect> take(UpKind kind, byte[] bytes) {
        return hub.handle(now, 0, scene.received(kind, bytes));
    }

    private List<HubEffect> tick(long millis) {
        now += millis;
        return hub.handle(now, 0, new HubInput.Tick());
    }

    private Receipt receipt() {
        return SyncScene.receipts(tick(300)).getFirst();
    }

    private static List<LineStatus> statuses(Receipt receipt) {
        return receipt.lines().stream().map(ReceiptLine::status).toList();
    }

    private static LineStatus[] repeat(LineStatus rest, int times) {
        List<LineStatus> all = new ArrayList<>(List.of(LineStatus.ACCEPTED));
        all.addAll(Collections.nCopies(times, rest));
        return all.toArray(LineStatus[]::new);
    }

    private static List<HubAlarm> alarms(List<HubEffect> effects) {
        return effects.stream()
                .filter(HubEffect.Alarm.class::isInstance)
                .map(e -> ((HubEffect.Alarm) e).code())
                .toList();
    }

    private static List<SeqRange> gaps(List<HubEffect> effects) {
        return SyncScene.sent(effects, MessageType.GAP_REQUEST).stream()
                .flatMap(m -> m.read(GapRequest.class).orElseThrow().missing().stream())
                .toList();
    }
}
