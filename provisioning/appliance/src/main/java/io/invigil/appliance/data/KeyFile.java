package io.invigil.appliance.data;

import io.invigil.protocol.crypto.Aead;
import io.invigil.protocol.crypto.Entropy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Private keys at rest: one file per key, AES-256-GCM under a key derived from the data key, bound
 * to its name so that two files cannot be swapped. Thread-safe as far as each name has one writer.
 *
 * <p>File: {@code "IKF1" | nonce (12) | ciphertext and tag}.
 */
public final class KeyFile {
    public static final int CONTENT_BYTES_MAX = 64 * 1024;

    private static final byte[] MAGIC = "IKF1".getBytes(StandardCharsets.US_ASCII);

    private final Path directory;
    private final byte[] key;
    private final Entropy entropy;

    /**
     * @param directory private, such as {@code data.directory("keys")}
     */
    public KeyFile(Path directory, DataKey dataKey, Entropy entropy) {
        this.directory = directory;
        this.key = dataKey.derive("key-files");
        this.entropy = entropy;
    }

    /** Stores a secret durably, replacing the former one of this name. */
    public void store(String name, byte[] secret) {
        if (secret.length > CONTENT_BYTES_MAX) {
            throw new IllegalArgumentException("a key file holds at most " + CONTENT_BYTES_MAX);
        }
        byte[] nonce = entropy.bytes(Aead.NONCE_BYTES);
        byte[] sealed = Aead.encrypt(key, nonce, associated(name), secret);
        ByteBuffer file = ByteBuffer.allocate(MAGIC.length + nonce.length + sealed.length);
        PrivateFiles.write(path(name), file.put(MAGIC).put(nonce).put(sealed).array());
    }

    /**
     * The secret of this name; empty when there is none.
     *
     * @throws KeyFileDamaged when the file is not what was stored under this name and data key
     */
    public Optional<byte[]> load(String name) {
        Path file = path(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > CONTENT_BYTES_MAX + 64) {
                throw new KeyFileDamaged(file);
            }
            ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
            if (in.remaining() < MAGIC.length + Aead.NONCE_BYTES + Aead.TAG_BYTES) {
                throw new KeyFileDamaged(file);
            }
            byte[] magic = new byte[MAGIC.length];
            byte[] nonce = new byte[Aead.NONCE_BYTES];
            in.get(magic).get(nonce);
            byte[] sealed = new byte[in.remaining()];
            in.get(sealed);
            if (!java.util.Arrays.equals(magic, MAGIC)) {
                throw new KeyFileDamaged(file);
            }
            byte[] secret =
                    Aead.decrypt(key, nonce, associated(name), sealed)
                            .orElseThrow(() -> new KeyFileDamaged(file));
            return Optional.of(secret);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }

    /** Whether a file of this name is there; it may still be damaged. */
    public boolean holds(String name) {
        return Files.exists(path(name));
    }

    /** Removes the secret durably; nothing happens when there is none. */
    public void delete(String name) {
        try {
            Files.deleteIfExists(path(name));
            PrivateFiles.forceDirectory(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot delete the key " + name, failure);
        }
    }

    private Path path(String name) {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,60}")) {
            throw new IllegalArgumentException("not a plain name: " + name);
        }
        return directory.resolve(name + ".key");
    }

    private static byte[] associated(String name) {
        return ("invigil key file " + name).getBytes(StandardCharsets.UTF_8);
    }
}
