package io.invigil.site.space;

import java.nio.file.Path;

/**
 * Watches the disk and says what may still be written (XSP/1 section 7). Whoever writes anything
 * but answers asks {@link #level} first. Going down is immediate; going up needs two per cent more,
 * so that a disk at the edge does not flap. {@link #check} by one thread, reads by any.
 */
public final class SpaceLadder {
    /** How much more must be free before a better level is believed, per mille of the disk. */
    static final long UP_PER_MILLE = 20;

    /** What the ballast grows by at each check, so that no check takes long. */
    static final long BALLAST_STEP_BYTES = 64L * 1024 * 1024;

    private final DiskSpace disk;
    private final Ballast ballast;
    private final Changes changes;
    private volatile SpaceState state;

    /** Told, by the thread of {@link #check}, when the level changed. */
    @FunctionalInterface
    public interface Changes {
        void changed(SpaceState before, SpaceState now);
    }

    /**
     * @param ballastFile made by and by, where the ledger is
     * @param ballastBytes 0 for none
     */
    public SpaceLadder(DiskSpace disk, Path ballastFile, long ballastBytes, Changes changes) {
        this.disk = disk;
        this.ballast = new Ballast(ballastFile, ballastBytes);
        this.changes = changes;
        this.state = new SpaceState(SpaceLevel.AMPLE, 100, SpaceState.Cause.NONE, 0);
    }

    public SpaceLevel level() {
        return state.level();
    }

    public SpaceState state() {
        return state;
    }

    /** Looks at the disk, gives up or rebuilds the ballast, and tells a change. */
    public void check() {
        SpaceState before = state;
        boolean takesFiles = disk.takesFiles();
        long perMille = freePerMille();
        SpaceLevel level = takesFiles ? level(before, perMille) : SpaceLevel.ANSWERS_ONLY;
        if (level == SpaceLevel.ANSWERS_ONLY) {
            ballast.free();
        } else if (level == SpaceLevel.AMPLE) {
            ballast.grow(BALLAST_STEP_BYTES);
        }
        SpaceState.Cause cause =
                !takesFiles
                        ? SpaceState.Cause.FILES
                        : level == SpaceLevel.AMPLE
                                ? SpaceState.Cause.NONE
                                : SpaceState.Cause.SPACE;
        state = new SpaceState(level, (int) (perMille / 10), cause, ballast.held());
        if (level != before.level()) {
            changes.changed(before, state);
        }
    }

    /** What the ballast takes, or would take, is never counted as free. */
    private long freePerMille() {
        long free = Math.max(0, disk.usableBytes() - ballast.missing());
        return free / Math.max(1, disk.totalBytes() / 1000);
    }

    private static SpaceLevel level(SpaceState before, long perMille) {
        SpaceLevel now = SpaceLevel.of(perMille);
        if (now.compareTo(before.level()) >= 0) {
            return now;
        }
        SpaceLevel sure = SpaceLevel.of(Math.max(0, perMille - UP_PER_MILLE));
        return sure.compareTo(before.level()) < 0 ? sure : before.level();
    }
}
