package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.ledger.LedgerAlarm.Kind;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.device.LedgerFs;
import io.invigil.protocol.ledger.device.Membership;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Decides when a batch is durable and which devices are relied on (XSP/1 section 2). All methods
 * but {@link #offer} run on the ledger's thread.
 */
final class LedgerWriter implements DevicePump.Work {

    private final LedgerSettings settings;
    private final LedgerScheduler scheduler;
    private final LiveEpoch epoch;
    private final Members members;
    private final Restorer restorer;
    private final AppendQueue queue = new AppendQueue();
    private final LedgerAlarms alarms;
    private final CheckpointTimer checkpoints;
    private Optional<Flight> flight = Optional.empty();
    private List<AppendQueue.Waiting> aboard = List.of();
    private Optional<CompletableFuture<Boolean>> closing = Optional.empty();
    private boolean watching;
    private volatile long durablePosition;
    private volatile Optional<LedgerUnavailable> halted = Optional.empty();

    LedgerWriter(
            LedgerSettings settings,
            LedgerScheduler scheduler,
            LiveEpoch epoch,
            Members members,
            long durablePosition) {
        this.settings = settings;
        this.scheduler = scheduler;
        this.epoch = epoch;
        this.members = members;
        this.durablePosition = durablePosition;
        this.alarms = new LedgerAlarms(settings);
        this.checkpoints =
                new CheckpointTimer(
                        scheduler,
                        settings.timings().checkpointAfter(),
                        guarded(() -> offerOwn(checkpoint())));
        this.restorer =
                new Restorer(
                        scheduler,
                        settings.timings().restoreAfter(),
                        pump -> guarded(() -> restore(pump)).run());
    }

    Set<DeviceRole> members() {
        return members.current();
    }

    long durablePosition() {
        return durablePosition;
    }

    /** Queues an append; any thread. */
    CompletableFuture<Durability> offer(List<FactDraft> facts) {
        CompletableFuture<Durability> done = new CompletableFuture<>();
        if (halted.isPresent()) {
            done.completeExceptionally(halted.get());
            return done;
        }
        boolean wake = queue.add(new AppendQueue.Waiting(List.copyOf(facts), done));
        if (halted.isPresent()) {
            // it stopped in between and may have emptied the queue before this came in
            LedgerUnavailable why = halted.get();
            queue.drain().forEach(append -> append.done().completeExceptionally(why));
        } else if (wake) {
            scheduler.run(guarded(this::go));
        }
        return done;
    }

    /** Writes a whole file on every device that works; any thread. */
    CompletableFuture<Boolean> put(String name, byte[] bytes) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        scheduler.run(
                guarded(
                        () -> {
                            List<CompletableFuture<Boolean>> writes =
                                    members.pumps().stream()
                                            .filter(pump -> !pump.isOut())
                                            .map(pump -> pump.put(name, bytes))
                                            .toList();
                            CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new))
                                    .thenRun(
                                            () ->
                                                    done.complete(
                                                            writes.stream()
                                                                    .anyMatch(
                                                                            CompletableFuture
                                                                                    ::join)));
                        }));
        return done;
    }

    FactDraft checkpoint() {
        return Checkpoint.of(epoch.log(), settings).draft();
    }

    /** Finishes what was appended; the future completes when no more will be written. */
    void close(CompletableFuture<Boolean> finished) {
        scheduler.run(
                guarded(
                        () -> {
                            if (checkpoints.isDue() && halted.isEmpty()) {
                                offerOwn(checkpoint());
                            }
                            closing = Optional.of(finished);
                            go();
                        }));
    }

    /** Runs a task of the ledger's thread; what it throws stops the ledger, never silently. */
    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException broken) {
                halt("the ledger's own fault", broken);
                throw broken;
            }
        };
    }

    private void offerOwn(FactDraft fact) {
        try {
            offer(List.of(fact));
        } catch (LedgerQueueFull full) {
            alarms.raise(Kind.QUEUE_FULL, Optional.empty(), full.getMessage());
        }
    }

    /** Does everything that can be done now. */
    private void go() {
        while (halted.isEmpty() && step()) {
            continue;
        }
        if (halted.isEmpty()) {
            members.pumps().forEach(pump -> pump.next(this));
        }
        boolean idle = flight.isEmpty() && !members.isChanging() && queue.isEmpty();
        if (closing.isPresent() && (idle || halted.isPresent())) {
            CompletableFuture<Boolean> finished = closing.get();
            closing = Optional.empty();
            halted = Optional.of(halted.orElseGet(() -> new LedgerUnavailable("closed")));
            failAll(halted.get());
            members.pumps().forEach(DevicePump::close);
            finished.complete(idle);
        }
    }

    /** One decision; returns whether it made another one possible. */
    private boolean step() {
        if (members.isChanging()) {
            boolean finished = members.finish();
            flight.filter(batch -> finished).ifPresent(this::watchOn);
            return finished;
        }
        Set<DeviceRole> alive = members.alive();
        if (alive.isEmpty()) {
            return promote();
        }
        if (alive.size() < members.current().size()) {
            members.begin(alive, alive, () -> {});
            return true;
        }
        if (flight.isPresent()) {
            return decide(flight.get());
        }
        List<AppendQueue.Waiting> next = queue.takeBatch();
        if (next.isEmpty()) {
            return false;
        }
        List<FactDraft> facts = new ArrayList<>();
        next.forEach(append -> facts.addAll(append.facts()));
        aboard = next;
        flight = Optional.of(epoch.seal(facts, scheduler.nanoTime()));
        watch(settings.timings().secondDevice());
        return false;
    }

    /** Commits the batch in flight when the members have it, or leaves one behind. */
    private boolean decide(Flight batch) {
        Set<DeviceRole> confirmed = members.holding(batch.end());
        if (confirmed.size() == members.current().size()) {
            commit(batch);
            return true;
        }
        long waited = scheduler.nanoTime() - batch.sealedAtNanos();
        for (DeviceRole role : members.current()) {
            boolean late = waited >= patience(role).toNanos();
            if (!confirmed.contains(role) && !confirmed.isEmpty() && late) {
                members.pump(role).leftBehind();
                members.begin(confirmed, confirmed, () -> degraded(role, "slow"));
                return true;
            }
        }
        return false;
    }

    private Duration patience(DeviceRole role) {
        return role == DeviceRole.A
                ? settings.timings().firstDevice()
                : settings.timings().secondDevice();
    }

    private void commit(Flight batch) {
        members.pumps().forEach(pump -> noteHolder(batch, pump));
        epoch.commit(batch);
        durablePosition = batch.records().get(batch.records().size() - 1).position();
        flight = Optional.empty();
        List<AppendQueue.Waiting> saved = aboard;
        aboard = List.of();
        Durability durability =
                members.current().size() == 2 ? Durability.TWO_DEVICES : Durability.ONE_DEVICE;
        saved.forEach(append -> append.done().complete(durability));
        checkpoints.committed(batch.records());
    }

    private static void noteHolder(Flight batch, DevicePump pump) {
        if (!pump.isOut() && pump.reachesInSegment(batch.segment(), batch.end().offset())) {
            batch.segment().heldBy(pump.role());
        } else {
            batch.segment().notHeldBy(pump.role());
        }
    }

    /** No member is left: a follower that has everything becomes one, else all is over. */
    private boolean promote() {
        for (DevicePump pump : members.pumps()) {
            if (pump.isOut() || pump.isStuck()) {
                continue;
            }
            if (pump.reaches(sealedEnd())) {
                Set<DeviceRole> alone = EnumSet.of(pump.role());
                members.begin(alone, alone, () -> {});
                return true;
            }
            return false;
        }
        halt("no device is left", null);
        return false;
    }

    private void degraded(DeviceRole role, String cause) {
        alarms.raise(Kind.DEVICE_DEGRADED, Optional.of(role), cause);
        offerOwn(
                alarms.deviceFact(
                        LedgerFacts.DEVICE_DEGRADED, role, cause, members.newest().generation()));
    }

    /** Watches the batch in flight, one timer at a time. */
    private void watch(Duration delay) {
        if (watching || members.current().size() < 2) {
            return;
        }
        watching = true;
        scheduler.after(
                delay,
                guarded(
                        () -> {
                            watching = false;
                            go();
                            flight.ifPresent(this::watchOn);
                        }));
    }

    private void watchOn(Flight batch) {
        Duration waited = Duration.ofNanos(scheduler.nanoTime() - batch.sealedAtNanos());
        List.of(settings.timings().secondDevice(), settings.timings().firstDevice()).stream()
                .map(patience -> patience.minus(waited))
                .filter(rest -> !rest.isNegative() && !rest.isZero())
                .min(Duration::compareTo)
                .ifPresent(this::watch);
    }

    private void halt(String why, Throwable cause) {
        if (halted.isPresent()) {
            return;
        }
        LedgerUnavailable unavailable = new LedgerUnavailable(why, cause);
        halted = Optional.of(unavailable);
        failAll(unavailable);
        alarms.raise(Kind.LEDGER_HALTED, Optional.empty(), why);
    }

    private void failAll(LedgerUnavailable why) {
        List<AppendQueue.Waiting> lost = new ArrayList<>(aboard);
        lost.addAll(queue.drain());
        aboard = List.of();
        flight = Optional.empty();
        lost.forEach(append -> append.done().completeExceptionally(why));
    }

    @Override
    public Membership membership() {
        return members.newest();
    }

    @Override
    public EpochLog log() {
        return epoch.log();
    }

    @Override
    public Optional<Flight> flight() {
        return flight;
    }

    @Override
    public LogEnd sealedEnd() {
        return flight.map(Flight::end).orElseGet(epoch::durableEnd);
    }

    @Override
    public Optional<LedgerFs> sourceOf(StoredSegment segment, DeviceRole forRole) {
        return members.sourceOf(segment, forRole);
    }

    @Override
    public void advanced(DevicePump pump) {
        guarded(
                        () -> {
                            go();
                            if (!members.isMember(pump.role())) {
                                restorer.look(pump);
                            }
                        })
                .run();
    }

    @Override
    public void failed(DevicePump pump, IOException cause) {
        guarded(
                        () -> {
                            boolean source = cause instanceof DeviceLog.SourceUnreadable;
                            DeviceRole role = source ? pump.role().other() : pump.role();
                            alarms.raise(
                                    source ? Kind.CORRUPT : Kind.DEVICE_FAILED,
                                    Optional.of(role),
                                    cause.getMessage());
                            if (!source) {
                                epoch.log().segments().forEach(s -> s.notHeldBy(role));
                                offerOwn(
                                        alarms.deviceFact(
                                                LedgerFacts.DEVICE_DEGRADED,
                                                role,
                                                "failed",
                                                membership().generation()));
                            }
                            go();
                        })
                .run();
    }

    private void restore(DevicePump pump) {
        if (members.isChanging() || members.isMember(pump.role()) || halted.isPresent()) {
            return;
        }
        DeviceRole role = pump.role();
        Set<DeviceRole> knowing = members.current();
        Set<DeviceRole> both = EnumSet.copyOf(knowing);
        both.add(role);
        members.begin(both, knowing, () -> restored(role));
        go();
    }

    private void restored(DeviceRole role) {
        alarms.raise(Kind.DEVICE_RESTORED, Optional.of(role), "level again");
        offerOwn(
                alarms.deviceFact(
                        LedgerFacts.DEVICE_RESTORED, role, "level", members.newest().generation()));
    }
}
