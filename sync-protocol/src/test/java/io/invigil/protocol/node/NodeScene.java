package io.invigil.protocol.node;

import io.invigil.protocol.bundle.BundleCodec;
import io.invigil.protocol.bundle.BundleHeader;
import io.invigil.protocol.bundle.BundleLimits;
import io.invigil.protocol.bundle.BundleParse;
import io.invigil.protocol.bundle.BundleSeal;
import io.invigil.protocol.carrier.Topics.DownKind;
import io.invigil.protocol.carrier.Topics.UpKind;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.receipt.Cursor;
import io.invigil.protocol.receipt.Hello;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.LaneAck;
import io.invigil.protocol.receipt.LaneHead;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.Receipt;
import io.invigil.protocol.receipt.ReceiptLine;
import io.invigil.protocol.receipt.SeqRange;
import io.invigil.protocol.receipt.SignedMessage;
import io.invigil.protocol.sync.SyncScene;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node's sync with a ledger in a map; the test plays the hub. */
final class NodeScene {
    final SyncScene keys = new SyncScene();
    final NodeSync sync;
    final Map<LaneKey, List<FactRecord>> ledger = new LinkedHashMap<>();

    /** What went out since the last {@link #clear}. */
    final List<NodeEffect> effects = new ArrayList<>();

    HubEpoch hubEpoch = new HubEpoch(1, "a".repeat(16));
    long now = 1_000;
    long wall = 1_795_000_000_000L;
    long rcptSeq;
    Digest rcptHash = Digest.ZERO;

    NodeScene() {
        this(ReceiptMemory.EMPTY);
    }

    NodeScene(ReceiptMemory memory) {
        this.sync =
                new NodeSync(
                        new NodeSyncSettings(
                                SyncScene.REALM,
                                SyncScene.NODE,
                                keys.epoch,
                                keys.nodeKey,
                                () -> BundleSeal.Hpke.to(keys.hubSeal.publicKey(), keys.entropy),
                                keys.hubSeal::publicKey,
                                keys::hubKeys,
                                keys.context("site-1").belief(),
                                keys.entropy),
                        memory);
    }

    List<FactRecord> write(Lane lane, int count) {
        return write(keys.epoch, lane, count);
    }

    List<FactRecord> write(EpochId epoch, Lane lane, int count) {
        List<FactRecord> records = keys.records(epoch, lane, count);
        ledger.put(new LaneKey(epoch, lane), records);
        FactRecord last = records.getLast();
        give(
                new NodeInput.HeadsAdvanced(
                        List.of(new LaneHead(epoch, lane, last.seq(), last.hash()))));
        return records;
    }

    /** Gives an input and carries out ledger reads at once. */
    void give(NodeInput input) {
        for (NodeEffect effect : sync.handle(new SyncTime(now, wall, "boot"), input)) {
            effects.add(effect);
            if (effect instanceof NodeEffect.ReadRecords read) {
                var rows = ledger.getOrDefault(new LaneKey(read.epoch(), read.lane()), List.of());
                int from = (int) Math.min(rows.size(), read.fromSeq() - 1);
                int to = Math.min(rows.size(), from + read.recordsMax());
                give(new NodeInput.RecordsRead(read, rows.subList(from, to)));
            }
        }
    }

    void tick(long millis) {
        now += millis;
        give(new NodeInput.Tick());
    }

    /** Connects and answers the Hello: the hub holds nothing. */
    void flow() {
        give(new NodeInput.Connected());
        answer(lastHello(), 0);
    }

    void answer(Hello hello, long ackSeq) {
        List<LaneAck> acks = new ArrayList<>();
        for (LaneHead head : hello.heads()) {
            acks.add(ack(head.key(), Math.min(ackSeq, head.seq()), 0));
        }
        var cursor = new Cursor("hub", hubEpoch, SyncScene.NODE, hello.nonce(), acks);
        command(MessageType.CURSOR, cursor, keys.hubKey);
    }

    LaneAck ack(LaneKey key, long seq, long r2, SeqRange... beyond) {
        Digest hash =
                seq == 0
                        ? keys.genesis(key.epoch(), key.lane())
                        : ledger.get(key).get((int) seq - 1).hash();
        return new LaneAck(key.epoch(), key.lane(), seq, hash, r2, List.of(beyond));
    }

    void command(MessageType type, Object value, SigningKey signer) {
        byte[] bytes = SignedMessage.sign(type, value, signer).encode();
        give(new NodeInput.MessageReceived(DownKind.COMMAND, bytes));
    }

    /** The next receipt of the chain. */
    SignedMessage receipt(NodeId node, List<LaneAck> acks, ReceiptLine... lines) {
        rcptSeq++;
        var receipt =
                new Receipt(
                        "hub",
                        hubEpoch,
                        node,
                        rcptSeq,
                        rcptHash,
                        0,
                        acks,
                        List.of(lines),
                        List.of());
        var signed = SignedMessage.sign(MessageType.RECEIPT, receipt, keys.hubKey);
        rcptHash = signed.contentHash();
        return signed;
    }

    void give(SignedMessage receipt) {
        give(new NodeInput.MessageReceived(DownKind.RECEIPT, receipt.encode()));
    }

    void clear() {
        effects.clear();
    }

    List<BundleHeader> bundles() {
        return sends().stream()
                .filter(send -> send.kind() != UpKind.STATE && send.kind() != UpKind.BLOB)
                .map(send -> header(send.bytes()))
                .toList();
    }

    List<Hello> hellos() {
        return sends().stream()
                .filter(send -> send.kind() == UpKind.STATE)
                .map(s -> SignedMessage.decode(s.bytes()).orElseThrow())
                .map(m -> m.read(Hello.class).orElseThrow())
                .toList();
    }

    Hello lastHello() {
        return hellos().getLast();
    }

    List<NodeEffect.Send> sends() {
        return all(NodeEffect.Send.class);
    }

    List<NodeAlarm> alarms() {
        return all(NodeEffect.Alarm.class).stream().map(NodeEffect.Alarm::code).toList();
    }

    <T extends NodeEffect> List<T> all(Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    static BundleHeader header(byte[] bundle) {
        return ((BundleParse.Parsed) BundleCodec.parse(bundle, BundleLimits.MQTT))
                .bundle()
                .header();
    }
}
