package io.invigil.appliance.data;

import io.invigil.protocol.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Blobs as files {@code ab/cdef…} in a directory. A blob appears under its name only after it was
 * written and forced completely. Left-over temporary files of a crash are removed at opening.
 */
public final class DirectoryBlobs implements BlobStore {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path directory;
    private final Path incoming;

    public DirectoryBlobs(Path directory) throws IOException {
        this.directory = directory;
        this.incoming = directory.resolve("incoming");
        Files.createDirectories(incoming);
        DataDirectory.restrict(directory, DataDirectory.PRIVATE_DIRECTORY);
        try (var leftOver = Files.list(incoming)) {
            for (Path file : leftOver.toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public Digest put(InputStream content, long bytesMax) throws IOException {
        return store(Optional.empty(), content, bytesMax);
    }

    @Override
    public void put(Digest expected, InputStream content, long bytesMax) throws IOException {
        store(Optional.of(expected), content, bytesMax);
    }

    private Digest store(Optional<Digest> expected, InputStream content, long bytesMax)
            throws IOException {
        Path temporary = Files.createTempFile(incoming, "blob", ".tmp");
        try {
            Digest digest = write(temporary, content, bytesMax);
            if (expected.isPresent() && !expected.get().equals(digest)) {
                throw new BlobMismatch(expected.get(), digest);
            }
            Path target = path(digest);
            if (!Files.exists(target)) {
                Files.createDirectories(target.getParent());
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
                PrivateFiles.forceDirectory(target.getParent());
                PrivateFiles.forceDirectory(directory);
            }
            return digest;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Digest write(Path file, InputStream content, long bytesMax) throws IOException {
        MessageDigest sha = Digest.newSha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        long total = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                total += read;
                if (total > bytesMax) {
                    throw new BlobTooLarge(bytesMax);
                }
                sha.update(buffer, 0, read);
                ByteBuffer out = ByteBuffer.wrap(buffer, 0, read);
                while (out.hasRemaining()) {
                    channel.write(out);
                }
            }
            channel.force(true);
        }
        return Digest.of(sha.digest());
    }

    @Override
    public Optional<InputStream> open(Digest digest) throws IOException {
        Path file = path(digest);
        return Files.exists(file) ? Optional.of(Files.newInputStream(file)) : Optional.empty();
    }

    @Override
    public Optional<Long> length(Digest digest) throws IOException {
        Path file = path(digest);
        return Files.exists(file) ? Optional.of(Files.size(file)) : Optional.empty();
    }

    @Override
    public boolean delete(Digest digest) throws IOException {
        return Files.deleteIfExists(path(digest));
    }

    private Path path(Digest digest) {
        String hex = digest.hex();
        return directory.resolve(hex.substring(0, 2)).resolve(hex.substring(2));
    }
}
