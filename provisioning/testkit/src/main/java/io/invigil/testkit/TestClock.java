package io.invigil.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves only when told. Thread-safe. */
public final class TestClock extends Clock {
    private volatile Instant now;

    public TestClock(Instant start) {
        now = start;
    }

    /** Friday, 20 November 2026, 09:00 in China. */
    public static TestClock examMorning() {
        return new TestClock(Instant.parse("2026-11-20T01:00:00Z"));
    }

    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    /** Also backwards: lab clocks do. */
    public synchronized void set(Instant to) {
        now = to;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** This clock itself: the zone does not matter to instants. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
