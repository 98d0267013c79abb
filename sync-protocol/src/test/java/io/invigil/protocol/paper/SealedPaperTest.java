package io.invigil.protocol.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.paper.SealedPaper.Outcome;
import io.invigil.protocol.paper.SealedPaper.Reason;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealedPaperTest {
    private static final String ID = "00112233445566778899aabbccddeeff";
    private static final int SEALED_SEGMENT = SealedPaper.SEGMENT_BYTES + 16;

    private final Entropy entropy = new Random(57)::nextBytes;
    private final byte[] key = entropy.bytes(32);
    private final int header = SealedPaper.seal(key, ID, "P1", new byte[0]).length - 16;

    @Test
    void everyLengthAroundASegmentComesBack() {
        for (int length :
                new int[] {0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 300_000}) {
            byte[] content = entropy.bytes(length);
            Outcome outcome =
                    SealedPaper.open(key, ID, "P1", SealedPaper.seal(key, ID, "P1", content));
            assertThat(((Outcome.Opened) outcome).content()).isEqualTo(content);
        }
    }

    // XSP-371
    @Test
    void everyFlippedByteIsRefused() {
        byte[] sealed = SealedPaper.seal(key, ID, "P1", entropy.bytes(1_500));
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= (byte) (1 << i % 8);
            assertThat(SealedPaper.open(key, ID, "P1", changed))
                    .as("byte " + i)
                    .isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void everyFlippedByteNearASegmentBorderIsRefused() {
        byte[] sealed = SealedPaper.seal(key, ID, "P1", entropy.bytes(140_000));
        for (int i = header + SEALED_SEGMENT - 40; i < header + SEALED_SEGMENT + 40; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertDamaged(changed);
        }
    }

    // XSP-320
    @Test
    void fault57aTruncatedPaperIsRefusedAtEveryLength() {
        byte[] small = SealedPaper.seal(key, ID, "P1", entropy.bytes(400));
        for (int length = 0; length < small.length; length++) {
            assertThat(SealedPaper.open(key, ID, "P1", Arrays.copyOf(small, length)))
                    .isInstanceOf(Outcome.Refused.class);
        }
        byte[] large = SealedPaper.seal(key, ID, "P1", entropy.bytes(3 * 65_536));
        assertDamaged(Arrays.copyOf(large, header + SEALED_SEGMENT));
        assertDamaged(Arrays.copyOf(large, header + 2 * SEALED_SEGMENT));
        assertThat(SealedPaper.open(key, ID, "P1", Arrays.copyOf(large, header)))
                .isInstanceOf(Outcome.Refused.class);
    }

    // XSP-320
    @Test
    void movedRepeatedAndAppendedSegmentsAreRefused() {
        byte[] sealed = SealedPaper.seal(key, ID, "P1", entropy.bytes(3 * 65_536));

        assertDamaged(segments(sealed, 1, 0, 2));
        assertDamaged(segments(sealed, 0, 0, 1, 2));
        assertDamaged(segments(sealed, 0, 2));
        assertDamaged(segments(sealed, 0, 1, 2, 2));
        assertDamaged(Arrays.copyOf(sealed, sealed.length + 1));
    }

    // XSP-321
    @Test
    void onePaperCannotStandForAnother() {
        byte[] sealed = SealedPaper.seal(key, ID, "P1", entropy.bytes(100));
        String other = "ff112233445566778899aabbccddeeff";

        assertThat(SealedPaper.open(key, other, "P1", sealed))
                .isEqualTo(new Outcome.Refused(Reason.PAPER_OTHER_PACKAGE));
        assertThat(SealedPaper.open(key, ID, "P2", sealed))
                .isEqualTo(new Outcome.Refused(Reason.PAPER_OTHER_NAME));
        assertThat(SealedPaper.open(key, ID, "P11", sealed))
                .isEqualTo(new Outcome.Refused(Reason.PAPER_OTHER_NAME));
        assertThat(SealedPaper.open(entropy.bytes(32), ID, "P1", sealed))
                .isEqualTo(new Outcome.Refused(Reason.PAPER_DAMAGED));
    }

    @Test
    void neverThrowsOnGarbage() {
        Random random = new Random(1);
        for (int run = 0; run < 2_000; run++) {
            byte[] garbage = new byte[random.nextInt(300)];
            random.nextBytes(garbage);
            if (garbage.length > 30 && run % 2 == 0) {
                System.arraycopy(SealedPaper.seal(key, ID, "P1", new byte[0]), 0, garbage, 0, 22);
            }
            assertThat(SealedPaper.open(key, ID, "P1", garbage))
                    .isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void hasALargestContent() {
        assertThatThrownBy(
                        () ->
                                SealedPaper.seal(
                                        key,
                                        ID,
                                        "P1",
                                        new byte[SealedPaper.PLAINTEXT_BYTES_MAX + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertDamaged(byte[] sealed) {
        assertThat(SealedPaper.open(key, ID, "P1", sealed))
                .isEqualTo(new Outcome.Refused(Reason.PAPER_DAMAGED));
    }

    private byte[] segments(byte[] sealed, int... order) {
        var out = new ByteArrayOutputStream();
        out.write(sealed, 0, header);
        for (int index : order) {
            int from = header + index * SEALED_SEGMENT;
            out.write(sealed, from, Math.min(SEALED_SEGMENT, sealed.length - from));
        }
        return out.toByteArray();
    }
}
