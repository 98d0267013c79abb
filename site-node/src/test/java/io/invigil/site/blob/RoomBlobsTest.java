package io.invigil.site.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.KeyFile;
import io.invigil.protocol.crypto.Digest;
import io.invigil.testkit.SeededEntropy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The room's blobs: durable before they are named, unreadable without the exam's key (XSP/1
 * sections 2, 4, 7 and 12).
 */
class RoomBlobsTest {
    private static final int LIFE = Integer.MAX_VALUE;
    private static final byte[] FACE =
            "a picture of nobody in particular ".repeat(2_000).getBytes(StandardCharsets.UTF_8);

    @TempDir Path directory;
    private final SeededEntropy entropy = new SeededEntropy(11);
    private final List<String> alarms = new ArrayList<>();
    private KeyFile keys;
    private long usable = Long.MAX_VALUE;

    @BeforeEach
    void makeKeyPlace() throws IOException {
        Path place = Files.createDirectories(directory.resolve("keys"));
        keys = new KeyFile(place, DataKey.of(new byte[DataKey.BYTES]), entropy);
    }

    private RoomBlobs open(BlobDisk disk) throws IOException {
        return RoomBlobs.open(
                directory.resolve("blobs"),
                keys,
                entropy,
                disk,
                () -> usable,
                (code, detail) -> alarms.add(code));
    }

    private static KeepDecision.Kept kept(KeepDecision decision) {
        assertThat(decision).isInstanceOf(KeepDecision.Kept.class);
        return (KeepDecision.Kept) decision;
    }

    @Test
    void keepsContentByItsDigestAcrossAStart() throws IOException {
        var kept = kept(open(BlobDisk.real()).keep("E-1", "image/jpeg", FACE));
        assertThat(kept.digest()).isEqualTo(Digest.sha256(FACE));
        assertThat(kept.length()).isEqualTo(FACE.length);
        assertThat(kept.manifest().chunks()).hasSize(5);

        RoomBlobs again = open(BlobDisk.real());
        assertThat(again.read(kept.digest())).hasValue(FACE);
        assertThat(again.manifest(kept.digest())).hasValue(kept.manifest());
        assertThat(again.examOf(kept.digest())).hasValue("E-1");
        int at = (int) kept.manifest().offset(4);
        assertThat(again.chunk(kept.digest(), 4))
                .hasValue(Arrays.copyOfRange(FACE, at, FACE.length));
        assertThat(again.chunk(kept.digest(), 5)).isEmpty();
        assertThat(kept(again.keep("E-1", "image/jpeg", FACE)).manifest())
                .isEqualTo(kept.manifest());
        assertThat(again.of("E-1")).containsExactly(kept.digest());
    }

