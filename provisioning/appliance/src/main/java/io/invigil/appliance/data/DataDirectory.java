package io.invigil.appliance.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The one directory that holds everything a server keeps. Opened by one process at a time (an
 * exclusive lock on {@code lock}); directories are 0700, files made here 0600. Thread-safe.
 */
public final class DataDirectory implements AutoCloseable {
    static final Set<PosixFilePermission> PRIVATE_DIRECTORY =
            PosixFilePermissions.fromString("rwx------");
    static final Set<PosixFilePermission> PRIVATE_FILE =
            PosixFilePermissions.fromString("rw-------");

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,60}");

    private final Path root;
    private final FileChannel lockChannel;
    private final FileLock lock;

    private DataDirectory(Path root, FileChannel lockChannel, FileLock lock) {
        this.root = root;
        this.lockChannel = lockChannel;
        this.lock = lock;
    }

    /**
     * Opens and when absent creates the directory.
     *
     * @throws DataDirectoryInUse when another process, or this one, has it open
     */
    public static DataDirectory open(Path root) {
        Path real = root.toAbsolutePath().normalize();
        try {
            makePrivate(real);
            Path lockFile = real.resolve("lock");
            FileChannel channel =
                    FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            restrict(lockFile, PRIVATE_FILE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new DataDirectoryInUse(real);
            }
            return new DataDirectory(real, channel, lock);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot open the data directory " + real, failure);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            return null;
        }
    }

    public Path root() {
        return root;
    }

    /** A sub-directory, created 0700 when absent. */
    public Path directory(String name) {
        Path directory = root.resolve(checked(name));
        try {
            makePrivate(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot make " + directory, failure);
        }
        return directory;
    }

    /** The path of a file directly in the data directory; not created. */
    public Path file(String name) {
        return root.resolve(checked(name));
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a plain name: " + name);
        }
        return name;
    }

    private static void makePrivate(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
        }
        restrict(directory, PRIVATE_DIRECTORY);
    }

    /** Sets the permissions where the file system has them. */
    static void restrict(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    /** Releases the lock; the files stay. */
    @Override
    public void close() {
        try {
            lock.release();
            lockChannel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot unlock " + root, failure);
        }
    }
}
