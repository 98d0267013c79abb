package io.invigil.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.SeqRange;
import io.invigil.protocol.sync.SyncScene;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BundleCodecTest {
    private final SyncScene scene = new SyncScene();

    @Test
    void carriesRecordsUnchanged() {
        List<FactRecord> records = scene.records(scene.epoch, Lane.RES, 20);
        Bundle bundle = opened(scene.bundle(records.subList(3, 20)));

        assertThat(bundle.header().range()).isEqualTo(new SeqRange(4, 20));
        assertThat(bundle.prevHash()).isEqualTo(records.get(2).hash());
        assertThat(bundle.headHash()).isEqualTo(records.get(19).hash());
        assertThat(bundle.records())
                .extracting(FactRecord::hash)
                .isEqualTo(records.subList(3, 20).stream().map(FactRecord::hash).toList());
        assertThat(bundle.context()).isEqualTo(scene.context("site-1"));
    }

    /** XSP-001: every flipped bit of every byte is refused (fault row 43). */
    @Test
    void refusesEveryFlippedByte() {
        byte[] bundle = scene.bundle(scene.records(scene.epoch, Lane.RES, 3));
        for (int i = 0; i < bundle.length; i++) {
            byte[] flipped = bundle.clone();
            flipped[i] ^= (byte) (1 << i % 8);
            assertThat(acceptable(flipped)).as("byte %d", i).isFalse();
        }
    }

    /** XSP-001: nothing may be missing or added. */
    @Test
    void refusesEveryTruncationAndAnyAddition() {
        byte[] bundle = scene.bundle(scene.records(scene.epoch, Lane.RES, 3));
        for (int length = 0; length < bundle.length; length++) {
            assertThat(acceptable(Arrays.copyOf(bundle, length))).isFalse();
        }
        assertThat(acceptable(Arrays.copyOf(bundle, bundle.length + 1))).isFalse();
    }

    /** XSP-002: 60 KiB and 512 records on MQTT; one more record needs another bundle. */
    @Test
    void keepsToTheLimitsOfItsCarrier() {
        List<FactRecord> records = scene.records(scene.epoch, Lane.RES, 513);
        assertThat(encode(records.subList(0, 512), BundleLimits.MQTT)).isPresent();
        assertThat(encode(records, BundleLimits.MQTT)).isEmpty();
        assertThat(encode(records, BundleLimits.USB)).isPresent();

        byte[] usb = encode(records, BundleLimits.USB).orElseThrow();
        SealedBundle sealed = ((BundleParse.Parsed) parse(usb)).bundle();
        assertThat(BundleCodec.open(sealed, scene.opener(), BundleLimits.MQTT))
                .isEqualTo(new BundleOpening.Rejected(RejectReason.TOO_MANY_RECORDS));
    }

    /** XSP-002: the longest fact there is fits, although it cannot be deflated. */
    @Test
    void theLongestFactFitsIntoOneBundle() {
        byte[] noise = new byte[48 * 1024];
        new Random(1).nextBytes(noise);
        var record =
                FactRecord.chained(
                        scene.epoch,
                        Lane.RES,
                        1,
                        1,
                        new byte[16],
                        noise,
                        scene.genesis(scene.epoch, Lane.RES));
        byte[] bundle = encode(List.of(record), BundleLimits.MQTT).orElseThrow();
        assertThat(bundle.length).isLessThanOrEqualTo(BundleLimits.MQTT.bytesMax());
        assertThat(acceptable(bundle)).isTrue();
        assertThat(parse(new byte[BundleLimits.MQTT.bytesMax() + 1]))
                .isEqualTo(new BundleParse.Rejected(RejectReason.TOO_LARGE));
    }

    /** XSP-002: a body that inflates beyond its limit is stopped there (fault row 62). */
    @Test
    void stopsAZipBombAtTheLimit() {
        byte[] bomb = Deflate.deflate(new byte[64 * 1024 * 1024]);
        assertThat(bomb.length).isGreaterThan(60_000);
        assertThat(Deflate.inflate(bomb, 1024 * 1024))
                .isEqualTo(new Deflate.Inflated.Refused(RejectReason.INFLATED_TOO_LARGE));
        byte[] exact = Deflate.deflate(new byte[1024 * 1024]);
        assertThat(Deflate.inflate(exact, 1024 * 1024)).isInstanceOf(Deflate.Inflated.Plain.class);
        assertThat(Deflate.inflate(exact, 1024 * 1024 - 1))
                .isEqualTo(new Deflate.Inflated.Refused(RejectReason.INFLATED_TOO_LARGE));
    }

    /** XSP-002: a length field of 4 GiB takes no memory (fault row 62). */
    @Test
    void refusesLengthsBeyondWhatIsThere() {
        byte[] bundle = scene.bundle(scene.records(scene.epoch, Lane.RES, 1));
        for (int length : new int[] {-1, Integer.MAX_VALUE, 2_049, 0}) {
            ByteBuffer.wrap(bundle).putInt(4, length);
            assertThat(parse(bundle)).isEqualTo(new BundleParse.Rejected(RejectReason.TRUNCATED));
        }
    }

    /** XSP-003: a signature under another payload type does not hold (fault row 44). */
    @Test
    void refusesASignatureMadeForAnotherType() {
        byte[] bundle = scene.bundle(scene.records(scene.epoch, Lane.RES, 1));
        byte[] signed = Arrays.copyOf(bundle, bundle.length - 97);
        byte[] signature = scene.nodeKey.sign(MessageType.RECEIPT.uri(), signed);
        System.arraycopy(signature, 0, bundle, bundle.length - 64, 64);
        assertThat(verify(bundle)).contains(RejectReason.BAD_SIG);
    }

    /** XSP-004: numbers beyond 2^53 - 1, zero and reversed ones are typed refusals (row 80). */
    @Test
    void refusesSequenceNumbersOutOfRange() {
        byte[] bundle = scene.bundle(scene.records(scene.epoch, Lane.RES, 1));
        for (String numbers :
                List.of(
                        "\"seqFirst\":0,\"seqLast\":1",
                        "\"seqFirst\":2,\"seqLast\":1",
                        "\"seqFirst\":1,\"seqLast\":9007199254740992",
                        "\"seqFirst\":1,\"seqLast\":9223372036854775808",
                        "\"seqFirst\":-1,\"seqLast\":1",
                        "\"seqFirst\":1.0,\"seqLast\":1",
                        "\"seqFirst\":\"1\",\"seqLast\":1")) {
            assertThat(parse(withHeader(bundle, "\"seqFirst\":1,\"seqLast\":1", numbers)))
                    .as(numbers)
                    .isEqualTo(new BundleParse.Rejected(RejectReason.BAD_HEADER));
        }
    }

    /** XSP-004 and XSP-006: one spelling, one suite, one version. */
    @Test
    void refusesAnotherSpellingSuiteOrVersionOfTheHeader() {
        byte[] bundle = scene.bundle(scene.records(scene.epoch, Lane.RES, 1));
        for (String[] change :
                new String[][] {
                    {"{\"v\":1,", "{ \"v\":1,"},
                    {"{\"v\":1,", "{\"v\":2,"},
                    {"{\"v\":1,", "{\"v\":1,\"x\":0,"},
                    {"ed25519-x25519-aes256gcm", "none"},
                    {"\"lane\":\"res\"", "\"lane\":\"RES\""},
                    {"\"node\":\"node-1\"", "\"node\":\"../../x\""}
                }) {
            assertThat(parse(withHeader(bundle, change[0], change[1])))
                    .as(change[1])
                    .isEqualTo(new BundleParse.Rejected(RejectReason.BAD_HEADER));
        }
    }

    /** XSP-005: during a rotation both signatures must hold. */
    @Test
    void everySignatureMustHold() {
        var records = scene.records(scene.epoch, Lane.RES, 1);
        byte[] two =
                scene.bundle(
                        records,
                        scene.context("site-1"),
                        BundleLimits.MQTT,
                        scene.nodeKey,
                        scene.strangerKey);
        assertThat(verify(two)).contains(RejectReason.UNKNOWN_KEY);
        SealedBundle sealed = ((BundleParse.Parsed) parse(two)).bundle();
        assertThat(
                        sealed.verify(
                                id ->
                                        id.equals(scene.nodeKey.verifyKey().keyId())
                                                ? Optional.of(scene.nodeKey.verifyKey())
                                                : Optional.of(scene.strangerKey.verifyKey())))
                .isEmpty();
    }

    /** XSP-007: the chain inside is computed anew; a signed lie about its head is found. */
    @Test
    void computesTheChainInsideAnew() {
        List<FactRecord> records = new ArrayList<>(scene.records(scene.epoch, Lane.RES, 3));
        FactRecord last = records.getLast();
        records.set(
                2,
                new FactRecord(
                        last.epoch(),
                        last.lane(),
                        last.seq(),
                        last.position(),
                        last.salt(),
                        last.json(),
                        last.prevHash(),
                        Digest.ZERO));
        SealedBundle sealed = ((BundleParse.Parsed) parse(scene.bundle(records))).bundle();
        assertThat(BundleCodec.open(sealed, scene.opener(), BundleLimits.MQTT))
                .isEqualTo(new BundleOpening.Rejected(RejectReason.CHAIN_BROKEN_INSIDE));
    }

    /** XSP-001: bytes of any kind give a typed result, never an exception (fault row 62). */
    @Test
    void isTotalOnNoise() {
        Random random = new Random(3);
        byte[] good = scene.bundle(scene.records(scene.epoch, Lane.RES, 3));
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int j = 0; j < bytes.length && j < 1 + i % 5; j++) {
                bytes[random.nextInt(Math.min(bytes.length, 400))] = (byte) random.nextInt();
            }
            assertThat(BundleCodec.parse(bytes, BundleLimits.MQTT)).isNotNull();
        }
    }

    private Optional<byte[]> encode(List<FactRecord> records, BundleLimits limits) {
        return BundleCodec.encode(
                SyncScene.REALM,
                SyncScene.NODE,
                records,
                scene.context("site-1"),
                BundleSeal.Hpke.to(scene.hubSeal.publicKey(), scene.entropy),
                limits,
                scene.nodeKey);
    }

    private static BundleParse parse(byte[] bytes) {
        return BundleCodec.parse(bytes, BundleLimits.MQTT);
    }

    private Optional<RejectReason> verify(byte[] bytes) {
        return ((BundleParse.Parsed) parse(bytes)).bundle().verify(this::nodeKeys);
    }

    private Optional<VerifyKey> nodeKeys(Digest id) {
        return id.equals(scene.nodeKey.verifyKey().keyId())
                ? Optional.of(scene.nodeKey.verifyKey())
                : Optional.empty();
    }

    private boolean acceptable(byte[] bytes) {
        return parse(bytes) instanceof BundleParse.Parsed parsed
                && parsed.bundle().verify(this::nodeKeys).isEmpty()
                && BundleCodec.open(parsed.bundle(), scene.opener(), BundleLimits.MQTT)
                        instanceof BundleOpening.Opened;
    }

    private Bundle opened(byte[] bytes) {
        SealedBundle sealed = ((BundleParse.Parsed) parse(bytes)).bundle();
        assertThat(sealed.verify(this::nodeKeys)).isEmpty();
        return ((BundleOpening.Opened) BundleCodec.open(sealed, scene.opener(), BundleLimits.MQTT))
                .bundle();
    }

    private static byte[] withHeader(byte[] bundle, String from, String to) {
        int length = ByteBuffer.wrap(bundle).getInt(4);
        String header = new String(bundle, 8, length, StandardCharsets.UTF_8);
        assertThat(header).contains(from);
        byte[] changed = header.replace(from, to).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(bundle.length - length + changed.length)
                .put(bundle, 0, 4)
                .putInt(changed.length)
                .put(changed)
                .put(bundle, 8 + length, bundle.length - 8 - length)
                .array();
    }
}
