package io.invigil.protocol.hub;

import io.invigil.protocol.blob.BlobChunk;
import io.invigil.protocol.blob.BlobManifest;
import io.invigil.protocol.blob.BlobOffer;
import io.invigil.protocol.bundle.BundleLimits;
import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.receipt.GapRequest;
import io.invigil.protocol.receipt.Hello;
import io.invigil.protocol.receipt.HelloRequest;
import io.invigil.protocol.receipt.LaneAck;
import io.invigil.protocol.receipt.LaneHead;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.Offline;
import io.invigil.protocol.receipt.ReceiptMark;
import io.invigil.protocol.receipt.SeqRange;
import io.invigil.protocol.receipt.SignedMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state machine of one hub instance (XSP/1 section 6). One thread. What it keeps in memory may
 * be lost at any time: it only delays receipts and gap requests.
 */
public final class HubSync {
    /** One receipt per node in this time. */
    public static final long RECEIPT_MILLIS = 250;

    /** A gap is asked for after this, and again after {@link #GAP_AGAIN_MILLIS}. */
    public static final long GAP_MILLIS = 3_000;

    public static final long GAP_AGAIN_MILLIS = 6_000;
    static final long HELLO_AGAIN_MILLIS = 5_000;

    /** Open gaps watched at a time; beyond, nodes send again by their own timers. */
    static final int GAPS_MAX = 10_000;

    static final int STICK_BLOBS_MAX = 100_000;

    private record Gap(NodeId node, LaneKey lane) {}

    private final HubSettings settings;
    private final HubIngest ingest;
    private final HubMemory memory;
    private final ReceiptIssue receipts;
    private final HelloDesk hellos;
    private final BlobDesk blobs;
    private final Map<NodeId, NodeDesk> desks = new LinkedHashMap<>();
    private final Map<Gap, Long> gaps = new LinkedHashMap<>();
    private final Map<Digest, NodeId> stickBlobs = new HashMap<>();

    public HubSync(HubSettings settings) {
        this.settings = settings;
        this.ingest = new HubIngest(settings);
        this.memory = new HubMemory(settings);
        this.receipts = new ReceiptIssue(settings, memory);
        this.hellos = new HelloDesk(settings, memory);
        this.blobs = new BlobDesk(settings);
    }

    /**
     * Takes one input; the effects are to be carried out in order. Whatever a message does inside,
     * it is answered with effects, never with an exception (row 61).
     *
     * @param now monotonic milliseconds of this process
     * @param wallMillis wall clock, evidence in receipts
     */
    public List<HubEffect> handle(long now, long wallMillis, HubInput input) {
        List<HubEffect> out = new ArrayList<>();
        try {
            switch (input) {
                case HubInput.Received received -> received(received, now, out);
                case HubInput.FromStick stick -> fromStick(stick.bytes(), now, out);
                case HubInput.Covered covered -> covered(covered);
                case HubInput.Tick tick -> tick(now, wallMillis, out);
            }
        } catch (HubStoreUnavailable unavailable) {
            out.add(new HubEffect.Alarm(HubAlarm.STORE_UNAVAILABLE, "", unavailable.getMessage()));
            out.add(new HubEffect.ClosePipe("store unavailable"));
        }
        return out;
    }

    private void received(HubInput.Received message, long now, List<HubEffect> out) {
        guarded(
                message.node().value(),
                message.bytes(),
                out,
                () -> {
                    switch (message.kind()) {
                        case STATE -> state(message.node(), message.bytes(), out);
                        case BLOB -> blob(message.node(), message.bytes(), out);
                        case CTL, RES, ATT, IMG ->
                                bundle(
                                        Optional.of(message.node()),
                                        Lane.ofCode(message.kind().path().substring(3)),
                                        message.bytes(),
                                        BundleLimits.MQTT,
                                        now,
                                        out);
                    }
                });
        out.add(new HubEffect.Complete(message.messageNumber()));
    }

    private void fromStick(byte[] bytes, long now, List<HubEffect> out) {
        String magic = new String(bytes, 0, Math.min(4, bytes.length), StandardCharsets.ISO_8859_1);
        guarded(
                "",
                bytes,
                out,
                () -> {
                    switch (magic) {
                        case "XSM1" -> stickMessage(bytes, out);
                        case "XSC1" -> stickChunk(bytes, out);
                        default ->
                                bundle(
                                        Optional.empty(),
                                        Optional.empty(),
                                        bytes,
                                        BundleLimits.USB,
                                        now,
                                        out);
                    }
                });
    }

    /** Runs work on one message; a failure parks that message after one try (row 61). */
    private void guarded(String node, byte[] bytes, List<HubEffect> out, Runnable work) {
        int before = out.size();
        try {
            work.run();
        } catch (HubStoreUnavailable unavailable) {
            throw unavailable;
        } catch (RuntimeException | StackOverflowError poison) {
            out.subList(before, out.size()).clear();
            String what = poison.getClass().getSimpleName();
            settings.store()
                    .inTransaction(tx -> tx.park(Refusals.rejected(node, "POISON", what, bytes)));
            out.add(new HubEffect.Alarm(HubAlarm.POISON, node, what));
        }
    }

