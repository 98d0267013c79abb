package io.invigil.site.doctor.machine;

import io.invigil.site.room.RoomTimeSource;
import io.invigil.site.room.core.CoreTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the centre's clock said in an answer over mutual TLS, carried forward by the machine's
 * monotonic time. No NTP: rooms have none. Thread-safe.
 */
public final class ReferenceTime {
    /** HTTP dates have whole seconds: the true time is half of one later on average. */
    private static final long HALF_SECOND_MILLIS = 500;

    private final RoomTimeSource source;
    private Optional<Mark> mark = Optional.empty();

    private record Mark(String boot, long up, long hubMillis, long uncertainMillis) {}

    public ReferenceTime(RoomTimeSource source) {
        this.source = source;
    }

    /**
     * The centre's time now.
     *
     * @param uncertain how far it may be off, either way
     */
    public record Known(Instant now, Duration uncertain) {}

    /**
     * An answer said this date.
     *
     * @param took from the question to the answer
     */
    public synchronized void heard(Instant date, Duration took) {
        CoreTime now = source.now();
        long halfWay = took.toMillis() / 2;
        mark =
                Optional.of(
                        new Mark(
                                now.boot(),
                                now.upMillis(),
                                date.toEpochMilli() + HALF_SECOND_MILLIS + halfWay,
                                HALF_SECOND_MILLIS + halfWay));
    }

    public synchronized Optional<Known> known() {
        CoreTime now = source.now();
        return mark.filter(m -> m.boot().equals(now.boot()))
                .map(
                        m ->
                                new Known(
                                        Instant.ofEpochMilli(
                                                m.hubMillis() + now.upMillis() - m.up()),
                                        Duration.ofMillis(m.uncertainMillis())));
    }
}
