package io.invigil.protocol.sim.sync;

import java.util.PriorityQueue;

/** Virtual time: what happens when, in one thread, ties in the order of planning. */
final class SimTimeline {
    /** A run that plans more than this is broken. */
    static final int EVENTS_MAX = 2_000_000;

    private record Event(long at, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now;
    private long planned;

    long now() {
        return now;
    }

    /** Plans an action this many milliseconds from now. */
    void in(long millis, Runnable action) {
        planned++;
        if (planned > EVENTS_MAX) {
            throw new IllegalStateException("the simulation does not end");
        }
        events.add(new Event(now + millis, planned, action));
    }

    /** Runs everything up to a time. */
    void runTo(long time) {
        while (!events.isEmpty() && events.peek().at() <= time) {
            Event event = events.poll();
            now = event.at();
            event.action().run();
        }
        now = time;
    }
}
