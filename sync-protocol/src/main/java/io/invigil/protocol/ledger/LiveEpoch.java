package io.invigil.protocol.ledger;

import io.invigil.protocol.crypto.Aead;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.ledger.segment.BatchCodec;
import io.invigil.protocol.ledger.segment.SegmentHeader;
import io.invigil.protocol.ledger.segment.SegmentIdentity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers, chains and encrypts what is appended in this process. For the ledger's thread only. */
final class LiveEpoch {
    private final LedgerSettings settings;
    private final SegmentIdentity first;
    private final EpochLog log;
    private final Map<Lane, LaneHead> sealed = new EnumMap<>(Lane.class);
    private long nextPosition;
    private long nextBatch = 1;
    private Digest lastBatchHash;
    private Optional<StoredSegment> segment = Optional.empty();
    private int segmentEnd;

    LiveEpoch(LedgerSettings settings, LedgerFacts.EpochOpened opened, long firstPosition) {
        this.settings = settings;
        EpochId epoch = new EpochId(opened.epoch());
        Optional<EpochId> parent =
                opened.parent().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new EpochId(opened.parent()));
        String suite = Suite.ED25519_X25519_AES256GCM;
        this.lastBatchHash =
                SegmentIdentity.batchGenesis(suite, settings.realm(), settings.node(), epoch);
        this.first =
                new SegmentIdentity(
                        suite,
                        settings.realm(),
                        settings.node(),
                        epoch,
                        parent,
                        0,
                        1,
                        firstPosition,
                        lastBatchHash);
        this.log = new EpochLog(first, opened, List.of());
        this.nextPosition = firstPosition;
        sealed.putAll(log.heads());
    }

    /** The durable part. */
    EpochLog log() {
        return log;
    }

    /** Seals facts into the next batch; 1 to 512 of them, at most 1 MiB with their frame. */
    Flight seal(List<FactDraft> facts, long nowNanos) {
        List<FactRecord> records = new ArrayList<>(facts.size());
        byte[] salts = settings.entropy().bytes(facts.size() * FactRecord.SALT_BYTES);
        for (FactDraft fact : facts) {
            int saltAt = records.size() * FactRecord.SALT_BYTES;
            LaneHead head = sealed.get(fact.lane());
            FactRecord record =
                    FactRecord.chained(
                            first.epoch(),
                            fact.lane(),
                            head.seq() + 1,
                            nextPosition++,
                            Arrays.copyOfRange(salts, saltAt, saltAt + FactRecord.SALT_BYTES),
                            fact.json(),
                            head.hash());
            sealed.put(fact.lane(), new LaneHead(record.seq(), record.hash()));
            records.add(record);
        }
        BatchCodec.Plain plain = BatchCodec.plain(nextBatch, lastBatchHash, records);
        Flight flight = place(plain, records, nowNanos);
        nextBatch++;
        lastBatchHash = plain.hash();
        segmentEnd = flight.end().offset();
        return flight;
    }

    private Flight place(BatchCodec.Plain plain, List<FactRecord> records, long nowNanos) {
        boolean fits =
                segment.isPresent()
                        && segmentEnd + plain.frameLength() <= settings.segmentBytesMax();
        if (fits) {
            byte[] frame = segment.get().codec().frame(plain);
            return new Flight(segment.get(), segmentEnd, segmentEnd, frame, records, nowNanos);
        }
        StoredSegment fresh = freshSegment(records.get(0).position());
        segment = Optional.of(fresh);
        byte[] header = fresh.header().encoded();
        byte[] frame = fresh.codec().frame(plain);
        byte[] bytes = Arrays.copyOf(header, header.length + frame.length);
        System.arraycopy(frame, 0, bytes, header.length, frame.length);
        return new Flight(fresh, 0, header.length, bytes, records, nowNanos);
    }

    private StoredSegment freshSegment(long firstPosition) {
        SegmentIdentity identity =
                new SegmentIdentity(
                        first.suite(),
                        first.realm(),
                        first.node(),
                        first.epoch(),
                        first.parent(),
                        segment.map(before -> before.name().index() + 1).orElse(0),
                        nextBatch,
                        firstPosition,
                        lastBatchHash);
        byte[] key = settings.entropy().bytes(Aead.KEY_BYTES);
        SegmentHeader header =
                SegmentHeader.create(
                        identity,
                        key,
                        settings.keys().wrappingKey(),
                        settings.keys().recoveryKey(),
                        settings.entropy());
        return StoredSegment.fresh(header, key);
    }

    /** Notes that a batch is durable. */
    void commit(Flight flight) {
        flight.segment().index().add(flight.frameOffset(), flight.records());
        flight.segment().extendTo(flight.end().offset());
        if (flight.start() == 0) {
            log.add(flight.segment());
        }
    }

    /** End of the durable part. */
    LogEnd durableEnd() {
        List<StoredSegment> segments = log.segments();
        return segments.isEmpty()
                ? LogEnd.START
                : new LogEnd(segments.size() - 1, segments.get(segments.size() - 1).end());
    }
}
