package io.invigil.protocol.node;

import io.invigil.protocol.bundle.BundleCodec;
import io.invigil.protocol.bundle.BundleContext;
import io.invigil.protocol.bundle.BundleLimits;
import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.receipt.SeqRange;
import java.util.List;
import java.util.Optional;

/**
 * Bundles under way: the window of un-receipted bundles, priority of lanes, sending again (XSP/1
 * section 5).
 */
final class LaneSender {
    static final int WINDOW_BUNDLES_MAX = 16;
    static final int WINDOW_BYTES_MAX = 1024 * 1024;

    /** Raw record bytes asked for; deflate usually brings them below one bundle. */
    static final int READ_BYTES_MAX = 128 * 1024;

    /** A gap request brings a bundle again not sooner than this after its last sending. */
    static final long GAP_RESEND_MILLIS = 1_500;

    static final long LEDGER_PAUSE_MILLIS = 5_000;
    static final int PACKET_BYTES_MIN = 4 * 1024;
    private static final int LOW_BYTES_MIN = 8 * 1024;
    private static final long SLOW_MILLIS = 2_000;

    private final NodeSyncSettings settings;
    private final Backoff backoff;
    private final Lanes lanes;
    private final ReadQueue reads;

    /** Size of a bundle of lane img on a slow line, so that a score never waits long behind it. */
    private int lowBytes = BundleLimits.MQTT.bytesMax();

    /** Shrinks when the broker takes smaller packets only (row 25). */
    private BundleLimits limits = BundleLimits.MQTT;

    LaneSender(NodeSyncSettings settings, Backoff backoff, Lanes lanes, ReadQueue reads) {
        this.settings = settings;
        this.backoff = backoff;
        this.lanes = lanes;
        this.reads = reads;
    }

    /** Asks for the next records to send, if the window has room. One read at a time. */
    void pump(long now, List<NodeEffect> out) {
        if (reads.sending().isPresent()) {
            return;
        }
        for (LaneTrack lane : lanes.all()) {
            if (!lane.confirmed || lane.parked || lane.pausedUntil > now || !hasRoom(lane)) {
                continue;
            }
            Optional<SeqRange> next = lane.nextUnsent();
            if (next.isPresent()) {
                int records = (int) Math.min(BundleLimits.MQTT.recordsMax(), next.get().count());
                int bytes = isLow(lane) ? Math.min(lowBytes * 2, READ_BYTES_MAX) : READ_BYTES_MAX;
                out.add(reads.toSend(lane, next.get().first(), records, bytes));
                return;
            }
        }
    }

    /** Whether every lane but img has nothing left to send. */
    boolean highLanesIdle() {
        return lanes.all().stream()
                .filter(lane -> !isLow(lane) && lane.confirmed && !lane.parked)
                .allMatch(lane -> lane.inFlight.isEmpty() && lane.nextUnsent().isEmpty());
    }

    /** Turns records into a bundle and sends it. */
    void send(
            LaneTrack lane,
            NodeInput.RecordsRead read,
            BundleContext context,
            long now,
            List<NodeEffect> out) {
        List<FactRecord> records = read.records();
        Optional<SeqRange> wanted =
                lane.nextUnsent().filter(next -> next.first() == read.request().fromSeq());
        if (!lane.confirmed || wanted.isEmpty()) {
            return;
        }
        if (!continues(lane, wanted.get(), records)) {
            lane.pausedUntil = now + LEDGER_PAUSE_MILLIS;
            out.add(new NodeEffect.Alarm(NodeAlarm.LEDGER_READ_FAILED, lane.key.toString()));
            return;
        }
        List<FactRecord> chosen = records;
        if (chosen.size() > wanted.get().count()) {
            chosen = chosen.subList(0, (int) wanted.get().count());
        }
        Optional<byte[]> bundle = encode(chosen, context, limits);
        while (bundle.isEmpty() && chosen.size() > 1) {
            chosen = chosen.subList(0, chosen.size() / 2);
            bundle = encode(chosen, context, limits);
        }
        if (bundle.isEmpty()) {
            lane.pausedUntil = now + LEDGER_PAUSE_MILLIS;
            out.add(new NodeEffect.Alarm(NodeAlarm.RECORD_TOO_LARGE, lane.key.toString()));
            return;
        }
        FactRecord last = chosen.getLast();
        lane.remember(last.seq(), last.hash());
        var range = new SeqRange(chosen.getFirst().seq(), last.seq());
        byte[] bytes = bundle.get();
        long deadline = now + backoff.afterMillis(0);
        lane.inFlight.put(
                range.first(), new InFlight(range, Digest.sha256(bytes), bytes, now, deadline));
        out.add(new NodeEffect.Send(Topics.UpKind.of(lane.key.lane()), bytes, false));
    }