    private void bundle(
            Optional<NodeId> sender,
            Optional<Lane> lane,
            byte[] bytes,
            BundleLimits limits,
            long now,
            List<HubEffect> out) {
        IngestOutcome outcome =
                ingest.bundle(bytes, sender, lane, limits, HubIngest.Admission.NORMAL);
        out.addAll(outcome.alarms());
        if (outcome.addressee().isEmpty()) {
            return;
        }
        NodeId node = outcome.addressee().get();
        NodeDesk desk = desk(node);
        desk.add(outcome.line());
        outcome.cursor()
                .ifPresent(
                        cursor -> {
                            desk.add(cursor.key());
                            ReceiptMark seen = outcome.receiptSeen();
                            desk.doubt = seen.equals(desk.answered) ? ReceiptMark.NONE : seen;
                            watch(cursor, now);
                            if (outcome.linked()) {
                                out.add(new HubEffect.Apply(node, cursor.key(), cursor.ackSeq()));
                            }
                        });
    }

    private void watch(LaneCursor cursor, long now) {
        var gap = new Gap(cursor.node(), cursor.key());
        if (cursor.ranges().isEmpty() || cursor.forked()) {
            gaps.remove(gap);
        } else if (gaps.size() < GAPS_MAX) {
            gaps.putIfAbsent(gap, now + GAP_MILLIS);
        }
    }

    private void state(NodeId node, byte[] bytes, List<HubEffect> out) {
        Optional<SignedMessage> message = signedBy(node, bytes);
        Optional<Hello> hello =
                message.filter(m -> m.type() == MessageType.HELLO)
                        .flatMap(m -> m.read(Hello.class))
                        .filter(h -> h.node().equals(node))
                        .filter(h -> h.realm().equals(settings.realm()));
        if (hello.isPresent()) {
            NodeDesk desk = desk(node);
            hellos.answer(node, hello.get(), desk.doubt, out);
            desk.answered = desk.doubt;
            desk.doubt = ReceiptMark.NONE;
            hello.get().heads().stream().map(LaneHead::key).forEach(desk::add);
            return;
        }
        boolean offline =
                message.filter(m -> m.type() == MessageType.OFFLINE)
                        .flatMap(m -> m.read(Offline.class))
                        .filter(o -> o.node().equals(node))
                        .isPresent();
        if (offline) {
            out.add(new HubEffect.NodeGone(node));
        } else {
            reject(node.value(), "BAD_HELLO", bytes, out);
        }
    }

    private void blob(NodeId node, byte[] bytes, List<HubEffect> out) {
        Optional<BlobChunk> chunk = BlobChunk.decode(bytes);
        if (chunk.isPresent()) {
            chunk(node, chunk.get(), bytes, out);
            return;
        }
        Optional<BlobOffer> offer =
                signedBy(node, bytes)
                        .filter(m -> m.type() == MessageType.BLOB_OFFER)
                        .flatMap(m -> m.read(BlobOffer.class))
                        .filter(o -> o.node().equals(node));
        if (offer.isEmpty()) {
            reject(node.value(), "BAD_BLOB", bytes, out);
            return;
        }
        for (BlobManifest manifest : offer.get().manifests()) {
            if (blobs.offered(node, manifest, out)) {
                desk(node).blobs.add(manifest.sha256());
            }
        }
    }

    private void chunk(NodeId node, BlobChunk chunk, byte[] bytes, List<HubEffect> out) {
        switch (blobs.chunk(node, chunk, out)) {
            case HELD -> {}
            case COMPLETE -> desk(node).blobs.add(chunk.blob());
            case NO_OFFER -> reject(node.value(), "CHUNK_WITHOUT_OFFER", new byte[0], out);
            case NOT_OPENED, WRONG_CONTENT -> reject(node.value(), "BAD_CHUNK", bytes, out);
        }
    }

    private void stickMessage(byte[] bytes, List<HubEffect> out) {
        Optional<SignedMessage> message = SignedMessage.decode(bytes);
        Optional<NodeId> node =
                message.flatMap(
                        m ->
                                m.type() == MessageType.HELLO
                                        ? m.read(Hello.class).map(Hello::node)
                                        : m.read(BlobOffer.class).map(BlobOffer::node));
        if (node.isEmpty()) {
            reject("", "BAD_MESSAGE", bytes, out);
        } else if (message.get().type() == MessageType.HELLO) {
            state(node.get(), bytes, out);
        } else {
            blob(node.get(), bytes, out);
            message.get()
                    .read(BlobOffer.class)
                    .filter(offer -> stickBlobs.size() < STICK_BLOBS_MAX)
                    .ifPresent(
                            offer ->
                                    offer.manifests()
                                            .forEach(m -> stickBlobs.put(m.sha256(), node.get())));
        }
    }

