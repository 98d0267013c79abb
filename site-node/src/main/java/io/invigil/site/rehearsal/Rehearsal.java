package io.invigil.site.rehearsal;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.fact.NodeId;
import io.invigil.site.doctor.Latencies;
import io.invigil.site.rehearsal.RehearsalResult.Figure;
import io.invigil.site.rehearsal.RehearsalResult.Line;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One rehearsal from the first arrival to the verdict. Run once, by one thread; read by any. */
public final class Rehearsal {
    /** A save's 99th percentile (issue 3, part 9). */
    static final Duration SAVE_P99_MAX = Duration.ofMillis(50);

    /** A login's 99th percentile (issue 3, part 9). */
    static final Duration LOGIN_P99_MAX = Duration.ofSeconds(2);

    /** This project's figure, as the check of memory has it. */
    static final double HEAP_SHARE_MAX = 0.95;

    private static final double MIB = 1024.0 * 1024;

    private final Stage stage;
    private final RehearsalOrder order;
    private final RehearsalExam exam;
    private final String software;
    private final Clock clock;
    private final Latencies logins = new Latencies();
    private final Latencies saves = new Latencies();
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger handedIn = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicLong heapMost = new AtomicLong();
    private volatile boolean stopped;

    Rehearsal(
            Stage stage,
            NodeId node,
            RehearsalOrder order,
            String software,
            Clock clock,
            Entropy entropy) {
        this.stage = stage;
        this.order = order;
        this.software = software;
        this.clock = clock;
        this.exam = new RehearsalExam(node, order.candidates(), clock.instant(), entropy);
    }

    /** How far it is. */
    public record Progress(int candidates, int arrived, long saves, int handedIn, int failed) {}

    Progress progress() {
        return new Progress(
                order.candidates(), arrived.get(), saves.count(), handedIn.get(), failed.get());
    }

    /** Ends it early; what was measured so far is judged. */
    void stop() {
        stopped = true;
    }

    /** Plays it; whatever breaks the stage ends it with a problem, never with an exception. */
    RehearsalResult play() {
        try (Stage.Open open = stage.open(exam)) {
            try (RehearsalProctor proctor = new RehearsalProctor(open, exam)) {
                proctor.begin(exam);
                List<SimulatedCandidate> candidates = sit(open);
                proctor.end();
                long bytes = open.bytesOnDisk();
                return judge(candidates, open.savedOnDisk(), bytes);
            }
        } catch (IOException | RuntimeException broken) {
            System.getLogger(Rehearsal.class.getName())
                    .log(System.Logger.Level.WARNING, "the rehearsal broke off", broken);
            return RehearsalResult.brokenOff(
                    exam.name(),
                    clock.instant(),
                    order,
                    software,
                    broken.getClass().getSimpleName() + ": " + broken.getMessage());
        }
    }

    private List<SimulatedCandidate> sit(Stage.Open open) throws IOException {
        List<SimulatedCandidate> there = new ArrayList<>();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<SimulatedCandidate>>> all = new ArrayList<>();
            for (RehearsalExam.Seat seat : exam.seats()) {
                all.add(threads.submit(() -> sit(open, seat, start)));
            }
            for (Future<List<SimulatedCandidate>> each : all) {
                there.addAll(each.get());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } catch (java.util.concurrent.ExecutionException broken) {
            throw new IOException("a candidate broke off", broken.getCause());
        }
        return there;
    }

