package io.invigil.protocol.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.bundle.BundleHeader;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.node.PurgeRules.Permission;
import io.invigil.protocol.receipt.Cursor;
import io.invigil.protocol.receipt.GapRequest;
import io.invigil.protocol.receipt.Hello;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.LaneAck;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.LineStatus;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.Receipt;
import io.invigil.protocol.receipt.ReceiptLine;
import io.invigil.protocol.receipt.SeqRange;
import io.invigil.protocol.receipt.SignedMessage;
import io.invigil.protocol.sync.SyncScene;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeSyncTest {
    private static final Duration MONTH = Duration.ofDays(31);
    private final NodeScene node = new NodeScene();
    private final LaneKey res = new LaneKey(node.keys.epoch, Lane.RES);

    /** XSP-020: nothing but Hello before a Cursor answers, again with backoff. */
    @Test
    void saysOnlyHelloUntilACursorAnswers() {
        node.write(Lane.RES, 5);
        node.give(new NodeInput.Connected());
        for (int i = 0; i < 600; i++) {
            node.tick(250);
        }
        assertThat(node.bundles()).isEmpty();
        assertThat(node.hellos()).hasSizeBetween(4, 7);
        assertThat(node.hellos()).extracting(Hello::nonce).containsOnly(node.lastHello().nonce());
        node.answer(node.lastHello(), 0);
        assertThat(node.bundles()).hasSize(1);
    }

    /** XSP-020: an old Cursor, replayed, answers nothing (row 42). */
    @Test
    void aReplayedCursorAnswersNothing() {
        node.write(Lane.RES, 5);
        node.give(new NodeInput.Connected());
        var old = new Cursor("hub", node.hubEpoch, SyncScene.NODE, "f".repeat(32), List.of());
        node.command(MessageType.CURSOR, old, node.keys.hubKey);
        assertThat(node.sync.flowing()).isFalse();
        node.answer(node.lastHello(), 0);
        assertThat(node.sync.flowing()).isTrue();
    }

    /** XSP-021: at most 16 bundles without receipt. */
    @Test
    void keepsAtMostSixteenBundlesInFlight() {
        node.write(Lane.RES, 512 * 20);
        node.flow();
        assertThat(node.bundles()).hasSize(16);
        node.clear();
        node.give(node.receipt(SyncScene.NODE, List.of(node.ack(res, 512 * 3, 0))));
        assertThat(node.bundles()).hasSize(3);
        assertThat(node.bundles().getFirst().seqFirst()).isEqualTo(512 * 16 + 1);
    }

    /** XSP-022: without a receipt the same bytes go again, for ever, at most 50 s apart (row 6). */
    @Test
    void sendsAgainUntilAReceiptComes() {
        node.write(Lane.RES, 3);
        node.flow();
        byte[] first = node.sends().getLast().bytes();
        node.clear();
        for (int i = 0; i < 4 * 600; i++) {
            node.tick(250);
        }
        var again = node.sends().stream().filter(s -> !s.retained()).toList();
        assertThat(again.size()).isGreaterThanOrEqualTo(600 / 50);
        assertThat(again).allSatisfy(send -> assertThat(send.bytes()).isEqualTo(first));
        node.give(node.receipt(SyncScene.NODE, List.of(node.ack(res, 3, 0))));
        node.clear();
        node.tick(100_000);
        assertThat(node.bundles()).isEmpty();
        assertThat(node.sync.unreceipted()).isZero();
    }

    /** XSP-023: ctl before res before att before img, whatever came first. */
    @Test
    void sendsLanesInTheirOrder() {
        for (Lane lane : List.of(Lane.IMG, Lane.ATT, Lane.RES, Lane.CTL)) {
            node.write(lane, 3);
        }
        node.flow();
        assertThat(node.bundles())
                .extracting(BundleHeader::lane)
                .containsExactly(Lane.CTL, Lane.RES, Lane.ATT, Lane.IMG);
    }

    /** XSP-024: rows 40 and 41, forged, for another node, of another type: refused with alarm. */
    @Test
    void refusesReceiptsThatAreNotTheHubsToThisNode() {
        node.write(Lane.RES, 3);
        node.flow();
        List<LaneAck> acks = List.of(node.ack(res, 3, 3));
        var forged =
                new Receipt(
                        "hub",
                        node.hubEpoch,
                        SyncScene.NODE,
                        1,
                        Digest.ZERO,
                        0,
                        acks,
                        List.of(),
                        List.of());
        node.give(SignedMessage.sign(MessageType.RECEIPT, forged, node.keys.strangerKey));
        node.give(SignedMessage.sign(MessageType.RECEIPT, forged, node.keys.nodeKey));
        assertThat(node.alarms())
                .containsExactly(NodeAlarm.HUB_MESSAGE_FORGED, NodeAlarm.HUB_MESSAGE_FORGED);
        node.give(node.receipt(new NodeId("node-2"), acks));
        assertThat(node.alarms()).contains(NodeAlarm.RECEIPT_FOR_ANOTHER_NODE);
        assertThat(node.sync.unreceipted()).isEqualTo(3);
        assertThat(node.all(NodeEffect.ReceiptsAdvanced.class)).isEmpty();
    }

    /** XSP-024: row 40, an epoch that is not ours; the other lanes of the receipt count. */
    @Test
    void alarmsWhenAReceiptNamesAnEpochThatIsNotOurs() {
        node.write(Lane.RES, 3);
        node.flow();
        EpochId other = EpochId.random(node.keys.entropy);
        var foreign = new LaneAck(other, Lane.RES, 1, Digest.ZERO, 0, List.of());
        node.give(node.receipt(SyncScene.NODE, List.of(foreign, node.ack(res, 3, 0))));
        assertThat(node.alarms()).containsExactly(NodeAlarm.RECEIPT_FOR_UNKNOWN_EPOCH);
        assertThat(node.sync.unreceipted()).isZero();
    }

    /** XSP-024: a receipt counts only if the hub's record hash is ours. */
    @Test
    void aReceiptWithAnotherRecordHashFreesNothing() {
        node.write(Lane.RES, 3);
        node.flow();
        var wrong = new LaneAck(res.epoch(), res.lane(), 2, Digest.ZERO, 2, List.of());
        node.give(node.receipt(SyncScene.NODE, List.of(wrong)));
        assertThat(node.alarms()).containsExactly(NodeAlarm.HUB_RECORD_DIFFERS);
        assertThat(node.sync.unreceipted()).isEqualTo(3);
    }

    /** XSP-025: row 42, a replayed receipt is ignored; a late one tells nothing new. */
    @Test
    void ignoresReplayedAndLateReceipts() {
        node.write(Lane.RES, 3);
        node.flow();
        var first = node.receipt(SyncScene.NODE, List.of(node.ack(res, 1, 0)));
        var second = node.receipt(SyncScene.NODE, List.of(node.ack(res, 3, 0)));
        node.give(second);
        node.clear();
        node.give(first);
        node.give(first);
        node.give(second);
        assertThat(node.effects).isEmpty();
        assertThat(node.sync.marks(res).orElseThrow().r1Seq()).isEqualTo(3);
    }

    /** XSP-025: row 77, two receipts under one number, or one that does not link. */
    @Test
    void findsAHubThatContradictsItself() {
        node.write(Lane.RES, 3);
        node.flow();
        node.give(node.receipt(SyncScene.NODE, List.of(node.ack(res, 1, 0))));
        node.rcptSeq = 0;
        node.rcptHash = Digest.ZERO;
        node.give(node.receipt(SyncScene.NODE, List.of(node.ack(res, 3, 3))));
        assertThat(node.alarms()).containsExactly(NodeAlarm.HUB_EQUIVOCATES);
        node.rcptHash = Digest.sha256(new byte[1]);
        node.give(node.receipt(SyncScene.NODE, List.of(node.ack(res, 3, 3))));
        assertThat(node.alarms())
                .containsExactly(NodeAlarm.HUB_EQUIVOCATES, NodeAlarm.HUB_EQUIVOCATES);
        assertThat(node.sync.marks(res).orElseThrow().r1Seq()).isEqualTo(1);
        assertThat(node.lastHello().proof()).isNotEmpty();
    }

    /** XSP-026: row 38, a new hub epoch: marks are void, everything is asked and sent anew. */
    @Test
    void asksAndSendsEverythingAnewInANewHubEpoch() {
        node.write(Lane.RES, 3);
        node.flow();
        node.give(node.receipt(SyncScene.NODE, List.of(node.ack(res, 3, 3))));
        assertThat(node.sync.mayPurge(res.epoch(), true, MONTH)).isEqualTo(Permission.ALLOWED);
        node.give(new NodeInput.Disconnected());
        node.clear();
        node.hubEpoch = new HubEpoch(2, "b".repeat(16));
        node.give(new NodeInput.Connected());
        node.answer(node.lastHello(), 1);
        assertThat(node.bundles()).extracting(BundleHeader::seqFirst).containsExactly(2L);
        assertThat(node.sync.mayPurge(res.epoch(), true, MONTH))
                .isEqualTo(Permission.HUB_EPOCH_CHANGED);
        node.rcptSeq = 0;
        node.rcptHash = Digest.ZERO;
        node.give(node.receipt(SyncScene.NODE, List.of(node.ack(res, 3, 1))));
        assertThat(node.sync.mayPurge(res.epoch(), true, MONTH))
                .isEqualTo(Permission.NOT_RECEIVED_TWICE);
        node.give(node.receipt(SyncScene.NODE, List.of(node.ack(res, 3, 3))));
        assertThat(node.sync.mayPurge(res.epoch(), true, MONTH)).isEqualTo(Permission.ALLOWED);
    }

    /** XSP-026: an earlier hub epoch, from a hub that does not know it was restored. */
    @Test
    void refusesACursorOfAnEarlierHubEpoch() {
        node.hubEpoch = new HubEpoch(5, "a".repeat(16));
        node.write(Lane.RES, 3);
        node.flow();
        node.give(node.receipt(SyncScene.NODE, List.of(node.ack(res, 3, 3))));
        node.give(new NodeInput.Disconnected());
        node.hubEpoch = new HubEpoch(4, "a".repeat(16));
        node.flow();
        assertThat(node.sync.flowing()).isFalse();
        assertThat(node.alarms()).containsExactly(NodeAlarm.HUB_EQUIVOCATES);
    }

    /** XSP-027: R2, contiguous, closed, thirty days, same hub epoch; row 68 by stick alone. */
    @Test
    void allowsPurgingOnlyWhenEveryRuleHolds() {
        node.write(Lane.RES, 3);
        assertThat(node.sync.mayPurge(res.epoch(), true, MONTH))
                .isEqualTo(Permission.NOT_RECEIVED_TWICE);
        node.give(node.receipt(SyncScene.NODE, List.of(node.ack(res, 3, 2))));
        assertThat(node.sync.mayPurge(res.epoch(), true, MONTH))
                .isEqualTo(Permission.NOT_RECEIVED_TWICE);
        node.give(node.receipt(SyncScene.NODE, List.of(node.ack(res, 3, 3))));
        assertThat(node.sync.mayPurge(res.epoch(), false, MONTH))
                .isEqualTo(Permission.EXAM_NOT_CLOSED);
        assertThat(node.sync.mayPurge(res.epoch(), true, Duration.ofDays(30).minusMillis(1)))
                .isEqualTo(Permission.TOO_EARLY);
        assertThat(node.sync.mayPurge(res.epoch(), true, Duration.ofDays(30)))
                .isEqualTo(Permission.ALLOWED);
        assertThat(node.sync.mayPurgeSnapshots(res.epoch(), true, Duration.ofDays(7)))
                .isEqualTo(Permission.ALLOWED);
    }

    /** XSP-028: REJECTED frees nothing; PARKED stops its lane and no other. */
    @Test
    void aRefusedBundleFreesNothing() {
        node.write(Lane.RES, 3);
        node.flow();
        Digest id = Digest.sha256(node.sends().getLast().bytes());
        var rejected = new ReceiptLine(id, LineStatus.REJECTED, "BAD_SIG");
        node.give(node.receipt(SyncScene.NODE, List.of(node.ack(res, 0, 0)), rejected));
        assertThat(node.alarms()).containsExactly(NodeAlarm.BUNDLE_REJECTED);
        node.clear();
        node.tick(15_000);
        assertThat(node.bundles()).hasSize(1);
        var parked = new ReceiptLine(id, LineStatus.PARKED, "SCOPE");
        node.give(node.receipt(SyncScene.NODE, List.of(node.ack(res, 0, 0)), parked));
        node.clear();
        node.tick(100_000);
        node.write(Lane.ATT, 1);
        assertThat(node.bundles()).extracting(BundleHeader::lane).containsExactly(Lane.ATT);
        assertThat(node.sync.unreceipted()).isEqualTo(4);
    }

    /** XSP-029: a gap request brings what is missing at once, also what was once acknowledged. */
    @Test
    void fillsAGapThatTheHubNames() {
        node.write(Lane.RES, 512 * 3);
        node.flow();
        node.clear();
        node.now += 2_000;
        var gap =
                new GapRequest(
                        node.hubEpoch,
                        SyncScene.NODE,
                        res.epoch(),
                        res.lane(),
                        List.of(new SeqRange(513, 1024)));
        node.command(MessageType.GAP_REQUEST, gap, node.keys.hubKey);
        assertThat(node.bundles()).extracting(BundleHeader::seqFirst).containsExactly(513L);
    }

    /** XSP-034: rows 19 and 20, the wall clock may jump anywhere: timing and order stay. */
    @Test
    void theWallClockDecidesNothing() {
        node.write(Lane.RES, 3);
        node.wall = Long.MIN_VALUE;
        node.flow();
        node.wall = 0;
        node.clear();
        node.tick(5_000);
        assertThat(node.bundles()).isEmpty();
        node.wall = Long.MAX_VALUE;
        node.tick(10_000);
        assertThat(node.bundles()).hasSize(1);
        node.give(node.receipt(SyncScene.NODE, List.of(node.ack(res, 3, 0))));
        assertThat(node.sync.unreceipted()).isZero();
    }

    /** XSP-035: every epoch that is not received is sent, and what a restart knows is not. */
    @Test
    void sendsOldEpochsToo() {
        EpochId old = EpochId.random(node.keys.entropy);
        node.write(old, Lane.RES, 7);
        node.write(Lane.RES, 3);
        node.flow();
        assertThat(node.bundles())
                .extracting(BundleHeader::epoch)
                .containsExactly(node.keys.epoch, old);
        var key = new LaneKey(old, Lane.RES);
        node.give(node.receipt(SyncScene.NODE, List.of(node.ack(key, 7, 0))));
        byte[] memory = node.all(NodeEffect.RememberReceipts.class).getLast().memory();

        var next = new NodeScene(ReceiptMemory.decode(memory).orElseThrow());
        next.ledger.putAll(node.ledger);
        next.give(
                new NodeInput.HeadsAdvanced(
                        List.of(
                                new io.invigil.protocol.receipt.LaneHead(
                                        old, Lane.RES, 7, node.ledger.get(key).getLast().hash()))));
        assertThat(next.sync.unreceipted()).isZero();
        next.give(new NodeInput.Connected());
        assertThat(next.lastHello().proof()).isNotEmpty();
    }

    /** XSP-036: row 47, the hub holds what this disk has lost: shown, never numbered again. */
    @Test
    void showsWhatTheHubHoldsAndThisDiskLost() {
        node.write(Lane.RES, 3);
        node.give(new NodeInput.Connected());
        var more = new LaneAck(res.epoch(), res.lane(), 9, Digest.ZERO, 0, List.of());
        var cursor =
                new Cursor(
                        "hub",
                        node.hubEpoch,
                        SyncScene.NODE,
                        node.lastHello().nonce(),
                        List.of(more));
        node.command(MessageType.CURSOR, cursor, node.keys.hubKey);
        assertThat(node.all(NodeEffect.Alarm.class))
                .extracting(NodeEffect.Alarm::detail)
                .containsExactly(res + " 4-9");
        assertThat(node.bundles()).isEmpty();
    }

    /** XSP-037: row 25, the broker takes smaller packets only: smaller bundles, nothing lost. */
    @Test
    void makesSmallerBundlesWhenTheBrokerRefusesLargeOnes() {
        node.write(Lane.RES, 512);
        node.flow();
        int large = node.sends().getLast().bytes().length;
        node.clear();
        node.give(new NodeInput.PacketTooLarge());
        for (int i = 0; i < 3; i++) {
            node.give(new NodeInput.PacketTooLarge());
        }
        assertThat(node.sends()).isNotEmpty();
        assertThat(node.sends().getLast().bytes().length).isLessThan(large);
    }
}
