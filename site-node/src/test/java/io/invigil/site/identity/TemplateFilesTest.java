package io.invigil.site.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.KeyFile;
import io.invigil.appliance.vision.FaceFeature;
import io.invigil.protocol.crypto.Entropy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates at rest: under a key of the exam, erased with it (XSP/1 section 12). */
class TemplateFilesTest {
    private static final Entropy ENTROPY = Entropy.secure();
    private static final String PHOTO = "ab".repeat(32);
    private static final String FACELESS = "cd".repeat(32);

    @TempDir Path directory;
    private final DataKey dataKey = DataKey.of(ENTROPY.bytes(DataKey.BYTES));
    private TemplateFiles files;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectory(directory.resolve("keys"));
        Files.createDirectory(directory.resolve("templates"));
        files = reopened();
    }

    private TemplateFiles reopened() {
        return new TemplateFiles(
                directory.resolve("templates"),
                new KeyFile(directory.resolve("keys"), dataKey, ENTROPY),
                ENTROPY);
    }

    private static FaceFeature feature() {
        return FaceFeature.of("mobileface-v2-112", new float[] {1, 2, 3}).orElseThrow();
    }

    @Test
    void whatIsStoredComesBackWithItsModel() {
        files.store("E-1", Map.of(PHOTO, Optional.of(feature()), FACELESS, Optional.empty()));
        Map<String, Optional<FaceFeature>> loaded = reopened().load("E-1");
        assertThat(loaded.get(PHOTO).orElseThrow().model()).isEqualTo("mobileface-v2-112");
        assertThat(loaded.get(PHOTO).orElseThrow().cosine(feature())).isGreaterThan(0.9999);
        assertThat(loaded.get(FACELESS)).isEmpty();
        assertThat(reopened().load("E-2")).isEmpty();
    }

    @Test
    void nothingIsReadableOnTheDisk() throws IOException {
        files.store("E-1", Map.of(PHOTO, Optional.of(feature())));
        try (var stored = Files.list(directory.resolve("templates"))) {
            byte[] bytes = Files.readAllBytes(stored.findFirst().orElseThrow());
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("mobileface");
        }
    }

    @Test
    void aDamagedFileCostsComputingAnewAndNothingElse() throws IOException {
        files.store("E-1", Map.of(PHOTO, Optional.of(feature())));
        try (var stored = Files.list(directory.resolve("templates"))) {
            Path file = stored.findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2]++;
            Files.write(file, bytes);
        }
        assertThat(reopened().load("E-1")).isEmpty();
    }

    @Test
    void erasingDestroysTheKeySoThatACopyOfTheFileIsWorthless() throws IOException {
        files.store("E-1", Map.of(PHOTO, Optional.of(feature())));
        Path file;
        byte[] copy;
        try (var stored = Files.list(directory.resolve("templates"))) {
            file = stored.findFirst().orElseThrow();
            copy = Files.readAllBytes(file);
        }
        assertThat(files.erase("E-1")).isTrue();
        assertThat(files.erase("E-1")).isFalse();
        assertThat(Files.exists(file)).isFalse();
        Files.write(file, copy);
        assertThat(reopened().load("E-1")).isEmpty();
        files.store("E-1", Map.of());
        Files.write(file, copy);
        assertThat(reopened().load("E-1")).isEmpty();
    }
}
