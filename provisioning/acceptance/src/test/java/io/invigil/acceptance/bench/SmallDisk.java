package io.invigil.acceptance.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real file system of its own in a file, so that it can be filled without filling the machine's.
 * Making one takes root and a loop device.
 */
final class SmallDisk implements AutoCloseable {
    private static final int BLOCK_BYTES = 1024 * 1024;

    private final Path mountPoint;
    private final Path filler;

    private SmallDisk(Path mountPoint) {
        this.mountPoint = mountPoint;
        this.filler = mountPoint.resolve("filler");
    }

    /** Empty where this machine does not let us. */
    static Optional<SmallDisk> mounted(Path directory, int mebibytes)
            throws IOException, InterruptedException {
        Path image = directory.resolve("disk.img");
        Path point = Files.createDirectories(directory.resolve("disk"));
        // sparse: it takes what is really written
        try (FileChannel sparse =
                FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            sparse.write(ByteBuffer.wrap(new byte[1]), mebibytes * (long) BLOCK_BYTES - 1);
        }
        boolean mounted =
                runs("mkfs.ext4", "-q", "-m", "0", image.toString())
                        && runs("mount", "-o", "loop", image.toString(), point.toString());
        return mounted ? Optional.of(new SmallDisk(point)) : Optional.empty();
    }

    private static boolean runs(String... command) throws IOException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(List.of(command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    Path path() {
        return mountPoint;
    }

    /** Takes space until only so much is free, as a runaway log would. */
    void fillTo(double freePercent) throws IOException, InterruptedException {
        FileStore store = Files.getFileStore(mountPoint);
        long held = Files.exists(filler) ? Files.size(filler) : 0;
        long free = (long) (store.getTotalSpace() * freePercent / 100);
        String bytes = String.valueOf(held + store.getUsableSpace() - free);
        if (!runs("fallocate", "-l", bytes, filler.toString())) {
            throw new IOException("could not fill " + filler + " with " + bytes + " bytes");
        }
    }

    void clean() throws IOException {
        Files.deleteIfExists(filler);
    }

    @Override
    public void close() throws IOException {
        try {
            if (!runs("umount", mountPoint.toString())) {
                throw new IOException(mountPoint + " is still in use");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
