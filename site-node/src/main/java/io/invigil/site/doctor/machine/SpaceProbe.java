package io.invigil.site.doctor.machine;

import io.invigil.site.doctor.Check;
import io.invigil.site.doctor.Measured;
import io.invigil.site.doctor.Probe;
import io.invigil.site.doctor.Symptom;
import io.invigil.site.space.DiskSpace;
import io.invigil.site.space.SpaceState;
import java.util.Locale;
import java.util.function.Supplier;

/** Where the ladder of the full disk stands (XSP/1 section 7: 20, 10 and 5 % free). */
public final class SpaceProbe implements Probe {
    private static final double GIB = 1024.0 * 1024 * 1024;

    private final DiskSpace disk;
    private final Supplier<SpaceState> ladder;

    public SpaceProbe(DiskSpace disk, Supplier<SpaceState> ladder) {
        this.disk = disk;
        this.ladder = ladder;
    }

    @Override
    public Check check() {
        return Check.SPACE;
    }

    @Override
    public Measured look() {
        SpaceState state = ladder.get();
        return Measured.of(
                symptom(state),
                gib(disk.usableBytes()),
                gib(disk.totalBytes()),
                state.freePercent(),
                state.ballastBytes() / (1024 * 1024));
    }

    private static Symptom symptom(SpaceState state) {
        if (state.cause() == SpaceState.Cause.FILES) {
            return Symptom.SPACE_NO_FILES;
        }
        return switch (state.level()) {
            case AMPLE -> Symptom.SPACE_AMPLE;
            case LOW -> Symptom.SPACE_LOW;
            case SCARCE -> Symptom.SPACE_SCARCE;
            case ANSWERS_ONLY -> Symptom.SPACE_ANSWERS_ONLY;
        };
    }

    private static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / GIB);
    }
}
