package io.invigil.protocol.node;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Ledger reads under way: at most one to send from, and one for each lane to check a receipt. */
final class ReadQueue {
    private final Map<Long, LaneTrack> checks = new HashMap<>();
    private long lastId;
    private Optional<NodeEffect.ReadRecords> sending = Optional.empty();

    Optional<NodeEffect.ReadRecords> sending() {
        return sending;
    }

    NodeEffect.ReadRecords toSend(LaneTrack lane, long from, int recordsMax, int bytesMax) {
        var read = read(lane, from, recordsMax, bytesMax);
        sending = Optional.of(read);
        return read;
    }

    /** One record whose hash a receipt states. */
    NodeEffect.ReadRecords toCheck(LaneTrack lane, long seq) {
        var read = read(lane, seq, 1, LaneSender.READ_BYTES_MAX);
        checks.put(read.id(), lane);
        return read;
    }

    /** Whether this answers the read to send from; it is then over. */
    boolean endsSending(NodeEffect.ReadRecords request) {
        boolean ends = sending.filter(read -> read.id() == request.id()).isPresent();
        if (ends) {
            sending = Optional.empty();
        }
        return ends;
    }

    /** The lane whose check this answers; it is then over. */
    Optional<LaneTrack> endsCheck(NodeEffect.ReadRecords request) {
        return Optional.ofNullable(checks.remove(request.id()));
    }

    /** A connection ended: what is still read is not sent. */
    void forgetSending() {
        sending = Optional.empty();
    }

    private NodeEffect.ReadRecords read(LaneTrack lane, long from, int recordsMax, int bytesMax) {
        lastId++;
        return new NodeEffect.ReadRecords(
                lastId, lane.key.epoch(), lane.key.lane(), from, recordsMax, bytesMax);
    }
}