    private void stickChunk(byte[] bytes, List<HubEffect> out) {
        Optional<BlobChunk> chunk = BlobChunk.decode(bytes);
        Optional<NodeId> node = chunk.map(c -> stickBlobs.get(c.blob()));
        if (chunk.isPresent() && node.isPresent()) {
            chunk(node.get(), chunk.get(), bytes, out);
        } else {
            reject("", "CHUNK_WITHOUT_OFFER", new byte[0], out);
        }
    }

    private void covered(HubInput.Covered covered) {
        settings.store()
                .inTransaction(
                        tx -> {
                            covered.through()
                                    .forEach(
                                            (key, seq) ->
                                                    tx.lane(covered.node(), key)
                                                            .map(c -> relocked(tx, c))
                                                            .ifPresent(
                                                                    c ->
                                                                            tx.saveLane(
                                                                                    c.withR2(
                                                                                            seq))));
                            return covered;
                        });
        covered.through().keySet().forEach(desk(covered.node())::add);
    }

    private static LaneCursor relocked(HubTx tx, LaneCursor cursor) {
        return tx.lockLane(cursor.node(), cursor.key(), cursor.ackHash());
    }

    private void tick(long now, long wallMillis, List<HubEffect> out) {
        for (Iterator<Map.Entry<NodeId, NodeDesk>> it = desks.entrySet().iterator();
                it.hasNext(); ) {
            Map.Entry<NodeId, NodeDesk> entry = it.next();
            NodeDesk desk = entry.getValue();
            if (desk.isEmpty() && now - desk.lastUseAt() > HELLO_AGAIN_MILLIS) {
                it.remove();
            } else if (!desk.isEmpty() && now - desk.lastReceiptAt >= RECEIPT_MILLIS) {
                tell(entry.getKey(), desk, now, wallMillis, out);
            }
        }
        askForGaps(now, out);
    }

    private void tell(NodeId node, NodeDesk desk, long now, long wallMillis, List<HubEffect> out) {
        desk.lastReceiptAt = now;
        Optional<byte[]> receipt = receipts.issue(node, desk, wallMillis);
        if (receipt.isPresent()) {
            out.add(new HubEffect.Send(node, Topics.DownKind.RECEIPT, receipt.get()));
        } else if (now - desk.helloAskedAt >= HELLO_AGAIN_MILLIS) {
            desk.helloAskedAt = now;
            var hubEpoch = settings.store().inTransaction(HubTx::hubEpoch);
            send(node, MessageType.HELLO_REQUEST, new HelloRequest(hubEpoch, node), out);
        }
    }

    private void askForGaps(long now, List<HubEffect> out) {
        for (Map.Entry<Gap, Long> entry : gaps.entrySet()) {
            if (entry.getValue() > now) {
                continue;
            }
            entry.setValue(now + GAP_AGAIN_MILLIS);
            Gap gap = entry.getKey();
            settings.store()
                    .inTransaction(
                            tx -> {
                                List<SeqRange> missing =
                                        tx.lane(gap.node(), gap.lane())
                                                .filter(cursor -> !cursor.forked())
                                                .map(LaneCursor::gaps)
                                                .orElse(List.of());
                                return missing.isEmpty()
                                        ? Optional.<GapRequest>empty()
                                        : Optional.of(request(tx, gap, missing));
                            })
                    .ifPresentOrElse(
                            request -> send(gap.node(), MessageType.GAP_REQUEST, request, out),
                            () -> entry.setValue(Long.MAX_VALUE));
        }
        gaps.values().removeIf(due -> due == Long.MAX_VALUE);
    }

    private static GapRequest request(HubTx tx, Gap gap, List<SeqRange> missing) {
        List<SeqRange> limited = missing.stream().limit(LaneAck.RANGES_MAX).toList();
        return new GapRequest(
                tx.hubEpoch(), gap.node(), gap.lane().epoch(), gap.lane().lane(), limited);
    }

    private void send(NodeId node, MessageType type, Object value, List<HubEffect> out) {
        byte[] bytes = SignedMessage.sign(type, value, settings.signer()).encode();
        out.add(new HubEffect.Send(node, Topics.DownKind.COMMAND, bytes));
    }

    private Optional<SignedMessage> signedBy(NodeId node, byte[] bytes) {
        Optional<NodeStanding> standing = settings.directory().standing(node);
        return SignedMessage.decode(bytes)
                .filter(m -> standing.isPresent())
                .filter(m -> m.verifiedBy(standing.get()::goodKey));
    }

    private void reject(String node, String reason, byte[] bytes, List<HubEffect> out) {
        ParkedItem item = Refusals.rejected(node, reason, "", bytes);
        if (settings.store().inTransaction(tx -> tx.park(item))) {
            out.add(new HubEffect.Alarm(HubAlarm.REJECTED, node, reason));
        }
    }

    private NodeDesk desk(NodeId node) {
        return desks.computeIfAbsent(node, any -> new NodeDesk());
    }
}
