package io.invigil.protocol.ledger.segment;

import io.invigil.protocol.crypto.Aead;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Writes and reads the frames of one segment (XSP/1 section 2).
 *
 * <pre>
 * frame: magic u64 | batchNo u64 | prevBatchHash 32 | len u32 | count u32 | crc32c u32 | body[len]
 * body:  AES-256-GCM(segment key, nonce = 0 u32 ‖ batchNo, AAD = header digest ‖ frame before crc)
 * plain: u8 lanes {u8 lane, prevHash 32} | count {u8 lane, seq u64, position u64, salt 16, u32, json}
 * </pre>
 *
 * The CRC covers everything but itself. Each batch names the lane hashes before it, so any one can
 * be read without the others. Not thread-safe.
 */
public final class BatchCodec {
    public static final long MAGIC = 0x89_58_53_50_31_42_0A_1AL;
    public static final int FRAME_BYTES = 8 + 8 + Digest.BYTES + 4 + 4 + 4;

    /** Bytes a record needs besides its JSON. */
    public static final int RECORD_BYTES = 1 + 8 + 8 + FactRecord.SALT_BYTES + 4;

    /** Bytes a batch needs besides its records. */
    public static final int BATCH_BYTES = 1 + Lane.values().length * (1 + Digest.BYTES);

    public static final int BODY_BYTES_MAX = Batch.PLAINTEXT_BYTES_MAX + Aead.TAG_BYTES;

    /** Longest frame. */
    public static final int FRAME_BYTES_MAX = FRAME_BYTES + BODY_BYTES_MAX;

    private static final int CRC_AT = FRAME_BYTES - 4;

    private final EpochId epoch;
    private final byte[] headerDigest;
    private final byte[] key;

    public BatchCodec(SegmentHeader header, byte[] segmentKey) {
        this.epoch = header.identity().epoch();
        this.headerDigest = header.digest().bytes();
        this.key = segmentKey.clone();
    }

    /** A frame and the batch in it; {@code end} is the offset after it. */
    public record Decoded(Batch batch, int end) {}

