package io.invigil.protocol.receipt;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answer of {@code GET /x1/records/{epoch}/{lane}/{from}/{to}}: records of the calling node that
 * follow each other, as the hub holds them (XSP-129). Hashes do not travel: the node computes them
 * from its own chain and believes what fits.
 */
public record HeldRecords(List<Held> records) {
    public static final int RECORDS_MAX = 512;
    public static final int BYTES_MAX = 8 * 1024 * 1024;

    /** Of JSON in one answer; the first record always goes. */
    private static final int JSON_BYTES_MAX = 2 * 1024 * 1024;

    public HeldRecords {
        records = List.copyOf(records);
        if (records.size() > RECORDS_MAX) {
            throw new IllegalArgumentException("at most " + RECORDS_MAX + " records");
        }
    }

    /** One record without what the chain around it gives. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Held(long position, byte[] salt, byte[] json) {
        public Held {
            if (position < 1 || salt == null || salt.length != FactRecord.SALT_BYTES) {
                throw new IllegalArgumentException("a record has a position and a salt");
            }
            if (json == null) {
                throw new IllegalArgumentException("a record has its JSON");
            }
        }
    }

    /** As many of them as one answer takes; they must follow each other. */
    public static HeldRecords of(List<FactRecord> found) {
        List<Held> taken = new ArrayList<>();
        long bytes = 0;
        for (FactRecord record : found) {
            bytes += record.json().length;
            if (taken.size() == RECORDS_MAX || !taken.isEmpty() && bytes > JSON_BYTES_MAX) {
                break;
            }
            taken.add(new Held(record.position(), record.salt(), record.json()));
        }
        return new HeldRecords(taken);
    }

    /** Reads the answer; empty when it is out of form. */
    public static Optional<HeldRecords> read(byte[] json) {
        return Json.read(json, HeldRecords.class);
    }

    /** The records in the node's own chain, from a number and the hash before it. */
    public List<FactRecord> chained(EpochId epoch, Lane lane, long fromSeq, Digest prevHash) {
        List<FactRecord> chain = new ArrayList<>();
        Digest before = prevHash;
        for (Held held : records) {
            FactRecord record =
                    FactRecord.chained(
                            epoch,
                            lane,
                            fromSeq + chain.size(),
                            held.position(),
                            held.salt(),
                            held.json(),
                            before);
            chain.add(record);
            before = record.hash();
        }
        return chain;
    }
}
