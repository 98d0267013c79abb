package io.invigil.protocol.bundle;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.json.Canonical;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.receipt.SeqRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What stands inside the seal, before deflate.
 *
 * <pre>
 * prevHash[32] | headHash[32] | u32 contextLen | context JSON
 *   | { u64 position | salt[16] | u32 len | record JSON }*      one for each sequence number
 * </pre>
 */
final class BundleBody {
    private static final int RECORD_HEAD_BYTES = 8 + FactRecord.SALT_BYTES + 4;

    private BundleBody() {}

    static byte[] write(BundleContext context, List<FactRecord> records) {
        byte[] contextJson = Json.write(context);
        if (contextJson.length > BundleContext.BYTES_MAX) {
            throw new IllegalArgumentException("the context is at most 6 KiB");
        }
        int length = 2 * Digest.BYTES + 4 + contextJson.length;
        for (FactRecord record : records) {
            length += RECORD_HEAD_BYTES + record.json().length;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put(records.getFirst().prevHash().bytes()).put(records.getLast().hash().bytes());
        out.putInt(contextJson.length).put(contextJson);
        for (FactRecord record : records) {
            out.putLong(record.position()).put(record.salt());
            out.putInt(record.json().length).put(record.json());
        }
        return out.array();
    }

    /** Reads the body and rebuilds the chain; every hash is computed anew. */
    static BundleOpening read(SealedBundle sealed, byte[] plain) {
        ByteBuffer in = ByteBuffer.wrap(plain);
        if (in.remaining() < 2 * Digest.BYTES + 4) {
            return new BundleOpening.Rejected(RejectReason.BAD_BODY);
        }
        Digest prevHash = Digest.of(take(in, Digest.BYTES));
        Digest headHash = Digest.of(take(in, Digest.BYTES));
        int contextLength = in.getInt();
        if (contextLength < 0
                || contextLength > BundleContext.BYTES_MAX
                || contextLength > in.remaining()) {
            return new BundleOpening.Rejected(RejectReason.BAD_BODY);
        }
        Optional<BundleContext> context =
                Canonical.read(take(in, contextLength), BundleContext.class);
        Optional<List<FactRecord>> records = readRecords(sealed.header(), prevHash, in);
        if (context.isEmpty() || records.isEmpty()) {
            return new BundleOpening.Rejected(RejectReason.BAD_BODY);
        }
        if (!records.get().getLast().hash().equals(headHash)) {
            return new BundleOpening.Rejected(RejectReason.CHAIN_BROKEN_INSIDE);
        }
        return new BundleOpening.Opened(
                new Bundle(
                        sealed.id(),
                        sealed.header(),
                        context.get(),
                        prevHash,
                        headHash,
                        records.get()));
    }

    private static Optional<List<FactRecord>> readRecords(
            BundleHeader header, Digest prevHash, ByteBuffer in) {
        List<FactRecord> records = new ArrayList<>();
        Digest prev = prevHash;
        long positionBefore = 0;
        for (long seq = header.seqFirst(); seq <= header.seqLast(); seq++) {
            if (in.remaining() < RECORD_HEAD_BYTES) {
                return Optional.empty();
            }
            long position = in.getLong();
            byte[] salt = take(in, FactRecord.SALT_BYTES);
            int length = in.getInt();
            if (length < 1 || length > FactDraft.BYTES_MAX || length > in.remaining()) {
                return Optional.empty();
            }
            if (position <= positionBefore || position > SeqRange.SEQ_MAX) {
                return Optional.empty();
            }
            byte[] json = take(in, length);
            var record =
                    FactRecord.chained(
                            header.epoch(), header.lane(), seq, position, salt, json, prev);
            records.add(record);
            prev = record.hash();
            positionBefore = position;
        }
        return in.hasRemaining() ? Optional.empty() : Optional.of(records);
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] out = Arrays.copyOfRange(in.array(), in.position(), in.position() + length);
        in.position(in.position() + length);
        return out;
    }
}
