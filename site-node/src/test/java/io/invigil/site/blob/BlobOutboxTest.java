package io.invigil.site.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.KeyFile;
import io.invigil.protocol.blob.BlobManifest;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.json.Json;
import io.invigil.site.room.EngineFixture;
import io.invigil.site.room.core.RoomCommand;
import io.invigil.testkit.SeededEntropy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Offers are made for blobs that durable facts name, until a receipt names them (XSP/1 section 4).
 */
class BlobOutboxTest {
    @TempDir Path directory;
    private final SeededEntropy entropy = new SeededEntropy(12);
    private final List<String> lost = new ArrayList<>();
    private EngineFixture room;
    private RoomBlobs blobs;

    @BeforeEach
    void open() throws IOException {
        room = new EngineFixture(directory.resolve("room"), 2);
        Path place = Files.createDirectories(directory.resolve("keys"));
        KeyFile keys = new KeyFile(place, DataKey.of(new byte[DataKey.BYTES]), entropy);
        blobs =
                RoomBlobs.open(
                        directory.resolve("blobs"),
                        keys,
                        entropy,
                        BlobDisk.real(),
                        () -> Long.MAX_VALUE,
                        (code, detail) -> {});
    }

    @AfterEach
    void close() {
        room.close();
    }

    private BlobOutbox outbox() {
        return new BlobOutbox(
                room.ledger(),
                blobs,
                sitting -> "of-" + sitting,
                (exam, blob) -> lost.add(exam + " " + blob.hex()));
    }

    private BlobManifest kept(int bytes) {
        KeepDecision decision = blobs.keep("E-1", "image/jpeg", entropy.bytes(bytes));
        return ((KeepDecision.Kept) decision).manifest();
    }

    private void named(BlobManifest... manifests) throws Exception {
        Map<String, Object> fact = new LinkedHashMap<>();
        fact.put("t", "of-a-later-version");
        fact.put("sitting", 7);
        fact.put("blobs", Stream.of(manifests).map(m -> m.sha256().hex()).toList());
        room.ledger()
                .append(List.of(new FactDraft(Lane.IMG, Json.write(fact))))
                .toCompletableFuture()
                .get();
    }

    @Test
    void offersWhatDurableFactsNameInTheirOrderAndAgainAfterAStart() throws Exception {
        BlobManifest first = kept(100);
        BlobManifest unnamed = kept(50);
        BlobManifest second = kept(20_000);
        named(first, second);
        BlobOutbox outbox = outbox();
        assertThat(outbox.next(1)).containsExactly(first);
        assertThat(outbox.next(10)).containsExactly(second).doesNotContain(unnamed);
        assertThat(outbox.next(10)).isEmpty();
        BlobManifest third = kept(10);
        named(third);
        assertThat(outbox.next(10)).containsExactly(third);
        assertThat(outbox().next(10)).containsExactly(first, second, third);
        assertThat(outbox().all()).containsExactly(first, second, third);
        assertThat(lost).isEmpty();
    }

    @Test
    void whatAReceiptNamedIsOfferedAgainOnlyToARestoredHub() throws Exception {
        BlobManifest first = kept(100);
        named(first);
        BlobOutbox outbox = outbox();
        outbox.hubEpoch(3);
        assertThat(outbox.next(10)).containsExactly(first);
        outbox.received(first.sha256());
        BlobOutbox next = outbox();
        next.hubEpoch(3);
        assertThat(next.next(10)).isEmpty();
        assertThat(next.all()).isEmpty();
        next.hubEpoch(4);
        assertThat(next.next(10)).containsExactly(first);
        blobs.deleteExam("E-1");
        BlobOutbox last = outbox();
        last.hubEpoch(5);
        assertThat(last.next(10)).as("erased, not lost").isEmpty();
        assertThat(lost).isEmpty();
    }

    @Test
    void fault70ALostBlobIsToldByOneFactAndTheOthersGoOn() throws Exception {
        room.run();
        BlobManifest damaged = kept(100);
        BlobManifest missing = kept(200);
        BlobManifest whole = kept(300);
        named(damaged, missing, whole);
        Files.write(file(damaged.sha256()), new byte[10]);
        BlobOutbox outbox = outbox();
        assertThat(outbox.next(10)).containsExactly(missing, whole);
        assertThat(outbox.next(10)).isEmpty();
        assertThat(lost).containsExactly("of-7 " + damaged.sha256().hex());

        Files.delete(file(missing.sha256()));
        assertThat(outbox.chunk(missing.sha256(), 0)).isEmpty();
        assertThat(outbox.chunk(missing.sha256(), 0)).isEmpty();
        assertThat(lost).hasSize(2);
        for (BlobManifest gone : List.of(damaged, missing)) {
            room.ok(
                    new RoomCommand.ReportBlobLost(
                            "node", EngineFixture.EXAM, gone.sha256().hex()));
        }
        BlobOutbox next = outbox();
        assertThat(next.next(10)).containsExactly(whole);
        assertThat(next.next(10)).isEmpty();
        assertThat(lost).as("the ledger says so already").hasSize(2);
    }

    @Test
    void readsTheLedgerOnOnlyAsFarAsTheQueueTakesIt() throws Exception {
        BlobManifest only = kept(10);
        BlobManifest[] many = new BlobManifest[32];
        java.util.Arrays.fill(many, only);
        for (int i = 0; i * 32 <= BlobOutbox.QUEUE_MAX + 64; i++) {
            named(many);
        }
        BlobManifest last = kept(20);
        named(last);
        BlobOutbox outbox = outbox();
        outbox.hubEpoch(1);
        assertThat(outbox.next(1)).containsExactly(only);
        outbox.received(only.sha256());
        assertThat(outbox.next(10)).as("the queue was full before it").isEmpty();
        assertThat(outbox.next(10)).containsExactly(last);
    }

    private Path file(Digest digest) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("blobs"))) {
            return files.filter(f -> f.endsWith(digest.hex())).findFirst().orElseThrow();
        }
    }
}
