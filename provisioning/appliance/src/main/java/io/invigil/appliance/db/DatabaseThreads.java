package io.invigil.appliance.db;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The platform threads on which every statement runs. Web requests run on virtual threads that a
 * stopping server interrupts, and an interrupt inside Derby closes its file channels (protocol.md
 * section 16); these threads are never interrupted.
 */
final class DatabaseThreads implements AutoCloseable {
    static final int WAITING_MAX = 4_096;

    private final ThreadPoolExecutor pool;

    DatabaseThreads(int threads) {
        pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING_MAX),
                        DatabaseThread::new);
    }

    static boolean isInside() {
        return Thread.currentThread() instanceof DatabaseThread;
    }

    /** Runs the work and waits for its end, whatever interrupts the waiting thread. */
    <T> T call(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        try {
            pool.execute(task);
        } catch (RejectedExecutionException full) {
            throw new DatabaseOverloaded(
                    pool.isShutdown() ? "the database is closed" : "too many waiting transactions",
                    full);
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException later) {
                    interrupted = true;
                } catch (ExecutionException failed) {
                    throw rethrow(failed.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException rethrow(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException runtime) {
            return runtime;
        }
        return new IllegalStateException(cause);
    }

    @Override
    public void close() {
        pool.shutdown();
        boolean ended = false;
        boolean interrupted = false;
        while (!ended) {
            try {
                ended = pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class DatabaseThread extends Thread {
        DatabaseThread(Runnable work) {
            super(work, "database");
            setDaemon(true);
        }
    }
}