    Optional<byte[]> encode(List<FactRecord> records, BundleContext context, BundleLimits limits) {
        return BundleCodec.encode(
                settings.realm(),
                settings.node(),
                records,
                context,
                settings.sealer().get(),
                limits,
                settings.signer());
    }

    /** Sends again what has had no receipt in time; there is no limit of tries. */
    void resendLate(long now, List<NodeEffect> out) {
        for (LaneTrack lane : lanes.all()) {
            for (InFlight sent : lane.inFlight.values()) {
                if (!lane.parked && sent.deadline <= now) {
                    sent.tries++;
                    resend(lane, sent, now, out);
                }
            }
        }
    }

    /** The hub is there: what was put off for long because it was silent is due soon. */
    void heard(long now) {
        for (LaneTrack lane : lanes.all()) {
            for (InFlight sent : lane.inFlight.values()) {
                if (sent.tries > 0) {
                    sent.tries = 0;
                    sent.deadline = Math.min(sent.deadline, now + backoff.afterMillis(0));
                }
            }
        }
    }

    /** The hub misses these: send again at once what is under way, and forget it holds the rest. */
    void fillGap(LaneTrack lane, List<SeqRange> missing, long now, List<NodeEffect> out) {
        for (SeqRange gap : missing) {
            if (gap.first() > lane.headSeq) {
                continue;
            }
            if (gap.first() <= lane.ackSeq) {
                lane.ackSeq = gap.first() - 1;
            }
            lane.heldBeyond = lane.heldBeyond.stream().filter(held -> !held.overlaps(gap)).toList();
            for (InFlight sent : lane.inFlight.values()) {
                if (sent.range.overlaps(gap) && now - sent.lastSentAt >= GAP_RESEND_MILLIS) {
                    resend(lane, sent, now, out);
                }
            }
        }
    }

    /** The broker refuses packets of this size: bundle again, half as large. */
    void packetTooLarge() {
        int bytes = Math.max(PACKET_BYTES_MIN, limits.bytesMax() / 2);
        limits = new BundleLimits(bytes, limits.recordsMax(), limits.inflatedBytesMax());
        lowBytes = Math.min(lowBytes, bytes);
        for (LaneTrack lane : lanes.all()) {
            lane.inFlight.values().removeIf(sent -> sent.bytes.length > bytes);
        }
    }

    /** Frees the window and learns how fast the line is. */
    void receipted(LaneTrack lane, long now) {
        for (InFlight done : lane.dropHeld()) {
            if (isLow(lane) && done.tries == 0) {
                lowBytes =
                        now - done.sentAt > SLOW_MILLIS
                                ? Math.max(LOW_BYTES_MIN, lowBytes / 2)
                                : Math.min(limits.bytesMax(), lowBytes * 2);
            }
        }
    }

    private void resend(LaneTrack lane, InFlight sent, long now, List<NodeEffect> out) {
        sent.lastSentAt = now;
        sent.deadline = now + backoff.afterMillis(sent.tries);
        out.add(new NodeEffect.Send(Topics.UpKind.of(lane.key.lane()), sent.bytes, false));
    }

    private boolean hasRoom(LaneTrack lane) {
        int bundles = 0;
        long bytes = 0;
        for (LaneTrack any : lanes.all()) {
            for (InFlight sent : any.inFlight.values()) {
                bundles++;
                bytes += sent.bytes.length;
            }
        }
        int share =
                switch (lane.key.lane()) {
                    case CTL, RES -> WINDOW_BUNDLES_MAX;
                    case ATT -> WINDOW_BUNDLES_MAX * 3 / 4;
                    case IMG -> lowBytes < limits.bytesMax() ? 1 : 4;
                };
        return bundles < share && bytes + BundleLimits.MQTT.bytesMax() <= WINDOW_BYTES_MAX;
    }

    private static boolean isLow(LaneTrack lane) {
        return lane.key.lane() == Lane.IMG;
    }

    private static boolean continues(LaneTrack lane, SeqRange wanted, List<FactRecord> records) {
        if (records.isEmpty() || records.getFirst().seq() != wanted.first()) {
            return false;
        }
        long seq = wanted.first();
        for (FactRecord record : records) {
            if (record.seq() != seq
                    || !record.epoch().equals(lane.key.epoch())
                    || record.lane() != lane.key.lane()) {
                return false;
            }
            seq++;
        }
        return true;
    }
}
