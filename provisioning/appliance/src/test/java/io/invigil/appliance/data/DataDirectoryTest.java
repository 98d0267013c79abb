package io.invigil.appliance.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.protocol.crypto.Entropy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    private static final Random RANDOM = new Random(7);
    private static final Entropy ENTROPY = RANDOM::nextBytes;

    @TempDir Path directory;

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void isPrivateAndOpenedOnceOnly() throws IOException {
        Path root = directory.resolve("data");
        try (DataDirectory data = DataDirectory.open(root)) {
            assertThat(mode(root)).isEqualTo("rwx------");
            assertThat(mode(data.directory("ledger"))).isEqualTo("rwx------");
            assertThat(mode(root.resolve("lock"))).isEqualTo("rw-------");
            assertThatThrownBy(() -> DataDirectory.open(root))
                    .isInstanceOf(DataDirectoryInUse.class);
            assertThatThrownBy(() -> data.directory("../x"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        DataDirectory.open(root).close();
    }

    @Test
    void makesADataKeyOnceAndRefusesToMakeASecondOneBesideData() throws IOException {
        Path root = directory.resolve("data");
        try (DataDirectory data = DataDirectory.open(root)) {
            DataKey key = DataKey.open(data, Map.of(), ENTROPY);
            assertThat(mode(root.resolve("data.key"))).isEqualTo("rw-------");
            assertThat(DataKey.open(data, Map.of(), ENTROPY).derive("a"))
                    .isEqualTo(key.derive("a"))
                    .isNotEqualTo(key.derive("b"));
            data.directory("ledger");
            Files.delete(root.resolve("data.key"));
            assertThatThrownBy(() -> DataKey.open(data, Map.of(), ENTROPY))
                    .isInstanceOf(DataKeyRefused.class);
        }
    }

    @Test
    void faceModelsMayBeInstalledBeforeTheFirstStart() throws IOException {
        try (DataDirectory data = DataDirectory.open(directory.resolve("data"))) {
            data.directory("models");
            DataKey key = DataKey.open(data, Map.of(), ENTROPY);
            assertThat(DataKey.open(data, Map.of(), ENTROPY).derive("a"))
                    .isEqualTo(key.derive("a"));
        }
    }

    @Test
    void refusesADataKeyThatOthersCanRead() throws IOException {
        try (DataDirectory data = DataDirectory.open(directory.resolve("data"))) {
            DataKey.open(data, Map.of(), ENTROPY);
            Files.setPosixFilePermissions(
                    data.file("data.key"), PosixFilePermissions.fromString("rw-r-----"));
            assertThatThrownBy(() -> DataKey.open(data, Map.of(), ENTROPY))
                    .isInstanceOf(DataKeyRefused.class)
                    .hasMessageContaining("0600");
        }
    }

    @Test
    void prefersTheKeyFromTheCredentialsDirectory() throws IOException {
        Path credentials = Files.createDirectory(directory.resolve("credentials"));
        Files.write(credentials.resolve(DataKey.CREDENTIAL), new byte[DataKey.BYTES]);
        try (DataDirectory data = DataDirectory.open(directory.resolve("data"))) {
            DataKey key =
                    DataKey.open(
                            data, Map.of("CREDENTIALS_DIRECTORY", credentials.toString()), ENTROPY);
            assertThat(key.derive("a")).isEqualTo(DataKey.of(new byte[DataKey.BYTES]).derive("a"));
            assertThat(data.file("data.key")).doesNotExist();
        }
    }

    @Test
    void keepsKeysEncryptedAndBoundToTheirNames() throws IOException {
        DataKey dataKey = DataKey.of(ENTROPY.bytes(DataKey.BYTES));
        KeyFile keys = new KeyFile(directory, dataKey, ENTROPY);
        byte[] secret =
                "a private key that nobody may see"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        keys.store("seal", secret);
        assertThat(keys.load("seal")).hasValue(secret);
        assertThat(keys.load("other")).isEmpty();
        Path file = directory.resolve("seal.key");
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(
                        new String(
                                Files.readAllBytes(file),
                                java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("private");
        Files.copy(file, directory.resolve("sign.key"));
        assertThatThrownBy(() -> keys.load("sign")).isInstanceOf(KeyFileDamaged.class);
        KeyFile foreign = new KeyFile(directory, DataKey.of(new byte[DataKey.BYTES]), ENTROPY);
        assertThatThrownBy(() -> foreign.load("seal")).isInstanceOf(KeyFileDamaged.class);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> keys.load("seal")).isInstanceOf(KeyFileDamaged.class);
        keys.delete("seal");
        assertThat(keys.load("seal")).isEmpty();
    }

    @Test
    void refusesAKeyThatIsTooLong() {
        KeyFile keys = new KeyFile(directory, DataKey.of(new byte[DataKey.BYTES]), ENTROPY);
        keys.store("largest", new byte[KeyFile.CONTENT_BYTES_MAX]);
        assertThat(keys.load("largest").orElseThrow()).hasSize(KeyFile.CONTENT_BYTES_MAX);
        assertThatThrownBy(() -> keys.store("larger", new byte[KeyFile.CONTENT_BYTES_MAX + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
