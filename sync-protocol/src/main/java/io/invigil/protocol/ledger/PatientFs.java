package io.invigil.protocol.ledger;

import io.invigil.protocol.ledger.device.LedgerFile;
import io.invigil.protocol.ledger.device.LedgerFs;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A device while the ledger opens: an operation that does not end in time fails, so that a stick
 * that hangs cannot keep the room from starting (principle P8). Its thread is left behind with the
 * hanging call.
 */
final class PatientFs implements LedgerFs, AutoCloseable {
    private final LedgerFs real;
    private final Duration patience;
    private final ExecutorService thread;

    PatientFs(LedgerFs real, Duration patience) {
        this.real = real;
        this.patience = patience;
        this.thread =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("ledger-start").daemon(true).factory());
    }

    @Override
    public List<String> list() throws IOException {
        return inTime(real::list);
    }

    @Override
    public long size(String name) throws IOException {
        return inTime(() -> real.size(name));
    }

    @Override
    public byte[] read(String name, long offset, int length) throws IOException {
        return inTime(() -> real.read(name, offset, length));
    }

    @Override
    public LedgerFile create(String name) throws IOException {
        return new PatientFile(inTime(() -> real.create(name)));
    }

    @Override
    public LedgerFile reopen(String name) throws IOException {
        return new PatientFile(inTime(() -> real.reopen(name)));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        inTime(done(() -> real.rename(from, to)));
    }

    @Override
    public void delete(String name) throws IOException {
        inTime(done(() -> real.delete(name)));
    }

    @Override
    public void syncDirectory() throws IOException {
        inTime(done(real::syncDirectory));
    }

    @Override
    public String describe() {
        return real.describe();
    }

    @Override
    public String store() throws IOException {
        return inTime(real::store);
    }

    /** Ends the thread; the device itself stays usable. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    private <T> T inTime(LedgerScheduler.DeviceWork<T> work) throws IOException {
        Future<T> result = thread.submit(work::run);
        try {
            return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException hangs) {
            throw new IOException(
                    real.describe() + " did not answer in " + patience.toSeconds() + " s", hangs);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the ledger was opened", stop);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(failed.getCause());
        }
    }

    /** Work without a result. */
    private interface Step {
        void run() throws IOException;
    }

    private static LedgerScheduler.DeviceWork<Boolean> done(Step step) {
        return () -> {
            step.run();
            return true;
        };
    }

    private final class PatientFile implements LedgerFile {
        private final LedgerFile file;

        PatientFile(LedgerFile file) {
            this.file = file;
        }

        @Override
        public void append(byte[] bytes) throws IOException {
            inTime(done(() -> file.append(bytes)));
        }

        @Override
        public void force() throws IOException {
            inTime(done(file::force));
        }

        @Override
        public long length() {
            return file.length();
        }

        @Override
        public void close() throws IOException {
            inTime(done(file::close));
        }
    }
}
