package io.invigil.hub.ingest;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.ingest.RecordStore.LaneRow;
import io.invigil.hub.ingest.RecordStore.Unapplied;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.hub.HubAlarm;
import io.invigil.protocol.hub.HubEffect;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Applies stored records to the projections (XSP/1 section 6). Progress is kept per projection and
 * lane in the transaction that applies, under a row lock: several hub instances may run it at once,
 * and a crash repeats at most what was rolled back.
 *
 * <p>Not thread-safe but for what says so: one thread per instance drives it ({@link
 * ProjectionThread}).
 */
public final class ProjectionRunner {
    /** Records applied in one transaction. */
    public static final int BATCH_MAX = 500;

    /** Lanes looked at in one round. */
    public static final int LANES_MAX = 400;

    /** Begins the reason of a fact that waits for an update of this program. */
    static final String UNKNOWN_CRITICAL = "UNKNOWN_CRITICAL";

    private static final int REASON_CHARS_MAX = 1000;
    private static final System.Logger LOG = System.getLogger(ProjectionRunner.class.getName());

    private final Database database;
    private final TenantId tenant;
    private final List<FactProjection> projections;
    private final Clock clock;
    private final Consumer<HubEffect.Alarm> alarms;
    private final RecordStore store = new RecordStore();

    /**
     * @param alarms told when facts of an unknown critical type were parked
     */
    public ProjectionRunner(
            Database database,
            TenantId tenant,
            List<FactProjection> projections,
            Clock clock,
            Consumer<HubEffect.Alarm> alarms) {
        this.database = database;
        this.tenant = tenant;
        this.projections = List.copyOf(projections);
        this.clock = clock;
        this.alarms = alarms;
        long names = projections.stream().map(FactProjection::name).distinct().count();
        if (names != projections.size()) {
            throw new IllegalArgumentException("two projections have one name");
        }
    }

    /**
     * Applies what is there, up to {@link #LANES_MAX} lanes per projection.
     *
     * @return how many records were applied or parked; 0 when all projections are level
     */
    public int runOnce() {
        Map<String, Map<Long, LaneRow>> starts = new LinkedHashMap<>();
        for (FactProjection projection : projections) {
            List<LaneRow> rows =
                    database.inTransaction(
                            tx -> store.behind(tx, tenant, projection.name(), LANES_MAX));
            for (LaneRow row : rows) {
                starts.computeIfAbsent(
                                row.node().value() + row.epoch().hex(),
                                start -> new LinkedHashMap<>())
                        .put(row.id(), row);
            }
        }
        int done = 0;
        for (Map<Long, LaneRow> lanes : starts.values()) {
            done += applyStart(List.copyOf(lanes.values()));
        }
        return done;
    }

    /**
     * Lanes that hold records which some projection has not been given yet; 0 when all that is
     * stored and receipted can also be seen in the features' tables (what is parked counts as
     * given). Counts at most {@link #LANES_MAX} lanes per projection. Any thread.
     */
    public int lanesBehind() {
        return database.inTransaction(
                tx ->
                        projections.stream()
                                .mapToInt(
                                        projection ->
                                                store.behind(
                                                                tx,
                                                                tenant,
                                                                projection.name(),
                                                                LANES_MAX)
                                                        .size())
                                .max()
                                .orElse(0));
    }

    /** Gives every parked record of a projection to it again; those that fail stay parked. */
    public int retryParked(String name) {
        FactProjection projection = byName(name);
        List<Unapplied> parked =
                database.inTransaction(tx -> store.unapplied(tx, tenant, BATCH_MAX)).stream()
                        .filter(row -> row.projection().equals(name))
                        .toList();
        int applied = 0;
        for (Unapplied row : parked) {
            applied += again(projection, row);
        }
        return applied;
    }

    private int again(FactProjection projection, Unapplied row) {
        List<IngestedFact> facts =
                database.inTransaction(tx -> store.read(tx, tenant, row.lane(), row.seq() - 1, 1));
        return facts.size() == 1 && applyOne(projection, row.lane().id(), facts.getFirst()) ? 1 : 0;
    }

    /**
     * Gives facts of a critical type that was unknown to every projection again: to be called when
     * the program starts, for it may be a newer one.
     *
     * @return how many were applied
     */
    public int retryAfterUpdate() {
        int applied = 0;
        for (FactProjection projection : projections) {
            long lane = 0;
            long seq = 0;
            List<Unapplied> page;
            do {
                long afterLane = lane;
                long afterSeq = seq;
                page =
                        database.inTransaction(
                                tx ->
                                        store.waiting(
                                                tx,
                                                tenant,
                                                projection.name(),
                                                UNKNOWN_CRITICAL,
                                                afterLane,
                                                afterSeq,
                                                BATCH_MAX));
                for (Unapplied row : page) {
                    applied += again(projection, row);
                    lane = row.lane().id();
                    seq = row.seq();
                }
            } while (page.size() == BATCH_MAX);
        }
        return applied;
    }

    /** Lets a projection start again from the first record; its tables are its own business. */
    public void replay(String name) {
        FactProjection projection = byName(name);
        database.useTransaction(tx -> store.forgetProgress(tx, tenant, projection.name()));
    }

