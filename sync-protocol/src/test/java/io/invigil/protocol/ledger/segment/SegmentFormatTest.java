package io.invigil.protocol.ledger.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.fact.Suite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Headers and frames byte by byte. */
class SegmentFormatTest {
    private static final Realm REALM = new Realm("prov-test");
    private static final NodeId NODE = new NodeId("room-7");

    private final Random random = new Random(5);
    private final Entropy entropy = random::nextBytes;
    private final byte[] wrappingKey = entropy.bytes(32);
    private final SealKey recoveryKey = SealKey.generate(entropy);
    private final byte[] segmentKey = entropy.bytes(32);
    private final EpochId epoch = EpochId.random(entropy);
    private final SegmentHeader header = header(epoch);

    // XSP-104
    @Test
    void aHeaderGivesItsKeyToTheNodeAndToTheRecoveryKeyOnly() {
        SegmentHeader read = SegmentHeader.decode(header.encoded()).orElseThrow();
        assertThat(read.identity()).isEqualTo(header.identity());
        assertThat(read.digest()).isEqualTo(header.digest());
        assertThat(read.segmentKey(wrappingKey)).hasValue(segmentKey);
        assertThat(read.segmentKey(recoveryKey)).hasValue(segmentKey);
        assertThat(read.segmentKey(entropy.bytes(32))).isEmpty();
        assertThat(read.segmentKey(SealKey.generate(entropy))).isEmpty();
    }

