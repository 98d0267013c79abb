package io.invigil.provisioning.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One exam day without people: papers released, the line cut, check-in by phone and at the desk,
 * sittings by real HTTPS clients, nodes killed, rooms closed, the line mended, everything counted.
 * Used once, by one thread.
 */
public final class UnattendedDay {
    private static final long SEED = 7;
    private static final int ABSENT = 2;
    private static final int CERTIFICATE_DAYS_AHEAD = 8;
    private static final Duration ARRIVAL_MAX = Duration.ofMinutes(4);
    private static final Duration KILL_EVERY = Duration.ofSeconds(7);

    private final DemoWorld world;
    private final int kills;
    private final List<CandidateRecord> records = new ArrayList<>();
    private final Random random = new Random(SEED);

    public UnattendedDay(DemoWorld world, int kills) {
        this.world = world;
        this.kills = kills;
    }

    /**
     * @param line the machine-readable last line
     * @param right whether nothing was lost or doubled and every sitting is in exactly one state
     */
    public record Result(Map<String, Object> line, boolean right) {}

    public Result play(long startedNanos) throws Exception {
        List<ProctorClient> proctors = new ArrayList<>();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (NodeProcess node : world.nodes()) {
                ProctorClient proctor = new ProctorClient(node);
                proctors.add(proctor);
                proctor.login();
                proctor.exam().orElseThrow();
                proctor.phase("READY");
            }
            say("papers are released while there is a line");
            world.hub().ask("release");
            for (ProctorClient proctor : proctors) {
                awaitOpenPapers(proctor);
            }
            say("the line to the centre is cut");
            world.cutLines();
            for (int at = 0; at < proctors.size(); at++) {
                proctors.get(at).phase("CHECK_IN");
            }
            List<Future<?>> sittings = checkInAndSeat(proctors, people);
            awaitStart();
            for (ProctorClient proctor : proctors) {
                proctor.phase("RUNNING");
            }
            say(sittings.size() + " candidates sit, the line is still cut");
            List<Future<?>> killers = kill(people);
            awaitAll(sittings);
            awaitAll(killers);
            for (ProctorClient proctor : proctors) {
                proctor.close(true);
            }
            say("rooms are closed; the line is mended");
            world.mendLines();
            boolean receipts = awaitReceipts(proctors);
            return count(receipts, startedNanos);
        } finally {
            proctors.forEach(ProctorClient::close);
        }
    }

    private void awaitOpenPapers(ProctorClient proctor) throws Exception {
        until(
                "papers to open",
                Duration.ofSeconds(60),
                () -> {
                    for (JsonNode paper : proctor.state().path("papers")) {
                        if (!paper.path("open").asBoolean()) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    /** All but the absent come in: half by phone, half at the desk; one of them changes seat. */
    private List<Future<?>> checkInAndSeat(List<ProctorClient> proctors, ExecutorService people)
            throws IOException, InterruptedException {
        List<Future<?>> sittings = new ArrayList<>();
        List<SampleExam.Seat> seats = new ArrayList<>(world.sample().seats());
        List<SampleExam.Seat> absent = List.of(seats.get(3), seats.get(seats.size() - 4));
        boolean moved = false;
        boolean crashed = false;
        try (HttpClient phones = HttpClient.newHttpClient()) {
            for (SampleExam.Seat seat : seats) {
                int at = roomOf(seat);
                NodeProcess node = world.nodes().get(at);
                CandidateRecord record = new CandidateRecord(seat.sitting());
                records.add(record);
                if (absent.contains(seat)) {
                    continue;
                }
                if (seat.sitting() % 2 == 0) {
                    new Phone(phones, node).checkIn(proctors.get(at), seat);
                } else {
                    proctors.get(at).checkIn(seat.admissionNumber());
                }
                boolean last = at == world.nodes().size() - 1;
                if (!moved && last) {
                    moved = true;
                    proctors.get(at).moveSeat(seat.sitting(), freeSeat(at, seats), "显示器故障");
                }
                boolean crashes = !crashed && last;
                crashed |= crashes;
                CandidatePlay play =
                        new CandidatePlay(
                                node,
                                seat,
                                record,
                                world.sample().rightAnswers(),
                                random.nextLong(),
                                crashes);
                sittings.add(
                        people.submit(
                                () -> {
                                    play.play();
                                    return null;
                                }));
            }
        }
        if (sittings.size() != seats.size() - ABSENT) {
            throw new IllegalStateException("two candidates should be absent");
        }
        return sittings;
    }

    private int roomOf(SampleExam.Seat seat) {
        for (int at = 0; at < world.nodes().size(); at++) {
            if (world.nodes().get(at).node().room().equals(seat.room())) {
                return at;
            }
        }
        throw new IllegalStateException("no node serves " + seat.room());
    }

    private int freeSeat(int room, List<SampleExam.Seat> seats) {
        String name = world.nodes().get(room).node().room();
        int most =
                seats.stream()
                        .filter(seat -> seat.room().equals(name))
                        .mapToInt(SampleExam.Seat::seat)
                        .max()
                        .orElseThrow();
        return most + 1;
    }

    private void awaitStart() throws InterruptedException {
        long millis = Duration.between(Instant.now(), world.sample().start()).toMillis();
        if (millis > 0) {
            say("the slot starts in " + millis / 1000 + " s");
            Thread.sleep(millis);
        }
    }

    /** Each node is killed so many times while people answer. */
    private List<Future<?>> kill(ExecutorService people) {
        List<Future<?>> killers = new ArrayList<>();
        for (NodeProcess node : world.nodes()) {
            long first = 3_000 + random.nextInt(3_000);
            Callable<Void> killer =
                    () -> {
                        Thread.sleep(first);
                        for (int done = 0; done < kills; done++) {
                            say(node.node().name() + " is killed");
                            node.killAndRestart(Duration.ofMillis(500));
                            Thread.sleep(KILL_EVERY);
                        }
                        return null;
                    };
            killers.add(people.submit(killer));
        }
        return killers;
    }

    /** Whether verified receipts cover every record of every node. */
    private boolean awaitReceipts(List<ProctorClient> proctors) throws Exception {
        int registered = world.sample().seats().size();
        until(
                "the hub to hold every sitting",
                ARRIVAL_MAX,
                () -> {
                    JsonNode progress = world.hub().ask("progress");
                    return progress.path("TAKEN").asInt() + progress.path("ABSENT").asInt()
                            == registered;
                });
        until(
                "receipts for every record",
                ARRIVAL_MAX,
                () -> {
                    for (ProctorClient proctor : proctors) {
                        if (proctor.waitingForReceipts() > 0) {
                            return false;
                        }
                    }
                    return true;
                });
        // a receipt says stored; scores and this comparison read what was made of it since
        until(
                "the hub to apply what it has stored",
                ARRIVAL_MAX,
                () -> world.hub().ask("progress").path(PracticeOffice.LANES_BEHIND).asInt(1) == 0);
        return true;
    }

    private Result count(boolean receipts, long startedNanos) throws IOException {
        Path exported = world.directory().resolve("hub-answers.jsonl");
        world.hub().ask("export " + exported);
        Reconciliation compared = Reconciliation.of(records, exported);
        world.hub().ask("review");
        JsonNode outcomes = world.hub().ask("enter");
        say("eight days later: scores are final, certificates are issued");
        world.restartHub(CERTIFICATE_DAYS_AHEAD);
        JsonNode certificates = world.hub().ask("certify " + world.directory());
        int registered = world.sample().seats().size();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("registered", registered);
        line.put("absent", outcomes.path("ABSENT").asInt());
        line.put("interrupted", outcomes.path("INTERRUPTED").asInt());
        line.put("pendingReview", outcomes.path("PENDING_REVIEW").asInt());
        line.put("rejected", outcomes.path("REJECTED").asInt());
        line.put("scored", outcomes.path("SCORED").asInt());
        int states = 0;
        for (JsonNode count : outcomes) {
            states += count.asInt();
        }
        line.put("lost", compared.lost());
        line.put("duplicated", compared.duplicated());
        line.put("receiptsVerified", receipts);
        line.put("certificates", certificates.path("issued").asInt());
        line.put("seconds", (System.nanoTime() - startedNanos) / 1_000_000_000);
        boolean right =
                states == registered
                        && outcomes.path("ABSENT").asInt() == ABSENT
                        && outcomes.path("SCORED").asInt() == registered - ABSENT
                        && compared.lost() == 0
                        && compared.duplicated() == 0
                        && compared.acknowledged() > 0
                        && receipts
                        && certificates.path("issued").asInt() > 0
                        && certificates.path("issued").equals(certificates.path("verified"));
        ReconciliationTable.print(world, outcomes, compared, certificates, line);
        return new Result(line, right);
    }

    private static void awaitAll(List<Future<?>> work) throws InterruptedException {
        for (Future<?> each : work) {
            try {
                each.get();
            } catch (ExecutionException failed) {
                throw new IllegalStateException("the day went wrong", failed.getCause());
            }
        }
    }

    private static void until(String what, Duration most, Callable<Boolean> reached)
            throws Exception {
        long end = System.nanoTime() + most.toNanos();
        while (!reached.call()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            Thread.sleep(500);
        }
    }

    private static void say(String text) {
        System.out.println(Instant.now() + "  " + text);
    }
}
