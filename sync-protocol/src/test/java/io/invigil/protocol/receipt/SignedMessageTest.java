package io.invigil.protocol.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.sync.SyncScene;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignedMessageTest {
    private static final SyncScene SCENE = new SyncScene();
    private static final HubEpoch HUB_EPOCH = HubEpoch.first(SCENE.entropy);

    static Stream<SignedMessage> samples() {
        var cursor = new Cursor("hub", HUB_EPOCH, SyncScene.NODE, "0".repeat(32), List.of(ack(3)));
        var gap =
                new GapRequest(
                        HUB_EPOCH,
                        SyncScene.NODE,
                        SCENE.epoch,
                        Lane.RES,
                        List.of(new SeqRange(2, 4)));
        return Stream.of(
                SignedMessage.sign(MessageType.RECEIPT, receipt(List.of(ack(3))), SCENE.hubKey),
                SignedMessage.sign(MessageType.CURSOR, cursor, SCENE.hubKey),
                SignedMessage.sign(MessageType.GAP_REQUEST, gap, SCENE.hubKey));
    }

    /** XSP-001: every flipped bit of receipt, Cursor and gap request is refused (row 41). */
    @ParameterizedTest
    @MethodSource("samples")
    void refusesEveryFlippedByte(SignedMessage message) {
        byte[] bytes = message.encode();
        assertThat(acceptable(bytes)).isTrue();
        assertThat(SignedMessage.decode(bytes).orElseThrow().encode()).isEqualTo(bytes);
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = bytes.clone();
                flipped[i] ^= (byte) (1 << bit);
                assertThat(acceptable(flipped)).as("byte %d bit %d", i, bit).isFalse();
            }
        }
        for (int length = 0; length < bytes.length; length++) {
            assertThat(acceptable(Arrays.copyOf(bytes, length))).isFalse();
        }
        assertThat(acceptable(Arrays.copyOf(bytes, bytes.length + 1))).isFalse();
    }

    /** XSP-003: the payload of one type under another does not verify (row 44). */
    @Test
    void aPayloadUnderAnotherTypeDoesNotVerify() {
        var receipt =
                SignedMessage.sign(MessageType.RECEIPT, receipt(List.of(ack(3))), SCENE.hubKey);
        var renamed =
                new SignedMessage(MessageType.CURSOR, receipt.payload(), receipt.signatures());
        assertThat(renamed.verifiedBy(SCENE::hubKeys)).isFalse();
        assertThat(receipt.verifiedBy(SCENE::hubKeys)).isTrue();
    }

    /** XSP-008: the largest receipt fits into a Hello as proof, and that into a packet. */
    @Test
    void theLargestReceiptIsAProofInAHello() {
        List<LaneAck> acks = new ArrayList<>();
        for (int i = 0; i < Receipt.LANES_MAX; i++) {
            long base = SeqRange.SEQ_MAX - 1_000;
            List<SeqRange> ranges = new ArrayList<>();
            for (int j = 0; j < Receipt.RANGES_MAX / Receipt.LANES_MAX; j++) {
                ranges.add(new SeqRange(base + 10 + 10L * j, base + 12 + 10L * j));
            }
            acks.add(
                    new LaneAck(
                            EpochId.random(SCENE.entropy),
                            Lane.RES,
                            base,
                            digest(i),
                            base,
                            ranges));
        }
        List<ReceiptLine> lines = new ArrayList<>();
        List<Digest> blobs = new ArrayList<>();
        for (int i = 0; i < Receipt.LINES_MAX; i++) {
            lines.add(new ReceiptLine(digest(i), LineStatus.REJECTED, "X".repeat(32)));
        }
        for (int i = 0; i < Receipt.BLOBS_MAX; i++) {
            blobs.add(digest(i));
        }
        var receipt =
                new Receipt(
                        "h".repeat(64),
                        HUB_EPOCH,
                        SyncScene.NODE,
                        SeqRange.SEQ_MAX,
                        digest(0),
                        Long.MIN_VALUE,
                        acks,
                        lines,
                        blobs);
        byte[] bytes =
                SignedMessage.sign(MessageType.RECEIPT, receipt, SCENE.hubKey, SCENE.nodeKey)
                        .encode();
        assertThat(bytes.length).isLessThanOrEqualTo(Hello.PROOF_BYTES_MAX);
        List<LaneHead> heads = new ArrayList<>();
        for (int i = 0; i < Hello.HEADS_MAX; i++) {
            heads.add(
                    new LaneHead(
                            EpochId.random(SCENE.entropy), Lane.IMG, SeqRange.SEQ_MAX, digest(i)));
        }
        var hello =
                new Hello(
                        SyncScene.REALM,
                        SyncScene.NODE,
                        SCENE.epoch,
                        "0".repeat(32),
                        heads,
                        new byte[Hello.PROOF_BYTES_MAX],
                        SCENE.context("site-1").belief(),
                        new ClockEvidence(0, 0, "boot"));
        byte[] packet = SignedMessage.sign(MessageType.HELLO, hello, SCENE.nodeKey).encode();
        assertThat(packet.length).isLessThanOrEqualTo(SignedMessage.BYTES_MAX);
    }

    /** XSP-001: any bytes give a value or nothing, never an exception (row 62). */
    @Test
    void isTotalOnNoise() {
        byte[] good = samples().findFirst().orElseThrow().encode();
        Random random = new Random(9);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int j = 0; j < bytes.length && j < 1 + i % 4; j++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            assertThat(SignedMessage.decode(bytes).map(m -> m.read(Receipt.class))).isNotNull();
        }
        assertThat(SignedMessage.decode(new byte[SignedMessage.BYTES_MAX + 1])).isEmpty();
    }

    private static boolean acceptable(byte[] bytes) {
        return SignedMessage.decode(bytes).filter(m -> m.verifiedBy(SCENE::hubKeys)).isPresent();
    }

    private static LaneAck ack(long seq) {
        return new LaneAck(
                SCENE.epoch, Lane.RES, seq, digest(1), 1, List.of(new SeqRange(seq + 2, seq + 9)));
    }

    private static Receipt receipt(List<LaneAck> acks) {
        return new Receipt(
                "hub",
                HUB_EPOCH,
                SyncScene.NODE,
                1,
                Digest.ZERO,
                1_795_000_000_000L,
                acks,
                List.of(new ReceiptLine(digest(2), LineStatus.PARKED, "FORK")),
                List.of(digest(3)));
    }

    private static Digest digest(int i) {
        return Digest.sha256(new byte[] {(byte) i});
    }
}
