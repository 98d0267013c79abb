package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.device.LedgerFs;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * The node's ledger, open for one epoch (XSP/1 section 2).
 *
 * <p>{@link #append} is for one writer thread at a time; all other methods may be called from any
 * thread but the ledger's own (on which stages complete and listeners are told).
 */
public final class Ledger implements AutoCloseable {
    /** One append has at most this many facts; they become durable together. */
    public static final int APPEND_FACTS_MAX = 512;

    /** One append has at most this many bytes of JSON. */
    public static final int APPEND_BYTES_MAX = 1024 * 1024 - 64 * 1024;

    /** Facts waiting for the devices; beyond this {@link LedgerQueueFull}. */
    public static final int QUEUED_FACTS_MAX = 20_000;

    /** Bytes of JSON waiting for the devices; beyond this {@link LedgerQueueFull}. */
    public static final int QUEUED_BYTES_MAX = 64 * 1024 * 1024;

    /** Records one {@link #read} returns at most. */
    public static final int READ_RECORDS_MAX = 10_000;

    /** A device that takes longer for one operation while the ledger opens is left out. */
    static final Duration START_PATIENCE = Duration.ofSeconds(10);

    /** Alarms of one start that become facts. */
    static final int ALARM_FACTS_MAX = 50;

    private final EpochId epoch;
    private final History history;
    private final LedgerWriter writer;
    private final LedgerScheduler scheduler;

    private final LedgerSettings settings;
    private final LedgerGaps gaps;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Ledger(
            LedgerSettings settings,
            EpochId epoch,
            History history,
            LedgerGaps gaps,
            LedgerWriter writer,
            LedgerScheduler scheduler) {
        this.settings = settings;
        this.gaps = gaps;
        this.epoch = epoch;
        this.history = history;
        this.writer = writer;
        this.scheduler = scheduler;
    }

    /**
     * Recovers what the devices hold, starts a new epoch, and returns when its {@code epoch-opened}
     * fact is durable.
     *
     * @param deviceA directory on the system disk
     * @param deviceB directory on a second device; a node without one works on A alone
     * @throws LedgerUnavailable when no device can be used
     */
    public static OpenedLedger open(
            LedgerSettings settings, LedgerFs deviceA, Optional<LedgerFs> deviceB) {
        Map<DeviceRole, LedgerFs> devices = new EnumMap<>(DeviceRole.class);
        devices.put(DeviceRole.A, deviceA);
        deviceB.ifPresent(fs -> devices.put(DeviceRole.B, fs));
        Map<DeviceRole, PatientFs> starting = new EnumMap<>(DeviceRole.class);
        devices.forEach((role, fs) -> starting.put(role, new PatientFs(fs, START_PATIENCE)));
        try {
            return open(settings, devices, starting, new ThreadScheduler(settings.node().value()));
        } finally {
            starting.values().forEach(PatientFs::close);
        }
    }

    /**
     * Opens on the devices that are there, with threads and time of the caller's choosing; the
     * scheduler is closed with the ledger.
     */
    public static OpenedLedger open(
            LedgerSettings settings, Map<DeviceRole, LedgerFs> devices, LedgerScheduler scheduler) {
        return open(settings, devices, devices, scheduler);
    }

    /**
     * @param starting the same devices as the start uses them
     */
    private static OpenedLedger open(
            LedgerSettings settings,
            Map<DeviceRole, LedgerFs> devices,
            Map<DeviceRole, ? extends LedgerFs> starting,
            LedgerScheduler scheduler) {
        try {
            LedgerStart start = new LedgerStart(settings);
            LedgerStart.Started started = start.start(starting);
            return open(settings, devices, start, started, scheduler);
        } catch (RuntimeException | Error failed) {
            scheduler.close();
            throw failed;
        }
    }

    private static OpenedLedger open(
            LedgerSettings settings,
            Map<DeviceRole, LedgerFs> given,
            LedgerStart start,
            LedgerStart.Started started,
            LedgerScheduler scheduler) {
        Recovered found = started.recovered();
        LedgerFacts.EpochOpened opened = start.epochOpened(started);
        LiveEpoch live = new LiveEpoch(settings, opened, found.lastPosition() + 1);
        Duration slow = settings.timings().secondDevice();
        Map<DeviceRole, LedgerFs> devices = new EnumMap<>(given);
        devices.keySet().retainAll(found.devices().keySet());
        Map<DeviceRole, DevicePump> pumps = new EnumMap<>(DeviceRole.class);
        devices.forEach(
                (role, fs) ->
                        pumps.put(
                                role,
                                new DevicePump(
                                        role,
                                        found.volumes().get(role),
                                        fs,
                                        found.missing().get(role),
                                        scheduler,
                                        slow.toNanos())));
        found.members().forEach(role -> pumps.get(role).knew(started.membership()));
        LedgerWriter writer =
                new LedgerWriter(
                        settings,
                        scheduler,
                        live,
                        new Members(pumps, started.membership(), found.members()),
                        found.lastPosition());
        SegmentReading reading = new SegmentReading(devices, settings.listener());
        History history = new History(found.epochs(), found.tree().main(), reading);
        boolean damaged =
                started.alarms().stream()
                        .anyMatch(alarm -> alarm.kind() == LedgerAlarm.Kind.CORRUPT);
        LedgerGaps gaps = damaged ? LedgerGaps.find(found.epochs(), history) : LedgerGaps.none();
        history.open(live.log());
        scheduler.await(writer.offer(openingFacts(settings, opened, started.alarms())));
        Ledger ledger = new Ledger(settings, live.log().epoch(), history, gaps, writer, scheduler);
        return new OpenedLedger(ledger, started.alarms());
    }

    /** The fact that opens the epoch, and the serious alarms of its start. */
    private static List<FactDraft> openingFacts(
            LedgerSettings settings, LedgerFacts.EpochOpened opened, List<LedgerAlarm> alarms) {
        long at = settings.wallClock().millis();
        return Stream.concat(
                        Stream.of((Object) opened),
                        alarms.stream()
                                .filter(alarm -> alarm.kind().serious())
                                .limit(ALARM_FACTS_MAX)
                                .map(alarm -> LedgerFacts.Alarmed.of(alarm, at)))
                .map(LedgerFacts::draft)
                .toList();
    }

    /** The epoch of this process. */
    public EpochId epoch() {
        return epoch;
    }

    /**
     * Takes facts in order; all of one call are durable together or not at all. The stage completes
     * on the ledger's thread when they are forced, in the order of the calls; it fails with {@link
     * LedgerUnavailable} when no device is left. What depends on it there must return at once.
     *
     * @throws LedgerQueueFull when too many facts wait; nothing was taken
     * @throws IllegalArgumentException when the list is empty or beyond the limits
     */
    public CompletionStage<Durability> append(List<FactDraft> facts) {
        int bytes = facts.stream().mapToInt(fact -> fact.json().length).sum();
        if (facts.isEmpty() || facts.size() > APPEND_FACTS_MAX || bytes > APPEND_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "one append has 1 to 512 facts and at most " + APPEND_BYTES_MAX + " bytes");
        }
        return writer.offer(facts);
    }

    /**
     * Visits all durable records from a position on, in order of position, over all epochs of the
     * main branch. Positions rise but may jump. Records appended meanwhile may or may not be
     * visited.
     *
     * @throws LedgerUnreadable when a batch was damaged on all devices since the start
     */
    public void replay(long fromPosition, FactVisitor visitor) {
        history.replay(fromPosition, visitor);
    }

    /**
     * Durable records of one lane in order of {@code seq}, parked epochs included. Numbers have
     * gaps only where recovery alarmed {@link LedgerAlarm.Kind#CORRUPT}.
     *
     * @param maxRecords at most {@link #READ_RECORDS_MAX}
     * @param maxBytes of JSON; at least one record is returned if there is one
     * @return empty when the epoch is unknown or has nothing from {@code fromSeq} on
     * @throws LedgerUnreadable when a batch was damaged on all devices since the start
     */
    public List<FactRecord> read(
            EpochId ofEpoch, Lane lane, long fromSeq, int maxRecords, int maxBytes) {
        return history.read(ofEpoch, lane, fromSeq, maxRecords, maxBytes);
    }

    /** Records that damage took from all devices and that the hub may hold. */
    public List<LedgerGap> gaps() {
        return gaps.all();
    }

    /**
     * Takes the records of one whole gap back, as the hub has them (fault rows 11, 84). They must
     * fit the chain on both sides; then they are made durable and read and replayed in their place.
     * Not to be called by two threads at once.
     *
     * @throws LedgerUnavailable when no device takes them
     */
    public Restoration restore(List<FactRecord> records) {
        Optional<LedgerGap> gap = records.stream().findFirst().flatMap(gaps::at);
        if (gap.isEmpty()) {
            return Restoration.NO_SUCH_GAP;
        }
        EpochLog log = history.log(gap.get().epoch()).orElseThrow();
        if (!gap.get().isFilledBy(records)) {
            return Restoration.DOES_NOT_FIT;
        }
        int number = log.nextRestoredFile();
        byte[] file = RestoredFile.encode(settings, number, records);
        if (!scheduler.await(writer.put(RestoredFile.name(log.epoch(), number), file))) {
            throw new LedgerUnavailable("no device takes the restored records");
        }
        log.restore(records);
        gaps.filled(gap.get());
        return Restoration.FILLED;
    }

    /** All epochs, oldest first, this one last. */
    public List<EpochHeads> heads() {
        return history.heads();
    }

    /** Position of the last durable record; 0 before the first. */
    public long durablePosition() {
        return writer.durablePosition();
    }

    /** The devices that hold every durable record and are waited for. */
    public Set<DeviceRole> members() {
        return writer.members();
    }

    /**
     * A signed statement of the durable heads of this epoch, to append: the ledger appends one by
     * itself within a second of the last fact; the closing report takes one on demand.
     */
    public FactDraft checkpoint() {
        CompletableFuture<FactDraft> made = new CompletableFuture<>();
        scheduler.run(() -> made.complete(writer.checkpoint()));
        return scheduler.await(made);
    }

    /**
     * Waits until what was appended is durable, then stops. Appends after this fail; closing again
     * does nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        CompletableFuture<Boolean> finished = new CompletableFuture<>();
        writer.close(finished);
        scheduler.await(finished);
        scheduler.close();
    }
}
