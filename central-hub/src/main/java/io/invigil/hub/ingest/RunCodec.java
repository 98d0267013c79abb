package io.invigil.hub.ingest;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.receipt.LaneKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Packs records that follow each other into one value and back. Hashes are not in it: reading
 * computes them anew, so whatever was damaged in the database is noticed. Stateless.
 *
 * <pre>
 * u32 packedLength | deflate( { u64 position | salt[16] | u32 length | JSON }* )
 * </pre>
 */
final class RunCodec {
    private static final int HEAD_BYTES = 8 + FactRecord.SALT_BYTES + 4;

    private RunCodec() {}

    /** What a record takes before deflate. */
    static int packedBytes(FactRecord record) {
        return HEAD_BYTES + record.json().length;
    }

    static byte[] pack(List<FactRecord> records) {
        ByteBuffer packed =
                ByteBuffer.allocate(records.stream().mapToInt(RunCodec::packedBytes).sum());
        for (FactRecord record : records) {
            packed.putLong(record.position()).put(record.salt());
            packed.putInt(record.json().length).put(record.json());
        }
        // the fastest level: 0.16 ms for 500 small facts, a tenth of what their bundle costs
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(packed.array());
            deflater.finish();
            ByteBuffer out = ByteBuffer.allocate(4 + bound(packed.capacity()));
            out.putInt(packed.capacity());
            out.position(
                    out.position()
                            + deflater.deflate(out.array(), out.position(), out.remaining()));
            if (!deflater.finished()) {
                throw new IllegalStateException("deflate grows by less than its bound");
            }
            return java.util.Arrays.copyOf(out.array(), out.position());
        } finally {
            deflater.end();
        }
    }

    /** Stored blocks of deflate add five bytes to each 16 KiB. */
    private static int bound(int bytes) {
        return bytes + 5 * (bytes / 16_383 + 1) + 16;
    }

    /**
     * Reads a run.
     *
     * @throws StoredRunDamaged when the chain does not end at {@code headHash}
     */
    static List<FactRecord> unpack(
            LaneKey lane, long seqFirst, Digest prevHash, Digest headHash, byte[] content) {
        ByteBuffer in = inflate(content);
        List<FactRecord> records = new ArrayList<>();
        Digest prev = prevHash;
        long seq = seqFirst;
        while (in.remaining() >= HEAD_BYTES) {
            long position = in.getLong();
            byte[] salt = new byte[FactRecord.SALT_BYTES];
            in.get(salt);
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                break;
            }
            byte[] json = new byte[length];
            in.get(json);
            FactRecord record =
                    FactRecord.chained(
                            lane.epoch(), lane.lane(), seq++, position, salt, json, prev);
            records.add(record);
            prev = record.hash();
        }
        if (!prev.equals(headHash)) {
            throw new StoredRunDamaged(lane + " from " + seqFirst);
        }
        return records;
    }

    private static ByteBuffer inflate(byte[] content) {
        int length = ByteBuffer.wrap(content).getInt();
        byte[] packed = new byte[Math.clamp(length, 0, RunStore.RUN_BYTES_MAX)];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(content, 4, content.length - 4);
            int count = inflater.inflate(packed);
            return ByteBuffer.wrap(packed, 0, count);
        } catch (DataFormatException damaged) {
            throw new StoredRunDamaged("not deflated: " + damaged.getMessage());
        } finally {
            inflater.end();
        }
    }
}