    /** Empty when the candidate did not even get in. */
    private List<SimulatedCandidate> sit(Stage.Open open, RehearsalExam.Seat seat, long start)
            throws InterruptedException {
        Thread.sleep(order.arrival(seat.seat() - 1));
        SimulatedCandidate candidate;
        try {
            long before = System.nanoTime();
            candidate =
                    SimulatedCandidate.loggedIn(
                            new KeptConnection(open.tls(), open.host(), open.port()),
                            seat.admissionNumber(),
                            seat.pin(),
                            String.valueOf(seat.seat()));
            logins.add(System.nanoTime() - before);
            arrived.incrementAndGet();
        } catch (IOException refused) {
            failed.incrementAndGet();
            return List.of();
        }
        try (candidate) {
            candidate.start();
            long end = start + order.lasting().toNanos();
            while (!stopped && System.nanoTime() < end) {
                long before = System.nanoTime();
                candidate.save();
                saves.add(System.nanoTime() - before);
                heapMost.accumulateAndGet(stage.heapBytes(), Math::max);
                pause(end);
            }
            candidate.handIn();
            handedIn.incrementAndGet();
        } catch (IOException refused) {
            failed.incrementAndGet();
        }
        return List.of(candidate);
    }

    private void pause(long end) throws InterruptedException {
        long most = Math.max(0, (end - System.nanoTime()) / 1_000_000);
        long next = System.nanoTime() + RehearsalOrder.SAVE_EVERY.toNanos();
        // a real exam that begins meanwhile has the room to itself
        stopped |= !stage.objection().isEmpty();
        while (!stopped && most > 0 && System.nanoTime() < Math.min(next, end)) {
            Thread.sleep(Math.min(most, 200));
        }
    }

    private RehearsalResult judge(
            List<SimulatedCandidate> candidates, Map<String, Integer> onDisk, long bytes) {
        List<String> acknowledged =
                candidates.stream().flatMap(c -> c.acknowledged().stream()).toList();
        long lost = acknowledged.stream().filter(op -> !onDisk.containsKey(op)).count();
        long twice = onDisk.values().stream().filter(count -> count > 1).count();
        long both = candidates.stream().mapToLong(SimulatedCandidate::savesOnTwoDevices).sum();
        List<Line> lines = new ArrayList<>();
        lines.add(none(Figure.FAILED, failed.get()));
        lines.add(none(Figure.LOST, lost));
        lines.add(none(Figure.DUPLICATED, twice));
        lines.add(
                new Line(
                        Figure.HANDED_IN,
                        String.valueOf(handedIn.get()),
                        "= " + order.candidates(),
                        handedIn.get() == order.candidates()));
        lines.add(new Line(Figure.SAVE_P50, millis(saves.percentile(50)), "", true));
        lines.add(within(Figure.SAVE_P99, saves.percentile(99), SAVE_P99_MAX));
        lines.add(within(Figure.LOGIN_P99, logins.percentile(99), LOGIN_P99_MAX));
        lines.add(twoDevices(both, acknowledged.size()));
        lines.add(heap());
        lines.add(new Line(Figure.DISK, "%.1f MiB".formatted(bytes / MIB), "", true));
        return new RehearsalResult(
                exam.name(),
                clock.instant(),
                order.candidates(),
                order.lasting().toSeconds(),
                software,
                lines,
                "");
    }

    private static Line none(Figure figure, long count) {
        return new Line(figure, String.valueOf(count), "= 0", count == 0);
    }

    private static Line within(Figure figure, Duration measured, Duration most) {
        return new Line(
                figure, millis(measured), "≤ " + millis(most), measured.compareTo(most) <= 0);
    }

    private Line twoDevices(long both, long all) {
        long percent = all == 0 ? 0 : both * 100 / all;
        return stage.twoDevices()
                ? new Line(Figure.TWO_DEVICES, percent + " %", "= 100 %", both == all)
                : new Line(Figure.TWO_DEVICES, "–", "", true);
    }

    private Line heap() {
        double share = (double) heapMost.get() / stage.heapBytesMax();
        return new Line(
                Figure.HEAP,
                "%.0f / %.0f MiB".formatted(heapMost.get() / MIB, stage.heapBytesMax() / MIB),
                "≤ %.0f %%".formatted(HEAP_SHARE_MAX * 100),
                share <= HEAP_SHARE_MAX);
    }

    private static String millis(Duration duration) {
        return Latencies.millis(duration) + " ms";
    }
}
