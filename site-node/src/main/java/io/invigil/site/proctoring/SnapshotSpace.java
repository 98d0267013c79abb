package io.invigil.site.proctoring;

import io.invigil.site.space.SpaceLevel;
import java.util.function.Supplier;

/**
 * What the free space allows (XSP/1 section 7): fewer and smaller snapshots, then none; answers go
 * first. Thread-safe as its supplier.
 */
public record SnapshotSpace(Supplier<SpaceLevel> level) {
    /** When space is scarce pictures come this much rarer. */
    static final int RARER = 4;

    public boolean any() {
        return level.get().snapshots();
    }

    public boolean inFull() {
        return level.get().snapshotsInFull();
    }

    /** Seconds between snapshots as space allows; 0 for none. */
    public int every(int policySeconds) {
        return !any() ? 0 : inFull() ? policySeconds : policySeconds * RARER;
    }
}
