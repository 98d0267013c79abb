package io.invigil.protocol.node;

import io.invigil.protocol.blob.BlobManifest;
import io.invigil.protocol.blob.BlobOffer;
import io.invigil.protocol.bundle.BundleContext;
import io.invigil.protocol.bundle.BundleLimits;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.receipt.Hello;
import io.invigil.protocol.receipt.LaneHead;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.NodeBelief;
import io.invigil.protocol.receipt.Offline;
import io.invigil.protocol.receipt.SignedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The node's side of sync: a pure state machine (XSP/1 sections 5 to 9). One thread. Each input
 * gives effects, to be carried out in order.
 *
 * <p>After a start: {@link NodeInput.HeadsAdvanced} with all lanes of all epochs kept, {@link
 * NodeInput.BlobAdded} for every blob not yet received, then {@link NodeInput.Connected} whenever a
 * pipe opens and {@link NodeInput.Tick} four times a second always.
 */
public final class NodeSync {
    private final NodeSyncSettings settings;
    private final Lanes lanes;
    private final LaneSender sender;
    private final BlobSender blobs;
    private final Handshake handshake;
    private final ReadQueue reads = new ReadQueue();
    private final HubWord hub;
    private final HubMessages messages;
    private final Map<LaneKey, ReceiptMemory.LaneMark> restoredMarks = new HashMap<>();
    private NodeBelief belief;
    private boolean connected;
    private boolean flowing;

    /**
     * A sync that has not connected yet.
     *
     * @param memory as remembered by the run before, or {@link ReceiptMemory#EMPTY}
     */
    public NodeSync(NodeSyncSettings settings, ReceiptMemory memory) {
        this.settings = settings;
        this.belief = settings.belief();
        Backoff backoff = new Backoff(settings.entropy());
        this.lanes = new Lanes(settings);
        this.sender = new LaneSender(settings, backoff, lanes, reads);
        this.blobs = new BlobSender(settings, backoff);
        this.handshake = new Handshake(settings, backoff);
        this.hub = new HubWord(lanes, sender, blobs, handshake, reads, memory);
        this.messages = new HubMessages(settings, lanes, sender, blobs, handshake, hub);
        memory.lanes().forEach(m -> restoredMarks.put(new LaneKey(m.epoch(), m.lane()), m));
        lanes.register(settings.epoch());
    }

    /** Takes one input; the effects are to be carried out in order. */
    public List<NodeEffect> handle(SyncTime time, NodeInput input) {
        List<NodeEffect> out = new ArrayList<>();
        long now = time.monotonicMillis();
        switch (input) {
            case NodeInput.Connected opened -> connect(now);
            case NodeInput.Disconnected lost -> disconnect(now, out);
            case NodeInput.HeadsAdvanced advanced -> advanced.heads().forEach(this::takeHead);
            case NodeInput.EpochPurged purged -> lanes.forget(purged.epoch());
            case NodeInput.MessageReceived m -> message(m, now, out);
            case NodeInput.RecordsRead read -> recordsRead(read, time, out);
            case NodeInput.BlobAdded added -> blobs.add(added.manifest(), out);
            case NodeInput.BlobGone gone -> blobs.gone(gone.blob(), out);
            case NodeInput.ChunkRead read -> blobs.send(read, now, out);
            case NodeInput.PacketTooLarge refused -> sender.packetTooLarge();
            case NodeInput.BeliefChanged changed -> belief = changed.belief();
            case NodeInput.Tick tick -> {
                if (flowing) {
                    sender.resendLate(now, out);
                }
            }
        }
        advance(time, out);
        return out;
    }

    /** Whether a Cursor has answered on this connection. */
    public boolean flowing() {
        return flowing;
    }

    /** Records of all lanes that no verified receipt covers. */
    public long unreceipted() {
        return lanes.all().stream().mapToLong(lane -> lane.headSeq - lane.r1Seq).sum();
    }

    /** Blobs that no verified receipt names. */
    public int pendingBlobs() {
        return blobs.pending();
    }