    @Test
    void nothingOfTheContentLiesReadableOnTheDisk() throws IOException {
        open(BlobDisk.real()).keep("E-1", "image/jpeg", FACE);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(bytes).doesNotContain("nobody").doesNotContain("image/jpeg");
            }
        }
    }

    @Test
    void limitsAreKeptToTheByte() throws IOException {
        RoomBlobs blobs = open(BlobDisk.real());
        byte[] most = entropy.bytes(RoomBlobs.BLOB_BYTES_MAX);
        var kept = kept(blobs.keep("E-1", "application/octet-stream", most));
        assertThat(kept.manifest().chunks()).hasSize(512);
        assertThat(blobs.read(kept.digest())).hasValue(most);
        byte[] more = Arrays.copyOf(most, most.length + 1);
        assertThat(blobs.keep("E-1", "application/octet-stream", more))
                .isEqualTo(new KeepDecision.Refused(KeepRefusal.BLOB_TOO_LARGE));
        assertThat(blobs.keep("E-1", "text/plain", new byte[0]))
                .isEqualTo(new KeepDecision.Refused(KeepRefusal.BLOB_EMPTY));
    }

    @Test
    void theRestOfTheDiskBelongsToTheLedger() throws IOException {
        RoomBlobs blobs = open(BlobDisk.real());
        usable = RoomBlobs.SPARE_BYTES + FACE.length;
        var kept = kept(blobs.keep("E-1", "image/jpeg", FACE));
        usable--;
        assertThat(blobs.keep("E-1", "image/jpeg", Arrays.copyOf(FACE, FACE.length)))
                .isEqualTo(new KeepDecision.Refused(KeepRefusal.BLOB_NO_SPACE));
        assertThat(blobs.read(kept.digest())).hasValue(FACE);
    }

    @Test
    void aDiskThatIsFullIsAnAnswerAndLeavesNothingBehind() throws IOException {
        StoppingDisk disk = new StoppingDisk(LIFE, false);
        RoomBlobs blobs = open(disk);
        blobs.keep("E-1", "image/jpeg", FACE);
        disk.full = true;
        byte[] other = entropy.bytes(100);
        assertThat(blobs.keep("E-1", "image/jpeg", other))
                .isEqualTo(new KeepDecision.Refused(KeepRefusal.BLOB_NOT_WRITABLE));
        assertThat(alarms).containsExactly("BLOB_NOT_KEPT");
        assertThat(blobs.holds(Digest.sha256(other))).isFalse();
        disk.full = false;
        kept(blobs.keep("E-1", "image/jpeg", other));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aKillAtAnyStepLeavesTheBlobWholeOrNotThere(boolean halfWritten) throws IOException {
        StoppingDisk whole = new StoppingDisk(LIFE, false);
        open(whole).keep("E-all", "image/jpeg", FACE);
        assertThat(whole.steps)
                .as("forced before it has its name, the directory before it is said to be kept")
                .endsWith("write", "force", "move", "force-directory");
        for (int step = 0; step < whole.steps.size(); step++) {
            String exam = "E-" + step + halfWritten;
            byte[] content = Arrays.copyOf(FACE, FACE.length - step - 1);
            RoomBlobs dying = open(new StoppingDisk(step, halfWritten));
            assertThatThrownBy(() -> dying.keep(exam, "image/jpeg", content))
                    .isInstanceOf(StoppingDisk.Killed.class);
            RoomBlobs next = open(BlobDisk.real());
            Digest digest = Digest.sha256(content);
            if (next.holds(digest)) {
                assertThat(next.read(digest)).hasValue(content);
            }
            assertThat(kept(next.keep(exam, "image/jpeg", content)).digest()).isEqualTo(digest);
            assertThat(open(BlobDisk.real()).read(digest)).hasValue(content);
            next.deleteExam(exam);
        }
        assertThat(alarms).isEmpty();
    }

    @Test
    void deletingAnExamDestroysItsKeyFirstAndGoesOnAfterAKill() throws IOException {
        RoomBlobs counting = open(BlobDisk.real());
        Digest other = kept(counting.keep("E-other", "image/jpeg", FACE)).digest();
        for (int step = 0; step < 8; step++) {
            String exam = "E-" + step;
            byte[] content = entropy.bytes(500);
            RoomBlobs first = open(BlobDisk.real());
            Digest digest = kept(first.keep(exam, "image/jpeg", content)).digest();
            byte[] stolen;
            try (Stream<Path> files = Files.walk(directory.resolve("blobs"))) {
                Path file = files.filter(f -> f.endsWith(digest.hex())).findFirst().orElseThrow();
                stolen = Files.readAllBytes(file);
            }
            assertThat(stolen).isNotEmpty();
            RoomBlobs dying = open(new StoppingDisk(step, false));
            try {
                dying.deleteExam(exam);
            } catch (StoppingDisk.Killed killed) {
                assertThat(step).isLessThan(5);
            }
            RoomBlobs next = open(BlobDisk.real());
            next.deleteExam(exam);
            assertThat(next.holds(digest)).isFalse();
            assertThat(next.read(digest)).isEmpty();
            assertThat(open(BlobDisk.real()).wasErased(digest)).isTrue();
            assertThat(open(BlobDisk.real()).keep(exam, "image/jpeg", content))
                    .isEqualTo(new KeepDecision.Refused(KeepRefusal.BLOB_EXAM_DELETED));
        }
        assertThat(open(BlobDisk.real()).read(other)).hasValue(FACE);
    }

    @Test
    void fault70AnyFlippedByteIsDamageAndNothingElseIsHarmed() throws IOException {
        byte[] small = entropy.bytes(40);
        RoomBlobs blobs = open(BlobDisk.real());
        Digest digest = kept(blobs.keep("E-1", "image/jpeg", small)).digest();
        Digest other = kept(blobs.keep("E-1", "image/jpeg", FACE)).digest();
        Path file;
        try (Stream<Path> files = Files.walk(directory.resolve("blobs"))) {
            file = files.filter(f -> f.endsWith(digest.hex())).findFirst().orElseThrow();
        }
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 1;
            Files.write(file, flipped);
            assertThat(blobs.read(digest)).as("byte %d", at).isEmpty();
        }
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(blobs.read(digest)).as("cut at %d", length).isEmpty();
        }
        assertThat(blobs.read(other)).hasValue(FACE);
        assertThat(kept(blobs.keep("E-1", "image/jpeg", small)).digest()).isEqualTo(digest);
        assertThat(blobs.read(digest)).as("kept again").hasValue(small);
    }
}
