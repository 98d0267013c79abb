package io.invigil.site.doctor.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which physical disk a directory lies on: two partitions of one disk die together. Linux says it
 * in {@code /sys/dev/block}; elsewhere the file system is all there is to compare.
 */
public final class Disks {
    private static final Path BLOCKS = Path.of("/sys/dev/block");

    private final Path blocks;
    private final Devices devices;

    /** The kernel's number of the device that a path lies on. */
    @FunctionalInterface
    public interface Devices {
        long number(Path path) throws IOException;
    }

    /**
     * @param blocks where the system lists block devices by number
     */
    public Disks(Path blocks, Devices devices) {
        this.blocks = blocks;
        this.devices = devices;
    }

    /** The disks of this machine. */
    public static Disks ofMachine() {
        return new Disks(
                BLOCKS, path -> ((Number) Files.getAttribute(path, "unix:dev")).longValue());
    }

    /** A name that two directories share exactly when they lie on one disk, as far as known. */
    String of(Path directory) throws IOException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return Files.getFileStore(directory).name();
        }
        long device = devices.number(directory);
        long major = (device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL);
        long minor = (device & 0xff) | (device >>> 12 & ~0xffL);
        String number = major + ":" + minor;
        Path block = blocks.resolve(number);
        if (!Files.exists(block)) {
            // overlay, memory, network: nothing more is known
            return number;
        }
        Path real = block.toRealPath();
        boolean partition = Files.exists(real.resolve("partition"));
        return (partition ? real.getParent() : real).getFileName().toString();
    }
}