    /** Verified marks of a lane: up to where R1 and R2 hold. */
    public Optional<ReceiptMemory.LaneMark> marks(LaneKey key) {
        return lanes.find(key)
                .map(
                        lane ->
                                new ReceiptMemory.LaneMark(
                                        key.epoch(), key.lane(), lane.r1Seq, lane.r2Seq));
    }

    /** The signed will of a connection, for {@code state}. */
    public byte[] will() {
        var offline = new Offline(settings.node(), settings.epoch());
        return SignedMessage.sign(MessageType.OFFLINE, offline, settings.signer()).encode();
    }

    /** The records of each lane that a stick should carry: all without verified receipt. */
    public List<NodeEffect.ReadRecords> stickNeeds() {
        List<NodeEffect.ReadRecords> needs = new ArrayList<>();
        for (LaneTrack lane : lanes.all()) {
            if (lane.headSeq > lane.r1Seq) {
                needs.add(
                        new NodeEffect.ReadRecords(
                                0,
                                lane.key.epoch(),
                                lane.key.lane(),
                                lane.r1Seq + 1,
                                BundleLimits.USB.recordsMax(),
                                BundleLimits.USB.inflatedBytesMax() / 4));
            }
        }
        return needs;
    }

    /** A bundle for a stick; empty when it would be too large: take fewer records. */
    public Optional<byte[]> stickBundle(SyncTime time, List<FactRecord> records) {
        return sender.encode(records, context(time), BundleLimits.USB);
    }

    /** Hellos with proof for a stick, all lanes that wait in as many as it takes. */
    public List<byte[]> stickHellos(SyncTime time) {
        List<byte[]> hellos = new ArrayList<>();
        List<LaneHead> heads =
                lanes.all().stream()
                        .filter(lane -> lane.headSeq > lane.r1Seq)
                        .map(LaneTrack::head)
                        .toList();
        for (int at = 0; at == 0 || at < heads.size(); at += Hello.HEADS_MAX) {
            var page = heads.subList(at, Math.min(heads.size(), at + Hello.HEADS_MAX));
            String nonce = HexFormat.of().formatHex(settings.entropy().bytes(Hello.NONCE_BYTES));
            hellos.add(handshake.signed(nonce, time, page, hub.proof(), belief));
        }
        return hellos;
    }

    /** Signed offers of these blobs for a stick, in as few messages as they take. */
    public List<byte[]> stickOffers(List<BlobManifest> manifests) {
        List<byte[]> offers = new ArrayList<>();
        for (List<BlobManifest> page : BlobOffer.pages(manifests)) {
            offers.add(blobs.signed(page));
        }
        return offers;
    }

    /** One sealed chunk for a stick. */
    public byte[] stickChunk(Digest blob, int index, byte[] content) {
        return blobs.sealed(blob, index, content);
    }

    /** Whether an epoch's records may be deleted (XSP/1 section 7). */
    public PurgeRules.Permission mayPurge(
            EpochId epoch, boolean examsClosed, Duration sinceClosed) {
        return PurgeRules.records(purgeState(epoch, examsClosed, sinceClosed));
    }

    /** Whether an epoch's snapshots may be deleted when space is short. */
    public PurgeRules.Permission mayPurgeSnapshots(
            EpochId epoch, boolean examsClosed, Duration sinceClosed) {
        return PurgeRules.snapshots(purgeState(epoch, examsClosed, sinceClosed));
    }

    private PurgeRules.EpochState purgeState(
            EpochId epoch, boolean examsClosed, Duration sinceClosed) {
        boolean everyLane =
                lanes.knows(epoch)
                        && lanes.all().stream()
                                .filter(lane -> lane.key.epoch().equals(epoch))
                                .allMatch(lane -> lane.r2Seq >= lane.headSeq);
        return new PurgeRules.EpochState(
                epoch, everyLane, hub.mark().hubEpoch(), hub.hubEpoch(), examsClosed, sinceClosed);
    }

    private void connect(long now) {
        connected = true;
        for (LaneTrack lane : lanes.all()) {
            lane.forgetHub();
        }
        reads.forgetSending();
        blobs.forgetHub();
        handshake.begin(now);
    }

