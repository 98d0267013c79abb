package io.invigil.protocol.ledger;

import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.device.LedgerFs;
import io.invigil.protocol.ledger.device.Membership;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Brings one device towards the end of the log, one job at a time: what it must be told of the
 * membership, old segments it lacks, batches it missed, the batch in flight. The state is for the
 * ledger's thread; the jobs run on the device's.
 */
final class DevicePump {

    /** Where the pump finds what to do and whom to tell. */
    interface Work {
        Membership membership();

        EpochLog log();

        Optional<Flight> flight();

        LogEnd sealedEnd();

        /** A device to read a segment from for another. */
        Optional<LedgerFs> sourceOf(StoredSegment segment, DeviceRole forRole);

        void advanced(DevicePump pump);

        void failed(DevicePump pump, IOException cause);
    }

    private final DeviceRole role;
    private final String volume;
    private final LedgerFs fs;
    private final LedgerScheduler scheduler;
    private final long slowNanos;
    private final DeviceLog file;
    private final Deque<StoredSegment> missing = new ArrayDeque<>();
    private LogEnd end = LogEnd.START;
    private long toldGeneration;
    private boolean busy;
    private boolean out;
    private boolean stuck;
    private long jobStart;
    private LogEnd sealedAtJobStart = LogEnd.START;
    private Optional<Long> levelSince = Optional.empty();

    DevicePump(
            DeviceRole role,
            String volume,
            LedgerFs fs,
            List<StoredSegment> missing,
            LedgerScheduler scheduler,
            long slowNanos) {
        this.role = role;
        this.volume = volume;
        this.fs = fs;
        this.scheduler = scheduler;
        this.slowNanos = slowNanos;
        this.file = new DeviceLog(fs);
        this.missing.addAll(missing);
    }

    DeviceRole role() {
        return role;
    }

    String volume() {
        return volume;
    }

    LedgerFs fs() {
        return fs;
    }

    /** Whether it failed; it stays out until the ledger is opened again. */
    boolean isOut() {
        return out;
    }

    /** Whether it cannot be brought further because the other device cannot be read. */
    boolean isStuck() {
        return stuck;
    }

    boolean knows(Membership membership) {
        return toldGeneration >= membership.generation();
    }

    void knew(Membership membership) {
        toldGeneration = membership.generation();
    }

    boolean reaches(LogEnd place) {
        return missing.isEmpty() && end.reaches(place);
    }

    boolean reachesInSegment(StoredSegment segment, int offset) {
        return end.reaches(new LogEnd(segment.name().index(), offset));
    }

    /** Since when it has kept level, in nanoseconds of the scheduler. */
    Optional<Long> levelSince() {
        boolean slowNow = busy && scheduler.nanoTime() - jobStart > slowNanos;
        return slowNow ? Optional.empty() : levelSince;
    }

    /** It is relied on no longer: being level starts anew. */
    void leftBehind() {
        levelSince = Optional.empty();
    }

    /** Starts the next job if there is one and none runs. */
    void next(Work work) {
        if (out || busy) {
            return;
        }
        Membership membership = work.membership();
        if (!knows(membership)) {
            submit(work, () -> membership.write(fs), () -> knew(membership));
            return;
        }
        if (stuck) {
            return;
        }
        Optional<StoredSegment> old = Optional.ofNullable(missing.peekFirst());
        if (old.isPresent()) {
            copyOld(work, old.get());
            return;
        }
        nextInLog(work);
    }

    private void copyOld(Work work, StoredSegment segment) {
        Optional<LedgerFs> source = work.sourceOf(segment, role);
        submit(
                work,
                () -> SegmentCopy.copy(segment, DeviceLog.source(source), fs),
                () -> {
                    segment.heldBy(role);
                    missing.remove(segment);
                });
    }

    private void nextInLog(Work work) {
        List<StoredSegment> segments = work.log().segments();
        if (end.segment() < segments.size()) {
            StoredSegment segment = segments.get(end.segment());
            if (end.offset() < segment.end()) {
                catchUp(work, segment);
                return;
            }
            boolean last = end.segment() == segments.size() - 1;
            boolean opensNext = work.flight().map(flight -> flight.start() == 0).orElse(false);
            if (!last || opensNext && end.offset() == segment.end()) {
                end = new LogEnd(end.segment() + 1, 0);
                nextInLog(work);
                return;
            }
        }
        Optional<Flight> flight = work.flight();
        if (flight.isPresent() && flight.get().begin().equals(end)) {
            Flight batch = flight.get();
            submit(
                    work,
                    () -> file.write(batch.segment(), batch.start(), batch.bytes()),
                    () -> end = batch.end());
        }
    }

    private void catchUp(Work work, StoredSegment segment) {
        Optional<LedgerFs> source = work.sourceOf(segment, role);
        int from = end.offset();
        int to = segment.end();
        int[] reached = {from};
        submit(
                work,
                () -> reached[0] = file.copy(segment, from, to, DeviceLog.source(source)),
                () -> {
                    end = new LogEnd(end.segment(), reached[0]);
                    if (reached[0] >= segment.end()) {
                        segment.heldBy(role);
                    }
                });
    }

    /** Writes a file beside the log; completes with whether it is durable. */
    CompletableFuture<Boolean> put(String name, byte[] bytes) {
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        scheduler.onDevice(
                role,
                () -> {
                    SegmentCopy.put(fs, name, bytes);
                    return true;
                },
                new LedgerScheduler.DeviceDone<Boolean>() {
                    @Override
                    public void done(Boolean result) {
                        written.complete(result);
                    }

                    @Override
                    public void failed(IOException cause) {
                        written.complete(false);
                    }
                });
        return written;
    }

    /** Closes the file when the jobs are done; nobody waits for it. */
    void close() {
        scheduler.onDevice(
                role,
                () -> {
                    file.close();
                    return file;
                },
                new LedgerScheduler.DeviceDone<>() {
                    @Override
                    public void done(DeviceLog closed) {}

                    @Override
                    public void failed(IOException cause) {
                        out = true;
                    }
                });
    }

    /** Work on the device without a result. */
    private interface Job {
        void run() throws IOException;
    }

    private void submit(Work work, Job job, Runnable onSuccess) {
        busy = true;
        jobStart = scheduler.nanoTime();
        sealedAtJobStart = work.sealedEnd();
        scheduler.onDevice(
                role,
                () -> {
                    job.run();
                    return this;
                },
                new LedgerScheduler.DeviceDone<DevicePump>() {
                    @Override
                    public void done(DevicePump self) {
                        busy = false;
                        onSuccess.run();
                        noteLevel(work);
                        work.advanced(self);
                    }

                    @Override
                    public void failed(IOException cause) {
                        busy = false;
                        if (cause instanceof DeviceLog.SourceUnreadable) {
                            stuck = true;
                        } else {
                            out = true;
                        }
                        levelSince = Optional.empty();
                        work.failed(DevicePump.this, cause);
                    }
                });
    }

    /**
     * Level means: each job brings the device to where the log ended when the job began, in time. A
     * slow job breaks it; standing at the very end starts it.
     */
    private void noteLevel(Work work) {
        long now = scheduler.nanoTime();
        boolean inTime = now - jobStart <= slowNanos;
        boolean keptUp = reaches(sealedAtJobStart);
        if (!inTime || !keptUp) {
            levelSince = Optional.empty();
        }
        if (levelSince.isEmpty() && (keptUp && inTime || reaches(work.sealedEnd()))) {
            levelSince = Optional.of(now);
        }
    }
}
