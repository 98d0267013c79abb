package io.invigil.protocol.carrier.stick;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.hub.HubInput;
import io.invigil.protocol.hub.HubSync;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.sync.SyncScene;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StickTest {
    private final SyncScene scene = new SyncScene();

    @TempDir Path root;

    /** XSP-061: what is written is read, once, whatever the order and however often. */
    @Test
    void bringsBundlesOverSeveralSticksInAnyOrder() throws IOException {
        var records = scene.records(scene.epoch, Lane.RES, 30);
        List<Path> sticks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Path stick = Files.createDirectory(root.resolve("stick" + i));
            StickWriter writer = StickWriter.open(stick);
            byte[] bundle = scene.bundle(records.subList(10 * i, 10 * i + 10));
            assertThat(writer.write(bundle)).isInstanceOf(StickWrite.Done.class);
            assertThat(writer.write(bundle)).isInstanceOf(StickWrite.Done.class);
            sticks.add(stick);
        }
        Collections.shuffle(sticks, new Random(4));
        sticks.addAll(sticks);
        HubSync hub = scene.hub();
        for (Path stick : sticks) {
            var found =
                    new StickReader(stick)
                            .read(bytes -> hub.handle(0, 0, new HubInput.FromStick(bytes)));
            assertThat(found.given()).containsEntry(StickKind.BUNDLE, 1);
            assertThat(found.foreign()).isZero();
        }
        var key = new LaneKey(scene.epoch, Lane.RES);
        assertThat(scene.store.lane(SyncScene.NODE, key).orElseThrow().ackSeq()).isEqualTo(30);
    }

    /** XSP-062: names, links, indexes and half files on a stick are worth nothing (row 67). */
    @Test
    void believesNoNameAndFollowsNoLink() throws IOException {
        byte[] bundle = scene.bundle(scene.records(scene.epoch, Lane.RES, 3));
        Path directory = Files.createDirectory(root.resolve(StickWriter.DIRECTORY));
        Files.write(directory.resolve("holiday photo.jpg"), bundle);
        Files.writeString(directory.resolve("INDEX.TXT"), "../../etc/passwd");
        Files.write(directory.resolve("half.xsb.tmp"), bundle);
        Path outside = Files.write(root.resolve("outside"), bundle);
        Files.createSymbolicLink(directory.resolve("link.xsb"), outside);
        Files.createDirectory(directory.resolve("deep.xsb"));
        byte[] large = Arrays.copyOf("XSM1".getBytes(StandardCharsets.US_ASCII), 64 * 1024 + 1);
        Files.write(directory.resolve("large.xsm"), large);

        List<byte[]> given = new ArrayList<>();
        var found = new StickReader(root).read(given::add);
        assertThat(given).containsExactly(bundle);
        assertThat(found.foreign()).isEqualTo(5);
        assertThat(found.tooMany()).isFalse();
    }

    /** XSP-062: a stick of another realm or node is refused by signature alone (row 67). */
    @Test
    void refusesAForeignStickBySignature() throws IOException {
        SyncScene other = new SyncScene();
        StickWriter writer = StickWriter.open(root);
        writer.write(
                other.bundle(
                        other.records(other.epoch, Lane.RES, 3),
                        other.context("site-1"),
                        io.invigil.protocol.bundle.BundleLimits.USB,
                        other.strangerKey));
        HubSync hub = scene.hub();
        new StickReader(root).read(bytes -> hub.handle(0, 0, new HubInput.FromStick(bytes)));
        assertThat(scene.store.parked()).hasSize(1);
    }

    /**
     * XSP-063: a file that reads back differently is not counted; nothing half is left (row 65).
     */
    @Test
    void writesAgainWhatIsDamagedOnTheStick() throws IOException {
        byte[] bundle = scene.bundle(scene.records(scene.epoch, Lane.RES, 3));
        StickWriter writer = StickWriter.open(root);
        Path file = ((StickWrite.Done) writer.write(bundle)).file();
        byte[] damaged = bundle.clone();
        damaged[100] ^= 1;
        Files.write(file, damaged);
        Files.write(file.resolveSibling(file.getFileName() + ".tmp"), new byte[9_000]);
        assertThat(writer.write(bundle)).isInstanceOf(StickWrite.Done.class);
        assertThat(file).hasBinaryContent(bundle);
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.tmp");
    }

    /** XSP-063: content that is not what its digest says is not left on the stick. */
    @Test
    void refusesAPartThatIsNotWhatItsDigestSays() throws IOException {
        byte[] part = "paper".getBytes(StandardCharsets.UTF_8);
        StickWriter writer = StickWriter.open(root);
        Digest digest = Digest.sha256(part);
        assertThat(writer.writePart(Digest.ZERO, 5, new ByteArrayInputStream(part)))
                .isInstanceOfSatisfying(
                        StickWrite.Failed.class,
                        f ->
                                assertThat(f.reason())
                                        .isEqualTo(StickWrite.Reason.STICK_READ_BACK_DIFFERS));
        writer.writePart(digest, 5, new ByteArrayInputStream(part));
        StickReader reader = new StickReader(root);
        assertThat(reader.part(Digest.ZERO)).isEmpty();
        try (InputStream in = reader.part(digest).orElseThrow()) {
            assertThat(in.readAllBytes()).isEqualTo(part);
        }
    }
}
