package io.invigil.acceptance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.provisioning.demo.DemoCommand;
import io.invigil.provisioning.demo.DemoSettings;
import io.invigil.provisioning.demo.DemoWorld;
import io.invigil.provisioning.demo.NodeProcess;
import io.invigil.provisioning.demo.ProctorClient;
import io.invigil.provisioning.demo.SampleExam;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;

/**
 * A hub and two nodes as processes, and the fuller of the two rooms with everybody at their desk
 * and started. Used by one thread.
 */
final class BenchRoom implements AutoCloseable {
    private static final Duration PAPERS_MAX = Duration.ofSeconds(90);
    private static final Duration SPACE_MAX = Duration.ofSeconds(120);

    private final DemoWorld world;
    private final NodeProcess node;
    private final List<SampleExam.Seat> seats;
    private final ProctorClient proctor;
    private final List<BenchCandidate> candidates = new ArrayList<>();

    /**
     * Starts everything; both rooms have half of the people.
     *
     * @param untilStart must be longer than loading the sample takes
     */
    BenchRoom(String name, int people, Duration untilStart)
            throws IOException, InterruptedException {
        this(Path.of("target", name + "-demo"), people, untilStart, DemoSettings.NODE_HEAP_MIB);
    }

    /**
     * @param directory of everything; its name contains "demo"
     * @param nodeHeapMib largest heap of a room server
     */
    BenchRoom(Path directory, int people, Duration untilStart, int nodeHeapMib)
            throws IOException, InterruptedException {
        DemoSettings settings =
                new DemoSettings(
                        directory,
                        people,
                        untilStart,
                        DemoCommand.DatabaseKind.derby,
                        DemoCommand.BrokerKind.embedded,
                        false,
                        nodeHeapMib);
        world = new DemoWorld(settings);
        try {
            world.start();
            world.publish();
            node =
                    world.nodes().stream()
                            .max(Comparator.comparingLong(each -> seatsOf(each).size()))
                            .orElseThrow();
            seats = seatsOf(node);
            proctor = new ProctorClient(node);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            world.close();
            throw failed;
        }
    }

    private List<SampleExam.Seat> seatsOf(NodeProcess one) {
        return world.sample().seats().stream().filter(one.node()::serves).toList();
    }

    /** Opens the paper and check-in, checks everybody in, waits for the slot, starts everybody. */
    void everybodyStarts(int people) throws Exception {
        checkInEverybody();
        waitForTheSlot();
        SSLContext tls = tls();
        List<Callable<BenchCandidate>> arrivals = new ArrayList<>();
        for (SampleExam.Seat seat : seats.subList(0, people)) {
            arrivals.add(() -> BenchCandidate.started(tls, node.httpsPort(), seat));
        }
        candidates.addAll(together(arrivals));
    }

    /** Opens the paper and check-in, and checks everybody in. */
    void checkInEverybody() throws Exception {
        proctor.login();
        proctor.exam().orElseThrow();
        proctor.phase("READY");
        world.hub().ask("release");
        until("papers to open", PAPERS_MAX, this::papersAreOpen);
        proctor.phase("CHECK_IN");
        for (SampleExam.Seat seat : seats) {
            proctor.checkIn(seat.admissionNumber());
        }
    }

    /** Waits for the slot's start and lets the room begin. */
    void waitForTheSlot() throws InterruptedException {
        long millis = Duration.between(Instant.now(), world.sample().start()).toMillis();
        Thread.sleep(Math.max(0, millis));
        proctor.phase("RUNNING");
    }

    SSLContext tls() throws IOException {
        return TrustingTls.of(node.authority());
    }

    List<SampleExam.Seat> seats() {
        return seats;
    }

    /** These people are closed with the room. */
    void sat(Collection<BenchCandidate> people) {
        candidates.addAll(people);
    }

    private boolean papersAreOpen() {
        for (JsonNode paper : proctor.state().path("papers")) {
            if (!paper.path("open").asBoolean()) {
                return false;
            }
        }
        return true;
    }

    /** Waits until the node says that its disk is so full. */
    void awaitSpace(String level) throws Exception {
        until("the disk to be " + level, SPACE_MAX, () -> proctor.spaceLevel().equals(level));
    }

    /** Runs all at once, each in a thread of its own; fails when one does. */
    static <T> List<T> together(List<Callable<T>> work) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> each : threads.invokeAll(work)) {
                try {
                    results.add(each.get());
                } catch (ExecutionException failed) {
                    throw new IllegalStateException("a candidate failed", failed.getCause());
                }
            }
            return results;
        }
    }

    static void until(String what, Duration most, Callable<Boolean> reached) throws Exception {
        long end = System.nanoTime() + most.toNanos();
        while (!reached.call()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            Thread.sleep(100);
        }
    }

    DemoWorld world() {
        return world;
    }

    NodeProcess node() {
        return node;
    }

    ProctorClient proctor() {
        return proctor;
    }

    int registered() {
        return seats.size();
    }

    List<BenchCandidate> candidates() {
        return List.copyOf(candidates);
    }

    @Override
    public void close() throws IOException {
        for (BenchCandidate candidate : candidates) {
            candidate.close();
        }
        proctor.close();
        world.close();
    }
}
