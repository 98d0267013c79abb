package io.invigil.protocol.ledger;

import io.invigil.protocol.ledger.device.DeviceRole;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Real threads: platform threads, because forcing a file blocks its carrier (XSP/1 section 2). They
 * are daemons: a device that hangs for ever must not keep the process.
 */
public final class ThreadScheduler implements LedgerScheduler {
    private final ScheduledThreadPoolExecutor ledger;
    private final Map<DeviceRole, ExecutorService> devices = new EnumMap<>(DeviceRole.class);

    public ThreadScheduler(String name) {
        ledger = new ScheduledThreadPoolExecutor(1, threads(name + "-ledger"));
        ledger.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        for (DeviceRole role : DeviceRole.values()) {
            devices.put(role, Executors.newSingleThreadExecutor(threads(name + "-ledger-" + role)));
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void run(Runnable task) {
        ledger.execute(task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        ledger.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public <T> void onDevice(DeviceRole role, DeviceWork<T> work, DeviceDone<T> done) {
        devices.get(role).execute(() -> runWork(work, done));
    }

    private <T> void runWork(DeviceWork<T> work, DeviceDone<T> done) {
        T result;
        try {
            result = work.run();
        } catch (IOException failure) {
            finish(() -> done.failed(failure));
            return;
        } catch (RuntimeException | Error broken) {
            finish(() -> done.failed(new IOException("the device's thread failed", broken)));
            return;
        }
        finish(() -> done.done(result));
    }

    private void finish(Runnable task) {
        try {
            ledger.execute(task);
        } catch (RejectedExecutionException closed) {
            // a slow device was still at work when the ledger was closed: nobody waits for it
            return;
        }
    }

    @Override
    public <T> T await(CompletableFuture<T> future) {
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
        devices.values().forEach(ExecutorService::shutdown);
        ledger.shutdown();
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofPlatform().name(name).daemon(true).factory();
    }
}
