package io.invigil.protocol.sim;

import io.invigil.protocol.ledger.LedgerScheduler;
import io.invigil.protocol.ledger.device.DeviceRole;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A ledger's threads and time in the caller's one thread: tasks run in order of simulated time when
 * the caller waits. A device's work happens when it starts and is heard of when its simulated time
 * has passed. Not thread-safe.
 */
public final class SteppedScheduler implements LedgerScheduler {
    /** Tasks run in one wait; more means that the simulated system never comes to rest. */
    public static final long STEPS_MAX = 10_000_000;

    private record Task(long at, long order, Runnable work) {}

    private final Map<DeviceRole, CrashFs> devices;
    private final Map<DeviceRole, Long> freeAt = new EnumMap<>(DeviceRole.class);
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
    private long now;
    private long order;
    private boolean closed;

    /**
     * @param devices asked how long their work took
     */
    public SteppedScheduler(Map<DeviceRole, CrashFs> devices) {
        this.devices = Map.copyOf(devices);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void run(Runnable task) {
        add(now, task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        add(now + delay.toNanos(), task);
    }

    @Override
    public <T> void onDevice(DeviceRole role, DeviceWork<T> work, DeviceDone<T> done) {
        long start = Math.max(now, freeAt.getOrDefault(role, 0L));
        add(start, () -> runWork(role, work, done));
    }

    private <T> void runWork(DeviceRole role, DeviceWork<T> work, DeviceDone<T> done) {
        Runnable finish;
        try {
            T result = work.run();
            finish = () -> done.done(result);
        } catch (IOException failure) {
            finish = () -> done.failed(failure);
        }
        long end = now + devices.get(role).takeElapsedNanos();
        freeAt.put(role, end);
        add(end, finish);
    }

    /** Lets simulated time pass and runs what falls due. */
    public void pass(Duration time) {
        long until = now + time.toNanos();
        long steps = 0;
        while (!tasks.isEmpty() && tasks.peek().at() <= until) {
            bound(++steps);
            next();
        }
        now = until;
    }

    /**
     * Runs until the future is done.
     *
     * @throws IllegalStateException when nothing is left that could complete it
     */
    @Override
    public <T> T await(CompletableFuture<T> future) {
        long steps = 0;
        while (!future.isDone()) {
            if (tasks.isEmpty()) {
                throw new IllegalStateException("nothing will ever complete what is awaited");
            }
            bound(++steps);
            next();
        }
        try {
            return future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    @Override
    public void close() {
        closed = true;
        tasks.clear();
    }

    private void add(long at, Runnable work) {
        if (!closed) {
            tasks.add(new Task(at, order++, work));
        }
    }

    private void next() {
        Task task = tasks.remove();
        now = Math.max(now, task.at());
        task.work().run();
    }

    private static void bound(long steps) {
        if (steps > STEPS_MAX) {
            throw new IllegalStateException("the simulated system never comes to rest");
        }
    }
}