    private FactProjection byName(String name) {
        return projections.stream()
                .filter(projection -> projection.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no projection " + name));
    }

    /** One record with the lane's row to which its progress belongs. */
    private record Step(long lane, IngestedFact fact) {}

    private int applyStart(List<LaneRow> lanes) {
        List<Step> steps = nextSteps(lanes);
        int done = 0;
        Set<String> unknown = new TreeSet<>();
        for (FactProjection projection : projections) {
            try {
                done +=
                        database.inTransaction(
                                tx -> applyTogether(tx, projection, lanes, steps, unknown));
            } catch (RuntimeException poison) {
                rethrowIfDatabaseIsAway(poison);
                done += applySingly(projection, steps, unknown);
            }
        }
        for (String type : unknown) {
            // one for all facts of a type that came together
            alarms.accept(
                    new HubEffect.Alarm(
                            HubAlarm.UNKNOWN_CRITICAL, lanes.getFirst().node().value(), cut(type)));
        }
        return done;
    }

    private int applyTogether(
            Tx tx,
            FactProjection projection,
            List<LaneRow> lanes,
            List<Step> steps,
            Set<String> unknown) {
        Map<Long, Long> applied = lock(tx, projection, lanes);
        List<IngestedFact> given = new ArrayList<>();
        int count = 0;
        for (Step step : steps) {
            IngestedFact fact = step.fact();
            if (fact.seq() != applied.get(step.lane()) + 1) {
                continue;
            }
            if (fact.unknownCritical()) {
                park(tx, projection, step.lane(), fact);
                note(projection, fact, unknown);
            } else {
                given.add(fact);
            }
            applied.put(step.lane(), fact.seq());
            count++;
        }
        projection.applyAll(tx, given);
        applied.forEach((lane, seq) -> store.setProgress(tx, tenant, projection.name(), lane, seq));
        return count;
    }

    /** Every projection parks the fact for itself; people are told once. */
    private void note(FactProjection projection, IngestedFact fact, Set<String> unknown) {
        if (fact.unknownCritical() && projection == projections.getFirst()) {
            unknown.add(fact.type());
        }
    }

    private void park(Tx tx, FactProjection projection, long lane, IngestedFact fact) {
        String reason = cut(UNKNOWN_CRITICAL + " " + fact.type());
        store.park(tx, tenant, projection.name(), lane, fact.seq(), reason, clock.instant());
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), REASON_CHARS_MAX));
    }

    /**
     * The next records of one process start in ascending position. A lane of which only a part was
     * read bounds the others, so that nothing is overtaken.
     */
    private List<Step> nextSteps(List<LaneRow> lanes) {
        return database.inTransaction(
                tx -> {
                    List<Step> steps = new ArrayList<>();
                    long bound = Long.MAX_VALUE;
                    for (LaneRow lane : lanes) {
                        long after = Long.MAX_VALUE;
                        for (FactProjection projection : projections) {
                            after =
                                    Math.min(
                                            after,
                                            store.progress(
                                                    tx, tenant, projection.name(), lane.id()));
                        }
                        List<IngestedFact> facts = store.read(tx, tenant, lane, after, BATCH_MAX);
                        facts.forEach(fact -> steps.add(new Step(lane.id(), fact)));
                        if (facts.size() == BATCH_MAX) {
                            bound = Math.min(bound, facts.getLast().position());
                        }
                    }
                    long last = bound;
                    return steps.stream()
                            .filter(step -> step.fact().position() <= last)
                            .sorted(Comparator.comparingLong(step -> step.fact().position()))
                            .toList();
                });
    }

    private Map<Long, Long> lock(Tx tx, FactProjection projection, List<LaneRow> lanes) {
        Map<Long, Long> applied = new HashMap<>();
        lanes.stream()
                .map(LaneRow::id)
                .sorted()
                .forEach(
                        lane ->
                                applied.put(
                                        lane,
                                        store.lockProgress(tx, tenant, projection.name(), lane)));
        return applied;
    }

    private int applySingly(FactProjection projection, List<Step> steps, Set<String> unknown) {
        int done = 0;
        for (Step step : steps) {
            Optional<Long> applied =
                    database.inTransaction(
                            tx ->
                                    Optional.of(
                                            store.progress(
                                                    tx, tenant, projection.name(), step.lane())));
            if (step.fact().seq() == applied.orElseThrow() + 1) {
                applyOne(projection, step.lane(), step.fact());
                note(projection, step.fact(), unknown);
                done++;
            }
        }
        return done;
    }

    /** Applies one record, or parks it with the reason; true when applied. */
    private boolean applyOne(FactProjection projection, long lane, IngestedFact fact) {
        try {
            return database.inTransaction(
                    tx -> {
                        long applied = store.lockProgress(tx, tenant, projection.name(), lane);
                        if (fact.unknownCritical()) {
                            park(tx, projection, lane, fact);
                        } else {
                            projection.apply(tx, fact);
                            store.unpark(tx, tenant, projection.name(), lane, fact.seq());
                        }
                        store.setProgress(
                                tx, tenant, projection.name(), lane, Math.max(applied, fact.seq()));
                        return !fact.unknownCritical();
                    });
        } catch (RuntimeException poison) {
            rethrowIfDatabaseIsAway(poison);
            LOG.log(
                    System.Logger.Level.ERROR,
                    "projection " + projection.name() + " parked a record of " + fact.node(),
                    poison);
            String reason = poison.getClass().getSimpleName() + ": " + poison.getMessage();
            database.useTransaction(
                    tx -> {
                        long applied = store.lockProgress(tx, tenant, projection.name(), lane);
                        store.park(
                                tx,
                                tenant,
                                projection.name(),
                                lane,
                                fact.seq(),
                                cut(reason),
                                clock.instant());
                        store.setProgress(
                                tx, tenant, projection.name(), lane, Math.max(applied, fact.seq()));
                    });
            return false;
        }
    }

    /** A lost connection is no fault of the record: the run ends and is taken up again later. */
    private static void rethrowIfDatabaseIsAway(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && (sql.getSQLState() == null || sql.getSQLState().startsWith("08"))) {
                throw failure;
            }
        }
    }
}