    private void disconnect(long now, List<NodeEffect> out) {
        connected = false;
        handshake.end(now);
        setFlowing(false, out);
    }

    private void takeHead(LaneHead head) {
        LaneTrack lane = lanes.take(head);
        ReceiptMemory.LaneMark mark = restoredMarks.remove(head.key());
        if (mark != null && mark.r1Seq() <= head.seq()) {
            lane.r1Seq = mark.r1Seq();
            lane.r2Seq = mark.r2Seq();
        }
    }

    /** What can be done now without anything having arrived. */
    private void advance(SyncTime time, List<NodeEffect> out) {
        long now = time.monotonicMillis();
        if (!connected) {
            return;
        }
        List<LaneTrack> open =
                lanes.all().stream()
                        .filter(this::mustAsk)
                        .sorted(Comparator.comparingInt((LaneTrack lane) -> -lane.order))
                        .limit(Hello.HEADS_MAX)
                        .toList();
        boolean unanswered = open.stream().anyMatch(lane -> !lane.confirmed);
        if (unanswered && !handshake.pending()) {
            handshake.begin(now);
        }
        if (handshake.due(now)) {
            if (handshake.isFirst()) {
                lanes.all().forEach(lane -> lane.r1Asked = lane.r1Seq);
            }
            var heads = open.stream().map(LaneTrack::head).toList();
            out.add(handshake.hello(time, heads, hub.proof(), belief));
        }
        if (!flowing) {
            return;
        }
        handshake.askAgain(now, !open.isEmpty());
        sender.pump(now, out);
        if (reads.sending().isEmpty() && sender.highLanesIdle()) {
            blobs.pump(now, out);
        }
    }

    private boolean mustAsk(LaneTrack lane) {
        return lane.confirmed ? lane.awaitsReceipt() : !provenComplete(lane);
    }

    /** Old lanes that receipts of this hub epoch cover in full need no question. */
    private boolean provenComplete(LaneTrack lane) {
        return !lane.key.epoch().equals(settings.epoch())
                && lane.r1Seq == lane.headSeq
                && hub.mark().hubEpoch().equals(hub.hubEpoch());
    }

    private void recordsRead(NodeInput.RecordsRead read, SyncTime time, List<NodeEffect> out) {
        long now = time.monotonicMillis();
        NodeEffect.ReadRecords request = read.request();
        Optional<LaneTrack> lane = lanes.find(new LaneKey(request.epoch(), request.lane()));
        if (reads.endsSending(request)) {
            if (lane.isPresent() && flowing) {
                sender.send(lane.get(), read, context(time), now, out);
            }
            return;
        }
        Optional<LaneTrack> checked = reads.endsCheck(request);
        if (checked.isPresent() && !read.records().isEmpty()) {
            FactRecord record = read.records().getFirst();
            if (record.seq() == request.fromSeq()) {
                hub.checked(checked.get(), record.seq(), record.hash(), out);
                if (!out.isEmpty()) {
                    remember(out);
                }
            }
        }
    }

    private void message(NodeInput.MessageReceived received, long now, List<NodeEffect> out) {
        switch (messages.take(received, now, out)) {
            case NOTHING -> {}
            case RECEIPT -> {
                remember(out);
                settle(out);
            }
            case CURSOR -> setFlowing(true, out);
            case CURSOR_OF_NEW_HUB_EPOCH -> {
                remember(out);
                setFlowing(true, out);
            }
        }
    }

    /** After a receipt of a new hub epoch nothing but Hello goes out until a Cursor answers. */
    private void settle(List<NodeEffect> out) {
        boolean lost = lanes.all().stream().noneMatch(lane -> lane.confirmed);
        if (lost) {
            setFlowing(false, out);
        }
    }

    private void setFlowing(boolean value, List<NodeEffect> out) {
        if (flowing != value) {
            flowing = value;
            out.add(new NodeEffect.Flowing(value));
        }
    }

    private void remember(List<NodeEffect> out) {
        out.add(new NodeEffect.RememberReceipts(hub.memory().encode()));
    }

    private BundleContext context(SyncTime time) {
        return new BundleContext(belief, time.evidence(), hub.mark());
    }
}
