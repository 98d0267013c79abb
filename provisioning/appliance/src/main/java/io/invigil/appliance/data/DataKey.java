package io.invigil.appliance.data;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.KeyDerivation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;

/**
 * The 32-byte key under which everything at rest on this machine is encrypted (protocol.md section
 * 10). Parts never share it: each takes a key of its own with {@link #derive}. Immutable.
 */
public final class DataKey {
    public static final int BYTES = 32;

    /** What may lie in a data directory before its first start: face models need no key. */
    private static final Set<String> WITHOUT_KEY = Set.of("lock", "models");

    public static final String CREDENTIAL = "invigil-data-key";

    private final byte[] value;

    private DataKey(byte[] value) {
        this.value = value;
    }

    public static DataKey of(byte[] value) {
        if (value.length != BYTES) {
            throw new DataKeyRefused("the data key has 32 bytes, not " + value.length);
        }
        return new DataKey(value.clone());
    }

    /**
     * Takes the key from {@code $CREDENTIALS_DIRECTORY/invigil-data-key} (systemd credentials);
     * without that variable from the file {@code data.key}, mode 0600, made when the data directory
     * is new.
     *
     * @throws DataKeyRefused when the file is missing beside existing data, is readable by others
     *     or has another length
     */
    public static DataKey open(
            DataDirectory data, Map<String, String> environment, Entropy entropy) {
        String credentials = environment.getOrDefault("CREDENTIALS_DIRECTORY", "");
        if (!credentials.isEmpty() && Files.exists(Path.of(credentials, CREDENTIAL))) {
            return of(read(Path.of(credentials, CREDENTIAL)));
        }
        Path file = data.file("data.key");
        if (Files.exists(file)) {
            refuseOpenPermissions(file);
            return of(read(file));
        }
        refuseWithoutKey(data, file);
        byte[] fresh = entropy.bytes(BYTES);
        PrivateFiles.write(file, fresh);
        return of(fresh);
    }

    /** A key of its own for one purpose, such as "derby" or "key-files". */
    public byte[] derive(String purpose) {
        return KeyDerivation.hkdf(value, new byte[0], "invigil data key " + purpose, BYTES);
    }

    private static void refuseWithoutKey(DataDirectory data, Path file) {
        try (var entries = Files.list(data.root())) {
            // a second key beside data made with the first would look like corruption much later
            if (entries.anyMatch(entry -> !WITHOUT_KEY.contains(entry.getFileName().toString()))) {
                throw new DataKeyRefused(
                        file + " is missing but the directory has data: bring the key back");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot list " + data.root(), failure);
        }
    }

    private static void refuseOpenPermissions(Path file) {
        try {
            if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                return;
            }
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (!DataDirectory.PRIVATE_FILE.containsAll(permissions)) {
                throw new DataKeyRefused(file + " must have mode 0600");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }

    private static byte[] read(Path file) {
        try {
            if (Files.size(file) != BYTES) {
                throw new DataKeyRefused(file + " must hold exactly 32 bytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }

    @Override
    public String toString() {
        return "DataKey(secret)";
    }
}
