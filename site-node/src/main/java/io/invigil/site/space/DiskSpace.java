package io.invigil.site.space;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** What can be asked of the disk under the data directory. Thread-safe. */
public interface DiskSpace {
    long usableBytes();

    long totalBytes();

    /** Whether a new file can be made: no file names or handles left is like no space (row 18). */
    boolean takesFiles();

    /** The disk that a directory lies on. */
    static DiskSpace of(Path directory) {
        return new Real(directory);
    }

    /** The file system's own answers. */
    final class Real implements DiskSpace {
        private final Path directory;

        private Real(Path directory) {
            this.directory = directory;
        }

        @Override
        public long usableBytes() {
            return read(false);
        }

        @Override
        public long totalBytes() {
            return read(true);
        }

        @Override
        public boolean takesFiles() {
            try {
                Files.delete(Files.createTempFile(directory, "probe", ".tmp"));
                return true;
            } catch (IOException exhausted) {
                return false;
            }
        }

        private long read(boolean total) {
            try {
                FileStore store = Files.getFileStore(directory);
                return total ? store.getTotalSpace() : store.getUsableSpace();
            } catch (IOException gone) {
                throw new UncheckedIOException("the disk of " + directory + " is gone", gone);
            }
        }
    }
}
