package io.invigil.site.space;

import java.nio.file.Path;

/** A disk of 1 000 MiB that a test fills; a real ballast file takes of it. */
public final class FilledDisk implements DiskSpace {
    public static final long MIB = 1024 * 1024;
    public static final long BYTES = 1_000 * MIB;

    private final Path ballast;
    private final long ballastBytes;
    private volatile long usedByOthers;
    private volatile boolean takesFiles = true;

    public FilledDisk(Path ballast, long ballastBytes) {
        this.ballast = ballast;
        this.ballastBytes = ballastBytes;
    }

    /** Leaves so many MiB beside the ballast's place. */
    public void free(long mebibytes) {
        usedByOthers = BYTES - ballastBytes - mebibytes * MIB;
    }

    public void takesFiles(boolean takes) {
        takesFiles = takes;
    }

    @Override
    public long usableBytes() {
        return Math.max(0, BYTES - usedByOthers - ballast.toFile().length());
    }

    @Override
    public long totalBytes() {
        return BYTES;
    }

    @Override
    public boolean takesFiles() {
        return takesFiles;
    }
}
