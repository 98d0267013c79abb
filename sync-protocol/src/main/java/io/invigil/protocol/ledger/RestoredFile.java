package io.invigil.protocol.ledger;

import io.invigil.protocol.crypto.Aead;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.ledger.segment.Batch;
import io.invigil.protocol.ledger.segment.BatchCodec;
import io.invigil.protocol.ledger.segment.SegmentHeader;
import io.invigil.protocol.ledger.segment.SegmentIdentity;
import io.invigil.protocol.ledger.segment.SegmentKeyOpener;
import io.invigil.protocol.ledger.segment.SegmentName;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Records that came back from the hub, in a file of their own beside the damaged segment: the same
 * header and frames under the name {@code fix-EPOCH-NUMBER.xsl}.
 */
final class RestoredFile {
    /** Restored files of one epoch. */
    static final int FILES_MAX = 1000;

    private static final Pattern NAME = Pattern.compile("fix-([0-9a-f]{32})-([0-9]{5})\\.xsl");

    private RestoredFile() {}

    static boolean isOne(String fileName) {
        return NAME.matcher(fileName).matches();
    }

    static String name(EpochId epoch, int number) {
        return String.format("fix-%s-%05d.xsl", epoch.hex(), number);
    }

    /** Encodes records of one lane that follow one another; at least one. */
    static byte[] encode(LedgerSettings settings, int number, List<FactRecord> records) {
        EpochId epoch = records.get(0).epoch();
        String suite = Suite.ED25519_X25519_AES256GCM;
        Digest genesis =
                SegmentIdentity.batchGenesis(suite, settings.realm(), settings.node(), epoch);
        SegmentIdentity identity =
                new SegmentIdentity(
                        suite,
                        settings.realm(),
                        settings.node(),
                        epoch,
                        Optional.empty(),
                        SegmentName.INDEX_MAX - number,
                        1,
                        records.get(0).position(),
                        genesis);
        byte[] key = settings.entropy().bytes(Aead.KEY_BYTES);
        SegmentHeader header =
                SegmentHeader.create(
                        identity,
                        key,
                        settings.keys().wrappingKey(),
                        settings.keys().recoveryKey(),
                        settings.entropy());
        BatchCodec codec = new BatchCodec(header, key);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header.encoded());
        Digest prev = genesis;
        long batch = 1;
        for (int from = 0; from < records.size(); ) {
            int to = batchEnd(records, from);
            BatchCodec.Plain plain = BatchCodec.plain(batch++, prev, records.subList(from, to));
            out.writeBytes(codec.frame(plain));
            prev = plain.hash();
            from = to;
        }
        return out.toByteArray();
    }

    private static int batchEnd(List<FactRecord> records, int from) {
        int to = from;
        int bytes = BatchCodec.BATCH_BYTES;
        while (to < records.size() && to - from < Batch.RECORDS_MAX) {
            bytes += BatchCodec.RECORD_BYTES + records.get(to).json().length;
            if (bytes > Batch.PLAINTEXT_BYTES_MAX) {
                break;
            }
            to++;
        }
        return to;
    }

    /** The records of a file up to the first damage. */
    static List<FactRecord> decode(byte[] file, SegmentKeyOpener keys) {
        List<FactRecord> records = new ArrayList<>();
        Optional<SegmentHeader> header = SegmentHeader.decode(file);
        Optional<byte[]> key = header.flatMap(keys::keyOf);
        if (key.isEmpty()) {
            return records;
        }
        BatchCodec codec = new BatchCodec(header.get(), key.get());
        int at = header.get().length();
        Optional<BatchCodec.Decoded> next = codec.decode(file, at);
        while (next.isPresent()) {
            records.addAll(next.get().batch().records());
            at = next.get().end();
            next = at < file.length ? codec.decode(file, at) : Optional.empty();
        }
        return records;
    }
}
