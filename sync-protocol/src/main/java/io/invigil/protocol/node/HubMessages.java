package io.invigil.protocol.node;

import io.invigil.protocol.blob.BlobBitmap;
import io.invigil.protocol.carrier.Topics.DownKind;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.receipt.Cursor;
import io.invigil.protocol.receipt.GapRequest;
import io.invigil.protocol.receipt.HelloRequest;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.Receipt;
import io.invigil.protocol.receipt.SignedMessage;
import java.util.List;
import java.util.Optional;

/** Checks what comes from the hub, signature and addressee first, and hands it on by type. */
final class HubMessages {
    /** What a message changed. */
    enum Heard {
        NOTHING,
        RECEIPT,
        CURSOR,
        CURSOR_OF_NEW_HUB_EPOCH
    }

    private final NodeSyncSettings settings;
    private final Lanes lanes;
    private final LaneSender sender;
    private final BlobSender blobs;
    private final Handshake handshake;
    private final HubWord hub;

    HubMessages(
            NodeSyncSettings settings,
            Lanes lanes,
            LaneSender sender,
            BlobSender blobs,
            Handshake handshake,
            HubWord hub) {
        this.settings = settings;
        this.lanes = lanes;
        this.sender = sender;
        this.blobs = blobs;
        this.handshake = handshake;
        this.hub = hub;
    }

    Heard take(NodeInput.MessageReceived received, long now, List<NodeEffect> out) {
        Optional<SignedMessage> message =
                SignedMessage.decode(received.bytes())
                        .filter(m -> m.verifiedBy(settings.hubKeys()))
                        .filter(
                                m ->
                                        (m.type() == MessageType.RECEIPT)
                                                == (received.kind() == DownKind.RECEIPT));
        Optional<Heard> heard = message.flatMap(m -> understood(m, received.bytes(), now, out));
        if (heard.isEmpty()) {
            out.add(new NodeEffect.Alarm(NodeAlarm.HUB_MESSAGE_FORGED, "" + received.kind()));
            return Heard.NOTHING;
        }
        sender.heard(now);
        return heard.get();
    }

    /** Empty when the payload is not what the type promises. */
    private Optional<Heard> understood(
            SignedMessage message, byte[] bytes, long now, List<NodeEffect> out) {
        return switch (message.type()) {
            case RECEIPT ->
                    message.read(Receipt.class)
                            .map(
                                    r ->
                                            mine(r.node(), out)
                                                            && hub.receipt(
                                                                    r,
                                                                    message.contentHash(),
                                                                    bytes,
                                                                    now,
                                                                    out)
                                                    ? Heard.RECEIPT
                                                    : Heard.NOTHING);
            case CURSOR -> message.read(Cursor.class).map(c -> cursor(c, now, out));
            case GAP_REQUEST -> message.read(GapRequest.class).map(g -> gap(g, now, out));
            case HELLO_REQUEST ->
                    message.read(HelloRequest.class)
                            .map(
                                    request -> {
                                        if (mine(request.node(), out)) {
                                            handshake.doubt(now);
                                        }
                                        return Heard.NOTHING;
                                    });
            case BLOB_BITMAP ->
                    message.read(BlobBitmap.class)
                            .map(
                                    bitmap -> {
                                        if (mine(bitmap.node(), out)
                                                && bitmap.hubEpoch().equals(hub.hubEpoch())) {
                                            blobs.onBitmap(bitmap);
                                        }
                                        return Heard.NOTHING;
                                    });
            case KEY_RELEASE, CENTRE_WORD, PORTAL_CLAIM, ROTATE -> {
                out.add(new NodeEffect.Command(message));
                yield Optional.of(Heard.NOTHING);
            }
            case BUNDLE, HELLO, OFFLINE, BLOB_OFFER -> Optional.empty();
        };
    }

    private Heard cursor(Cursor cursor, long now, List<NodeEffect> out) {
        if (!mine(cursor.node(), out) || !handshake.answers(cursor.nonce())) {
            return Heard.NOTHING;
        }
        HubEpoch before = hub.hubEpoch();
        if (!hub.cursor(cursor, now, out)) {
            return Heard.NOTHING;
        }
        return before.equals(hub.hubEpoch()) ? Heard.CURSOR : Heard.CURSOR_OF_NEW_HUB_EPOCH;
    }

    private Heard gap(GapRequest request, long now, List<NodeEffect> out) {
        if (mine(request.node(), out) && request.hubEpoch().equals(hub.hubEpoch())) {
            lanes.find(new LaneKey(request.epoch(), request.lane()))
                    .filter(lane -> lane.confirmed)
                    .ifPresent(lane -> sender.fillGap(lane, request.missing(), now, out));
        }
        return Heard.NOTHING;
    }

    private boolean mine(NodeId node, List<NodeEffect> out) {
        if (!node.equals(settings.node())) {
            out.add(new NodeEffect.Alarm(NodeAlarm.RECEIPT_FOR_ANOTHER_NODE, node.value()));
            return false;
        }
        return true;
    }
}
