package io.invigil.hub.ingest;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Drives a {@link ProjectionRunner}: at once after a commit of this instance, every few seconds for
 * what other instances stored. A failing database is tried again; nothing is lost meanwhile.
 */
public final class ProjectionThread implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(3);
    private static final System.Logger LOG = System.getLogger(ProjectionThread.class.getName());

    private final ProjectionRunner runner;
    private final Semaphore news = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;

    public ProjectionThread(ProjectionRunner runner) {
        this.runner = runner;
        this.thread = Thread.ofPlatform().name("projections").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Says that something was stored. Returns at once; any thread. */
    public void wake() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    private void run() {
        boolean updated = false;
        while (!closing) {
            try {
                if (!updated) {
                    runner.retryAfterUpdate();
                    updated = true;
                }
                // while records keep coming, the batches follow each other without a pause
                if (runner.runOnce() == 0
                        && news.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException failure) {
                LOG.log(System.Logger.Level.ERROR, "projections wait for the database", failure);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the batch in hand. */
    @Override
    public void close() {
        closing = true;
        wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
