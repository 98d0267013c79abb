package io.invigil.site.upload;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets so many files be in memory at one time: a room's heap is small, and a class that hands in at
 * the same moment must not fill it. The others wait without having sent their file. Thread-safe.
 */
final class UploadTurns {
    private final Semaphore doors;
    private final Duration longest;

    /**
     * @param places how many at one time
     * @param longest how long one waits for a place
     */
    UploadTurns(int places, Duration longest) {
        this.doors = new Semaphore(places, true);
        this.longest = longest;
    }

    /** What the work gives; empty when no place became free in time. */
    <T> Optional<T> take(Supplier<T> work) {
        try {
            if (!doors.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } finally {
            doors.release();
        }
    }
}
