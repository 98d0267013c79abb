package io.invigil.protocol.ledger;

import io.invigil.protocol.ledger.device.DeviceRole;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Threads and time of a ledger: one thread for its state, one for each device. A parameter so that
 * tests run it in one thread with time of their own.
 */
public interface LedgerScheduler extends AutoCloseable {

    /** Monotonic nanoseconds. */
    long nanoTime();

    /** Runs a task on the ledger's thread, in order of the calls. Any thread may call. */
    void run(Runnable task);

    /** Runs a task on the ledger's thread after a delay. */
    void after(Duration delay, Runnable task);

    /** Runs work on a device's thread, in order, then {@code done} on the ledger's thread. */
    <T> void onDevice(DeviceRole role, DeviceWork<T> work, DeviceDone<T> done);

    /** Waits for a future that the ledger's thread completes; not to be called on that thread. */
    <T> T await(CompletableFuture<T> future);

    /** Ends the threads; work under way is finished, later work is not started. */
    @Override
    void close();

    /** Work that may fail with the device. */
    @FunctionalInterface
    interface DeviceWork<T> {
        T run() throws IOException;
    }

    /** Receives what the work gave. */
    interface DeviceDone<T> {
        void done(T result);

        void failed(IOException cause);
    }
}
