package io.invigil.protocol.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.device.DirectoryFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger with real threads on real directories. */
class LedgerOnDirectoriesTest {
    @TempDir Path directory;

    private final LedgerFixture fixture = new LedgerFixture(1);

    // XSP-101
    @Test
    void appendsBecomeDurableOnBothDevicesAndAreReplayedInOrderAfterReopening() throws Exception {
        List<String> written = new ArrayList<>();
        for (int start = 0; start < 3; start++) {
            OpenedLedger opened = open();
            assertThat(opened.alarms())
                    .allMatch(alarm -> alarm.kind() == LedgerAlarm.Kind.SAME_STORE);
            try (Ledger ledger = opened.ledger()) {
                List<CompletableFuture<Durability>> saves = new ArrayList<>();
                for (int i = 0; i < 300; i++) {
                    String text = start + "-" + i;
                    written.add(text);
                    Lane lane = Lane.values()[i % 4];
                    saves.add(
                            ledger.append(List.of(LedgerFixture.fact(lane, text)))
                                    .toCompletableFuture());
                }
                for (CompletableFuture<Durability> save : saves) {
                    assertThat(save.get()).isEqualTo(Durability.TWO_DEVICES);
                }
                assertThat(LedgerFixture.replayed(ledger)).isEqualTo(written);
                assertThat(ledger.members()).containsExactlyInAnyOrder(DeviceRole.values());
                assertThat(ledger.heads()).hasSize(start + 1);
            }
        }
        assertThat(fixture.alarms).isEmpty();
    }

    @Test
    void filesAreTheSameOnBothDevicesAndShowNothingOfTheFacts() throws Exception {
        try (Ledger ledger = open().ledger()) {
            ledger.append(List.of(LedgerFixture.fact(Lane.RES, "open-secret")))
                    .toCompletableFuture()
                    .get();
        }
        List<Path> segments =
                files("a").stream().filter(f -> f.toString().endsWith("xsl")).toList();
        assertThat(segments).hasSize(1);
        for (Path file : segments) {
            byte[] bytes = Files.readAllBytes(file);
            assertThat(bytes)
                    .isEqualTo(
                            Files.readAllBytes(directory.resolve("b").resolve(file.getFileName())));
            assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .doesNotContain("secret");
        }
    }

    @Test
    void readsALaneInPagesOverSegments() throws Exception {
        try (Ledger ledger = open(64 * 1024).ledger()) {
            for (int i = 0; i < 400; i++) {
                Lane lane = i % 10 == 0 ? Lane.ATT : Lane.RES;
                ledger.append(List.of(LedgerFixture.fact(lane, "x".repeat(1000) + i)))
                        .toCompletableFuture()
                        .get();
            }
            assertThat(files("a").stream().filter(f -> f.toString().endsWith("xsl")))
                    .hasSizeGreaterThan(3);
            for (Lane lane : List.of(Lane.ATT, Lane.RES)) {
                List<FactRecord> all = new ArrayList<>();
                while (true) {
                    List<FactRecord> page =
                            ledger.read(ledger.epoch(), lane, all.size() + 1, 7, 5000);
                    if (page.isEmpty()) {
                        break;
                    }
                    assertThat(page).hasSizeLessThanOrEqualTo(7);
                    all.addAll(page);
                }
                assertThat(all).hasSize(lane == Lane.ATT ? 40 : 360);
                for (int i = 1; i < all.size(); i++) {
                    assertThat(all.get(i).seq()).isEqualTo(i + 1);
                    assertThat(all.get(i).prevHash()).isEqualTo(all.get(i - 1).hash());
                }
                EpochHeads heads = ledger.heads().get(0);
                assertThat(heads.lanes().get(lane).hash())
                        .isEqualTo(all.get(all.size() - 1).hash());
            }
        }
    }

    @Test
    void anEmptyOrTooLongAppendIsRefusedAndNothingIsTaken() throws Exception {
        try (Ledger ledger = open().ledger()) {
            FactDraft fact = LedgerFixture.fact(Lane.RES, "x");
            assertThatThrownBy(() -> ledger.append(List.of()))
                    .isInstanceOf(IllegalArgumentException.class);
            List<FactDraft> tooMany = Collections.nCopies(Ledger.APPEND_FACTS_MAX + 1, fact);
            assertThatThrownBy(() -> ledger.append(tooMany))
                    .isInstanceOf(IllegalArgumentException.class);
            FactDraft large = new FactDraft(Lane.RES, new byte[FactDraft.BYTES_MAX]);
            assertThatThrownBy(() -> ledger.append(Collections.nCopies(21, large)))
                    .isInstanceOf(IllegalArgumentException.class);
            ledger.append(Collections.nCopies(20, large)).toCompletableFuture().get();
            ledger.append(Collections.nCopies(Ledger.APPEND_FACTS_MAX, fact))
                    .toCompletableFuture()
                    .get();
            assertThat(LedgerFixture.replayed(ledger)).hasSize(Ledger.APPEND_FACTS_MAX);
        }
    }

    @Test
    void aClosedLedgerRefusesFacts() throws Exception {
        Ledger ledger = open().ledger();
        ledger.close();
        ledger.close();
        assertThat(ledger.append(List.of(LedgerFixture.fact(Lane.RES, "late"))))
                .isCompletedExceptionally();
    }

    private OpenedLedger open() throws IOException {
        return open(LedgerSettings.SEGMENT_BYTES);
    }

    private OpenedLedger open(int segmentBytesMax) throws IOException {
        return Ledger.open(
                fixture.settings(segmentBytesMax),
                new DirectoryFs(directory.resolve("a")),
                Optional.of(new DirectoryFs(directory.resolve("b"))));
    }

    private List<Path> files(String device) throws IOException {
        try (var files = Files.list(directory.resolve(device))) {
            return files.sorted().toList();
        }
    }
}