    /** Encodes a batch of 1 to {@link Batch#RECORDS_MAX} records as a frame. */
    public static Plain plain(long number, Digest prevHash, List<FactRecord> records) {
        Map<Lane, Digest> lanes = new EnumMap<>(Lane.class);
        int length = 1;
        for (FactRecord record : records) {
            if (lanes.putIfAbsent(record.lane(), record.prevHash()) == null) {
                length += 1 + Digest.BYTES;
            }
            length += RECORD_BYTES + record.json().length;
        }
        if (records.isEmpty()
                || records.size() > Batch.RECORDS_MAX
                || length > Batch.PLAINTEXT_BYTES_MAX) {
            throw new IllegalArgumentException("a batch has 1 to 512 records and at most 1 MiB");
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put((byte) lanes.size());
        lanes.forEach((lane, prev) -> out.put(laneNumber(lane)).put(prev.bytes()));
        for (FactRecord record : records) {
            out.put(laneNumber(record.lane())).putLong(record.seq()).putLong(record.position());
            out.put(record.salt()).putInt(record.json().length).put(record.json());
        }
        Digest hash = hash(number, prevHash, records.size(), out.array());
        return new Plain(number, prevHash, records.size(), out.array(), hash);
    }

    /** A batch before encryption: the same whichever segment it goes into. */
    public record Plain(long number, Digest prevHash, int count, byte[] bytes, Digest hash) {
        /** Length of its frame. */
        public int frameLength() {
            return FRAME_BYTES + bytes.length + Aead.TAG_BYTES;
        }
    }

    /** Encrypts a batch into a frame of this segment. A number must never be used for two. */
    public byte[] frame(Plain batch) {
        ByteBuffer out = ByteBuffer.allocate(batch.frameLength());
        out.putLong(MAGIC).putLong(batch.number()).put(batch.prevHash().bytes());
        out.putInt(batch.bytes().length + Aead.TAG_BYTES).putInt(batch.count());
        byte[] body =
                Aead.encrypt(
                        key, nonce(batch.number()), associatedData(out.array(), 0), batch.bytes());
        out.position(FRAME_BYTES);
        out.put(body);
        out.putInt(CRC_AT, crc(out.array(), 0, body.length));
        return out.array();
    }

    /** Reads the frame at an offset; empty when any byte of it is missing or wrong. */
    public Optional<Decoded> decode(byte[] file, int offset) {
        int bodyLength = checkedBodyLength(file, offset);
        if (bodyLength < 0) {
            return Optional.empty();
        }
        ByteBuffer frame = ByteBuffer.wrap(file, offset, FRAME_BYTES);
        frame.getLong();
        long number = frame.getLong();
        Digest prevHash = digest(frame);
        frame.getInt();
        int count = frame.getInt();
        byte[] body = new byte[bodyLength];
        System.arraycopy(file, offset + FRAME_BYTES, body, 0, bodyLength);
        return Aead.decrypt(key, nonce(number), associatedData(file, offset), body)
                .flatMap(plain -> records(plain, count).map(r -> batch(number, prevHash, r, plain)))
                .map(batch -> new Decoded(batch, offset + FRAME_BYTES + bodyLength));
    }

    /** Whether a frame with a right checksum stands at the offset, of whatever segment. */
    public static boolean standsAt(byte[] file, int offset) {
        return checkedBodyLength(file, offset) >= 0;
    }

    /** Offset after the frame that {@link #standsAt} this one. */
    public static int endOf(byte[] file, int offset) {
        return offset + FRAME_BYTES + checkedBodyLength(file, offset);
    }

    /** Offset of the next frame with a right checksum, from {@code from} on; -1 when none. */
    public static int findFrame(byte[] file, int from) {
        byte first = (byte) (MAGIC >>> 56);
        for (int at = from; at + FRAME_BYTES <= file.length; at++) {
            if (file[at] == first && standsAt(file, at)) {
                return at;
            }
        }
        return -1;
    }

    private static int checkedBodyLength(byte[] file, int offset) {
        if (file.length - offset < FRAME_BYTES) {
            return -1;
        }
        ByteBuffer frame = ByteBuffer.wrap(file);
        int length = frame.getInt(offset + 8 + 8 + Digest.BYTES);
        int count = frame.getInt(offset + 8 + 8 + Digest.BYTES + 4);
        boolean possible =
                frame.getLong(offset) == MAGIC
                        && count >= 1
                        && count <= Batch.RECORDS_MAX
                        && length > Aead.TAG_BYTES
                        && length <= BODY_BYTES_MAX
                        && file.length - offset - FRAME_BYTES >= length;
        return possible && crc(file, offset, length) == frame.getInt(offset + CRC_AT) ? length : -1;
    }

    private Optional<List<FactRecord>> records(byte[] plain, int count) {
        try {
            ByteBuffer in = ByteBuffer.wrap(plain);
            Map<Lane, Digest> heads = new EnumMap<>(Lane.class);
            for (int lanes = in.get(); lanes > 0; lanes--) {
                heads.put(lane(in.get()), digest(in));
            }
            List<FactRecord> out = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                Lane lane = lane(in.get());
                Digest prev = heads.get(lane);
                if (prev == null) {
                    return Optional.empty();
                }
                FactRecord record = record(in, lane, prev);
                heads.put(lane, record.hash());
                out.add(record);
            }
            return in.hasRemaining() ? Optional.empty() : Optional.of(List.copyOf(out));
        } catch (BufferUnderflowException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private FactRecord record(ByteBuffer in, Lane lane, Digest prev) {
        long seq = in.getLong();
        long position = in.getLong();
        byte[] salt = new byte[FactRecord.SALT_BYTES];
        in.get(salt);
        int length = in.getInt();
        if (length < 1 || length > FactDraft.BYTES_MAX || seq < 1 || position < 1) {
            throw new IllegalArgumentException("a record's field is out of range");
        }
        byte[] json = new byte[length];
        in.get(json);
        return FactRecord.chained(epoch, lane, seq, position, salt, json, prev);
    }

    private static Batch batch(
            long number, Digest prevHash, List<FactRecord> records, byte[] plain) {
        Digest hash = hash(number, prevHash, records.size(), plain);
        return new Batch(number, prevHash, hash, records);
    }

    private static Digest hash(long number, Digest prevHash, int count, byte[] plain) {
        byte[] numbers =
                ByteBuffer.allocate(13).put((byte) 3).putLong(number).putInt(count).array();
        return Digest.sha256(numbers, prevHash.bytes(), plain);
    }

    private byte[] associatedData(byte[] file, int offset) {
        return ByteBuffer.allocate(headerDigest.length + CRC_AT)
                .put(headerDigest)
                .put(file, offset, CRC_AT)
                .array();
    }

    private static byte[] nonce(long number) {
        return ByteBuffer.allocate(Aead.NONCE_BYTES).putInt(0).putLong(number).array();
    }

    private static int crc(byte[] file, int offset, int bodyLength) {
        CRC32C crc = new CRC32C();
        crc.update(file, offset, CRC_AT);
        crc.update(file, offset + FRAME_BYTES, bodyLength);
        return (int) crc.getValue();
    }

    private static Digest digest(ByteBuffer in) {
        byte[] bytes = new byte[Digest.BYTES];
        in.get(bytes);
        return Digest.of(bytes);
    }

    private static byte laneNumber(Lane lane) {
        return switch (lane) {
            case CTL -> 0;
            case RES -> 1;
            case ATT -> 2;
            case IMG -> 3;
        };
    }

    private static Lane lane(byte number) {
        return switch (number) {
            case 0 -> Lane.CTL;
            case 1 -> Lane.RES;
            case 2 -> Lane.ATT;
            case 3 -> Lane.IMG;
            default -> throw new IllegalArgumentException("no such lane");
        };
    }
}