    // XSP-103
    @Test
    void noByteOfAHeaderCanChangeUnnoticed() {
        byte[] bytes = header.encoded();
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= (byte) (1 << random.nextInt(8));
            assertThat(SegmentHeader.decode(changed)).as("byte " + i).isEmpty();
            assertThat(SegmentHeader.decode(Arrays.copyOf(bytes, i))).as("cut at " + i).isEmpty();
        }
    }

    // XSP-103
    @Test
    void noByteOfAFrameCanChangeUnnoticed() {
        BatchCodec codec = new BatchCodec(header, segmentKey);
        byte[] frame = codec.frame(plain(5, 40));
        for (int i = 0; i < frame.length; i++) {
            byte[] changed = frame.clone();
            changed[i] ^= (byte) (1 << random.nextInt(8));
            assertThat(codec.decode(changed, 0)).as("byte " + i).isEmpty();
            assertThat(codec.decode(Arrays.copyOf(frame, i), 0)).as("cut at " + i).isEmpty();
        }
        assertThat(codec.decode(frame, 0)).isPresent();
    }

    // XSP-103
    @Test
    void aFrameOfOneSegmentDoesNotOpenInAnother() {
        byte[] frame = new BatchCodec(header, segmentKey).frame(plain(1, 10));
        SegmentHeader other = header(EpochId.random(entropy));
        assertThat(new BatchCodec(other, segmentKey).decode(frame, 0)).isEmpty();
        assertThat(BatchCodec.standsAt(frame, 0)).isTrue();
    }

    // XSP-102
    @Test
    void aBatchTakesExactlyItsMaximumOfRecordsAndBytes() {
        BatchCodec codec = new BatchCodec(header, segmentKey);
        byte[] frame = codec.frame(plain(Batch.RECORDS_MAX, 1));
        assertThat(codec.decode(frame, 0).orElseThrow().batch().records())
                .hasSize(Batch.RECORDS_MAX);
        assertThatThrownBy(() -> plain(Batch.RECORDS_MAX + 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        int most =
                (Batch.PLAINTEXT_BYTES_MAX - BatchCodec.BATCH_BYTES) / 32 - BatchCodec.RECORD_BYTES;
        assertThat(codec.decode(codec.frame(plain(32, most)), 0)).isPresent();
        assertThatThrownBy(() -> plain(32, most + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsReadBackIsWhatWasWritten() {
        BatchCodec codec = new BatchCodec(header, segmentKey);
        List<FactRecord> records = records(17, 100);
        Digest prev = Digest.sha256(new byte[] {9});
        BatchCodec.Plain plain = BatchCodec.plain(3, prev, records);
        Batch batch = codec.decode(codec.frame(plain), 0).orElseThrow().batch();
        assertThat(batch.number()).isEqualTo(3);
        assertThat(batch.prevHash()).isEqualTo(prev);
        assertThat(batch.hash()).isEqualTo(plain.hash());
        for (int i = 0; i < records.size(); i++) {
            assertThat(batch.records().get(i).hash()).isEqualTo(records.get(i).hash());
            assertThat(batch.records().get(i).json()).isEqualTo(records.get(i).json());
        }
    }

    // XSP-107
    @Test
    void fault62GarbageAndHugeLengthsAreNoFramesAndCostNothing() {
        BatchCodec codec = new BatchCodec(header, segmentKey);
        byte[] frame = codec.frame(plain(2, 20));
        for (int round = 0; round < 2000; round++) {
            byte[] garbage = entropy.bytes(random.nextInt(400));
            assertThat(codec.decode(garbage, 0)).isEmpty();
            assertThat(BatchCodec.findFrame(garbage, 0)).isNegative();
            assertThat(SegmentHeader.decode(garbage)).isEmpty();
        }
        for (byte value : new byte[] {(byte) 0x7f, (byte) 0xff, (byte) 0x80}) {
            byte[] huge = frame.clone();
            Arrays.fill(huge, 48, 56, value);
            assertThat(codec.decode(huge, 0)).isEmpty();
        }
    }

    @Test
    void fileNamesAreParsedStrictly() {
        SegmentName name = new SegmentName(42, epoch, 7);
        assertThat(SegmentName.parse(name.fileName())).contains(name);
        for (String bad :
                List.of(
                        "seg-0.xsl",
                        "../" + name.fileName(),
                        name.fileName() + ".tmp",
                        "damaged-1-" + name.fileName(),
                        name.fileName().replace("0000000000000000042", "9999999999999999999"),
                        name.fileName().replace("0000000000000000042", "0000000000000000000"))) {
            assertThat(SegmentName.parse(bad)).as(bad).isEmpty();
        }
    }

    @Test
    void theIndexFindsAMarkAtOrBeforeEveryRecordAndStaysSmall() {
        SegmentIndex index = new SegmentIndex();
        List<FactRecord> records = records(20_000, 1);
        for (int i = 0; i < records.size(); i++) {
            index.add(1000 + i * 800, List.of(records.get(i)));
        }
        assertThat(index.marks()).isLessThan(20_000 * 800 / SegmentIndex.MARK_EVERY_BYTES + 2);
        for (FactRecord record : records) {
            int own = 1000 + (int) (record.position() - 1) * 800;
            int bySeq = index.offsetOf(record.lane(), record.seq());
            int byPosition = index.offsetOf(record.position());
            assertThat(bySeq).isLessThanOrEqualTo(own);
            assertThat(byPosition).isBetween(own - SegmentIndex.MARK_EVERY_BYTES, own);
        }
        assertThat(index.lastPosition()).isEqualTo(20_000);
        assertThat(index.trail(Lane.IMG).orElseThrow().lastSeq()).isEqualTo(5000);
    }

    private BatchCodec.Plain plain(int count, int jsonBytes) {
        return BatchCodec.plain(1, Digest.ZERO, records(count, jsonBytes));
    }

    private List<FactRecord> records(int count, int jsonBytes) {
        List<Digest> heads = new ArrayList<>(Collections.nCopies(4, Digest.ZERO));
        List<FactRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Lane lane = Lane.values()[i % 4];
            FactRecord record =
                    FactRecord.chained(
                            epoch,
                            lane,
                            i / 4 + 1,
                            i + 1,
                            entropy.bytes(FactRecord.SALT_BYTES),
                            entropy.bytes(jsonBytes),
                            heads.get(lane.ordinal()));
            heads.set(lane.ordinal(), record.hash());
            records.add(record);
        }
        return records;
    }

    private SegmentHeader header(EpochId ofEpoch) {
        SegmentIdentity identity =
                new SegmentIdentity(
                        Suite.ED25519_X25519_AES256GCM,
                        REALM,
                        NODE,
                        ofEpoch,
                        Optional.of(EpochId.random(entropy)),
                        0,
                        1,
                        1,
                        SegmentIdentity.batchGenesis(
                                Suite.ED25519_X25519_AES256GCM, REALM, NODE, ofEpoch));
        return SegmentHeader.create(
                identity, segmentKey, wrappingKey, recoveryKey.publicKey(), entropy);
    }
}
