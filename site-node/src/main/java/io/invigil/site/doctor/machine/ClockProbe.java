package io.invigil.site.doctor.machine;

import io.invigil.site.doctor.Check;
import io.invigil.site.doctor.Measured;
import io.invigil.site.doctor.Probe;
import io.invigil.site.doctor.Symptom;
import io.invigil.site.room.RoomTimeSource;
import io.invigil.site.room.core.CoreTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The wall clock's offset from the centre's time, and its drift over the machine's monotonic time
 * since the start. Exam time does not depend on it (XSP/1 section 11), but check-in windows, papers
 * and people do.
 */
public final class ClockProbe implements Probe {
    /** Above it people notice; this project's own figure. */
    public static final Duration OFFSET_GOOD = Duration.ofSeconds(5);

    /** Check-in windows and codes count minutes (domain, section 9). */
    public static final Duration OFFSET_MAX = Duration.ofSeconds(60);

    /** No quartz drifts so far within a day: somebody set the clock. This project's own figure. */
    public static final Duration STEP_MAX = Duration.ofSeconds(20);

    private final RoomTimeSource time;
    private final ReferenceTime reference;
    private final Supplier<Optional<Instant>> vouched;
    private final CoreTime start;

    /**
     * @param vouched the time that the centre has signed: it is at least so late
     */
    public ClockProbe(
            RoomTimeSource time, ReferenceTime reference, Supplier<Optional<Instant>> vouched) {
        this.time = time;
        this.reference = reference;
        this.vouched = vouched;
        this.start = time.now();
    }

    @Override
    public Check check() {
        return Check.CLOCK;
    }

    @Override
    public Measured look() {
        CoreTime now = time.now();
        long drift = (now.wallMillis() - start.wallMillis()) - (now.upMillis() - start.upMillis());
        String drifted = seconds(drift);
        Optional<ReferenceTime.Known> known = reference.known();
        if (known.isPresent()) {
            long offset = now.wallMillis() - known.get().now().toEpochMilli();
            long sure = Math.max(0, Math.abs(offset) - known.get().uncertain().toMillis());
            return Measured.of(
                    symptom(sure, drift),
                    seconds(offset),
                    seconds(known.get().uncertain().toMillis()).substring(1),
                    drifted);
        }
        Optional<Instant> bound = vouched.get();
        if (bound.isPresent()) {
            long behind = bound.get().toEpochMilli() - now.wallMillis();
            if (behind > OFFSET_MAX.toMillis()) {
                return Measured.of(Symptom.CLOCK_WRONG, seconds(-behind), "–", drifted);
            }
        }
        if (Math.abs(drift) > STEP_MAX.toMillis()) {
            return Measured.of(Symptom.CLOCK_STEPPED, "–", "–", drifted);
        }
        return Measured.of(Symptom.CLOCK_UNCOMPARED, drifted);
    }

    private static Symptom symptom(long offBy, long drift) {
        if (offBy > OFFSET_MAX.toMillis()) {
            return Symptom.CLOCK_WRONG;
        }
        if (Math.abs(drift) > STEP_MAX.toMillis()) {
            return Symptom.CLOCK_STEPPED;
        }
        return offBy > OFFSET_GOOD.toMillis() ? Symptom.CLOCK_OFF : Symptom.CLOCK_LEVEL;
    }

    private static String seconds(long millis) {
        // rounded first: a few milliseconds behind are no "-0.0"
        return String.format(Locale.ROOT, "%+.1f", Math.round(millis / 1e2) / 10.0);
    }
}
