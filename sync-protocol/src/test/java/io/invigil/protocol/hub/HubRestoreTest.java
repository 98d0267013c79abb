package io.invigil.protocol.hub;

import static io.invigil.protocol.sync.SyncScene.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.bundle.BundleContext;
import io.invigil.protocol.bundle.BundleLimits;
import io.invigil.protocol.carrier.Topics.UpKind;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.receipt.Cursor;
import io.invigil.protocol.receipt.Hello;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.LaneHead;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.ReceiptMark;
import io.invigil.protocol.receipt.SignedMessage;
import io.invigil.protocol.sync.SyncScene;
import java.util.List;
import org.junit.jupiter.api.Test;

class HubRestoreTest {
    private final SyncScene scene = new SyncScene();
    private final LaneKey res = new LaneKey(scene.epoch, Lane.RES);
    private final HubSync hub = scene.hub();
    private long now = 10_000;

    /** XSP-046: row 38, its own forgotten signature makes a restored hub open a new epoch. */
    @Test
    void aRestoredHubFindsOutFromItsOwnSignature() {
        var backup = scene.store.backup();
        take(scene.bundle(scene.records(scene.epoch, Lane.RES, 5)));
        byte[] proof = SyncScene.sent(tick(300), MessageType.RECEIPT).getFirst().encode();
        HubEpoch before = scene.store.hubEpoch();
        scene.store.restore(backup);

        assertThat(alarms(hello(new byte[0]))).isEmpty();
        var stranger =
                SignedMessage.signPayload(
                        MessageType.RECEIPT,
                        SignedMessage.decode(proof).orElseThrow().payload(),
                        scene.strangerKey);
        assertThat(alarms(hello(stranger.encode()))).isEmpty();
        assertThat(scene.store.hubEpoch()).isEqualTo(before);

        List<HubEffect> effects = hello(proof);
        assertThat(alarms(effects)).containsExactly(HubAlarm.HUB_RESTORED);
        assertThat(scene.store.hubEpoch().number()).isEqualTo(before.number() + 1);
        Cursor cursor =
                SyncScene.sent(effects, MessageType.CURSOR)
                        .getFirst()
                        .read(Cursor.class)
                        .orElseThrow();
        assertThat(cursor.hubEpoch()).isEqualTo(scene.store.hubEpoch());
        assertThat(cursor.lanes().getFirst().ackSeq()).isZero();
        assertThat(alarms(hello(proof))).isEmpty();
    }

    /** XSP-046: a bundle that names a forgotten receipt: no receipt before the Hello. */
    @Test
    void aRestoredHubAsksForAHelloBeforeItContradictsItself() {
        var records = scene.records(scene.epoch, Lane.RES, 5);
        var seen = new ReceiptMark(scene.store.hubEpoch(), 7, Digest.ZERO);
        var context = scene.context("site-1");
        take(
                scene.bundle(
                        records,
                        new BundleContext(context.belief(), context.clock(), seen),
                        BundleLimits.MQTT,
                        scene.nodeKey));
        List<HubEffect> effects = tick(300);
        assertThat(SyncScene.receipts(effects)).isEmpty();
        assertThat(SyncScene.sent(effects, MessageType.HELLO_REQUEST)).hasSize(1);
        assertThat(scene.store.records(NODE, res)).hasSize(5);
    }

    private List<HubEffect> hello(byte[] proof) {
        var hello =
                new Hello(
                        SyncScene.REALM,
                        NODE,
                        scene.epoch,
                        "0".repeat(32),
                        List.of(new LaneHead(scene.epoch, Lane.RES, 5, Digest.ZERO)),
                        proof,
                        scene.context("site-1").belief(),
                        scene.context("site-1").clock());
        return take(
                UpKind.STATE, SignedMessage.sign(MessageType.HELLO, hello, scene.nodeKey).encode());
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

    private static List<HubAlarm> alarms(List<HubEffect> effects) {
        return effects.stream()
                .filter(HubEffect.Alarm.class::isInstance)
                .map(e -> ((HubEffect.Alarm) e).code())
                .toList();
    }
}
