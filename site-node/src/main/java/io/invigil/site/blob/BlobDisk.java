package io.invigil.site.blob;

import io.invigil.appliance.data.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The steps that change blobs on disk, one by one, so that a test can stop between any two. */
public interface BlobDisk {
    /** Appends to a file, made when absent. */
    void write(Path file, byte[] content) throws IOException;

    void force(Path file) throws IOException;

    /** Replaces atomically. */
    void move(Path from, Path to) throws IOException;

    void forceDirectory(Path directory) throws IOException;

    /** Nothing happens when there is no such file. */
    void delete(Path file) throws IOException;

    /** The machine's own file system. */
    static BlobDisk real() {
        return new Real();
    }

    /** The real thing. Stateless. */
    final class Real implements BlobDisk {
        private Real() {}

        @Override
        public void write(Path file, byte[] content) throws IOException {
            try (FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.APPEND)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        }

        @Override
        public void force(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            Files.move(
                    from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
            PrivateFiles.forceDirectory(directory);
        }

        @Override
        public void delete(Path file) throws IOException {
            Files.deleteIfExists(file);
        }
    }
}
