package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.ledger.LedgerAlarm.Kind;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.device.LedgerFs;
import io.invigil.protocol.ledger.device.Membership;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Decides when a batch is durable and which devices are relied on (XSP/1 section 2). All methods
 * but {@link #offer} run on the ledger's thread.
 */
final class LedgerWriter implements DevicePump.Work {

    /** A membership that is being written to those that must know it before the ledger goes on. */
    private record Change(
            Membership target, Set<DeviceRole> members, Set<DeviceRole> mustKnow, Runnable then) {}

    private final LedgerSettings settings;
    private final LedgerScheduler scheduler;
    private final LiveEpoch epoch;
    private final Map<DeviceRole, DevicePump> pumps;
    private final AppendQueue queue = new AppendQueue();
    private final LedgerAlarms alarms;
    private final CheckpointTimer checkpoints;
    private Membership membership;
    private Optional<Change> change = Optional.empty();
    private Optional<Flight> flight = Optional.empty();
    private List<AppendQueue.Waiting> aboard = List.of();
    private Optional<CompletableFuture<Boolean>> closing = Optional.empty();
    private boolean watching;
    private volatile Set<DeviceRole> members;
    private volatile long durablePosition;
    private volatile Optional<LedgerUnavailable> halted = Optional.empty();

    LedgerWriter(
            LedgerSettings settings,
            LedgerScheduler scheduler,
            LiveEpoch epoch,
            Map<DeviceRole, DevicePump> pumps,
            Membership membership,
            Set<DeviceRole> members,
            long durablePosition) {
        this.settings = settings;
        this.scheduler = scheduler;
        this.epoch = epoch;
        this.pumps = new EnumMap<>(pumps);
        this.membership = membership;
        this.members = Set.copyOf(members);
        this.durablePosition = durablePosition;
        this.alarms = new LedgerAlarms(settings);
        this.checkpoints =
                new CheckpointTimer(
                        scheduler,
                        settings.timings().checkpointAfter(),
                        () -> offerOwn(checkpoint()));
    }

    Set<DeviceRole> members() {
        return members;
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
        if (queue.add(new AppendQueue.Waiting(List.copyOf(facts), done))) {
            scheduler.run(guarded(this::go));
        }
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
            pumps.values().forEach(pump -> pump.next(this));
        }
        boolean idle = flight.isEmpty() && change.isEmpty() && queue.isEmpty();
        if (closing.isPresent() && (idle || halted.isPresent())) {
            CompletableFuture<Boolean> finished = closing.get();
            closing = Optional.empty();
            halted = Optional.of(halted.orElseGet(() -> new LedgerUnavailable("closed")));
            failAll(halted.get());
            pumps.values().forEach(DevicePump::close);
            finished.complete(idle);
        }
    }

    /** One decision; returns whether it made another one possible. */
    private boolean step() {
        if (change.isPresent()) {
            return finishChange(change.get());
        }
        Set<DeviceRole> alive = members.stream().filter(role -> !out(role)).collect(roles());
        if (alive.isEmpty()) {
            return promote();
        }
        if (alive.size() < members.size()) {
            begin(alive, alive, () -> {});
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
        Set<DeviceRole> confirmed =
                members.stream()
                        .filter(role -> pumps.get(role).reaches(batch.end()))
                        .collect(roles());
        if (confirmed.size() == members.size()) {
            commit(batch);
            return true;
        }
        long waited = scheduler.nanoTime() - batch.sealedAtNanos();
        for (DeviceRole role : members) {
            boolean late = waited >= patience(role).toNanos();
            if (!confirmed.contains(role) && !confirmed.isEmpty() && late) {
                pumps.get(role).leftBehind();
                begin(confirmed, confirmed, () -> degraded(role, "slow"));
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
        pumps.values().forEach(pump -> noteHolder(batch, pump));
        epoch.commit(batch);
        durablePosition = batch.records().get(batch.records().size() - 1).position();
        flight = Optional.empty();
        List<AppendQueue.Waiting> saved = aboard;
        aboard = List.of();
        Durability durability =
                members.size() == 2 ? Durability.TWO_DEVICES : Durability.ONE_DEVICE;
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
        for (DevicePump pump : pumps.values()) {
            if (pump.isOut() || pump.isStuck()) {
                continue;
            }
            if (pump.reaches(sealedEnd())) {
                Set<DeviceRole> alone = EnumSet.of(pump.role());
                begin(alone, alone, () -> {});
                return true;
            }
            return false;
        }
        halt("no device is left", null);
        return false;
    }

    private void begin(Set<DeviceRole> next, Set<DeviceRole> mustKnow, Runnable then) {
        Set<String> volumes =
                next.stream().map(role -> pumps.get(role).volume()).collect(Collectors.toSet());
        change =
                Optional.of(
                        new Change(
                                membership.next(volumes),
                                Set.copyOf(next),
                                Set.copyOf(mustKnow),
                                then));
    }

    private boolean finishChange(Change pending) {
        if (pending.mustKnow().stream().anyMatch(this::out)) {
            membership = pending.target();
            change = Optional.empty();
            return true;
        }
        if (!pending.mustKnow().stream().allMatch(r -> pumps.get(r).knows(pending.target()))) {
            return false;
        }
        membership = pending.target();
        members = pending.members();
        change = Optional.empty();
        pending.then().run();
        flight.ifPresent(this::watchOn);
        return true;
    }

    private void degraded(DeviceRole role, String cause) {
        alarms.raise(Kind.DEVICE_DEGRADED, Optional.of(role), cause);
        offerOwn(
                alarms.deviceFact(
                        LedgerFacts.DEVICE_DEGRADED, role, cause, membership.generation()));
    }

    /** Watches the batch in flight, one timer at a time. */
    private void watch(Duration delay) {
        if (watching || members.size() < 2) {
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

    private boolean out(DeviceRole role) {
        return pumps.get(role).isOut();
    }

    private static java.util.stream.Collector<DeviceRole, ?, Set<DeviceRole>> roles() {
        return Collectors.toCollection(() -> EnumSet.noneOf(DeviceRole.class));
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
        return change.map(Change::target).orElse(membership);
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
        return segment.holders().stream()
                .filter(role -> role != forRole)
                .map(role -> pumps.get(role).fs())
                .findFirst();
    }

    @Override
    public void advanced(DevicePump pump) {
        guarded(
                        () -> {
                            go();
                            if (!members.contains(pump.role())) {
                                restoreWhenLevel(pump);
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

    /** Relies on a device again once it has been level long enough. */
    void restoreWhenLevel(DevicePump pump) {
        if (pump.levelSince().isEmpty() || pump.restoreIsTimed()) {
            return;
        }
        long level = scheduler.nanoTime() - pump.levelSince().get();
        Duration rest = settings.timings().restoreAfter().minusNanos(level);
        if (rest.isNegative() || rest.isZero()) {
            restore(pump);
            return;
        }
        pump.restoreTimed(true);
        scheduler.after(
                rest,
                guarded(
                        () -> {
                            pump.restoreTimed(false);
                            restoreWhenLevel(pump);
                        }));
    }

    private void restore(DevicePump pump) {
        if (change.isPresent() || pump.isOut() || halted.isPresent()) {
            return;
        }
        DeviceRole role = pump.role();
        Set<DeviceRole> knowing = members;
        Set<DeviceRole> both = EnumSet.copyOf(knowing);
        both.add(role);
        begin(
                both,
                knowing,
                () -> {
                    alarms.raise(Kind.DEVICE_RESTORED, Optional.of(role), "level again");
                    offerOwn(
                            alarms.deviceFact(
                                    LedgerFacts.DEVICE_RESTORED,
                                    role,
                                    "level",
                                    membership.generation()));
                });
        go();
    }
}
