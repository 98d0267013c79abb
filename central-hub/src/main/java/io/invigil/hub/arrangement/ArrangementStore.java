package io.invigil.hub.arrangement;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.SiteId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.statement.PreparedBatch;

/** SQL of seatings, admission numbers and runs. Stateless. */
final class ArrangementStore {
    private static final int BATCH_ROWS = 1000;

    /** A placement with what is issued for it. */
    record Seated(Placement placement, SiteId site, String pin) {}

    void seat(Tx tx, TenantId tenant, PlanId plan, List<Seated> seated) {
        for (int from = 0; from < seated.size(); from += BATCH_ROWS) {
            PreparedBatch batch =
                    tx.batch(
                            """
                            insert into seating (tenant, sitting, plan, slot, site, room, seat, pin)
                            values (:tenant, :sitting, :plan, :slot, :site, :room, :seat, :pin)
                            """);
            for (Seated one : seated.subList(from, Math.min(seated.size(), from + BATCH_ROWS))) {
                Placement placement = one.placement();
                batch.bind("tenant", tenant.value())
                        .bind("sitting", placement.sitting().sitting().value())
                        .bind("plan", plan.value())
                        .bind("slot", placement.slot().value())
                        .bind("site", one.site().value())
                        .bind("room", placement.room().value())
                        .bind("seat", placement.seat())
                        .bind("pin", one.pin())
                        .add();
            }
            batch.execute();
        }
    }

    /** Gives seated ones other seats: their old ones come free first, so that two may exchange. */
    void reseat(Tx tx, TenantId tenant, List<Placement> moved, Function<RoomId, SiteId> siteOf) {
        PreparedBatch free =
                tx.batch(
                        """
                        update seating set seat = -seat
                        where tenant = :tenant and sitting = :sitting
                        """);
        PreparedBatch take =
                tx.batch(
                        """
                        update seating set slot = :slot, site = :site, room = :room, seat = :seat
                        where tenant = :tenant and sitting = :sitting
                        """);
        for (Placement one : moved) {
            free.bind("tenant", tenant.value())
                    .bind("sitting", one.sitting().sitting().value())
                    .add();
            take.bind("tenant", tenant.value())
                    .bind("sitting", one.sitting().sitting().value())
                    .bind("slot", one.slot().value())
                    .bind("site", siteOf.apply(one.room()).value())
                    .bind("room", one.room().value())
                    .bind("seat", one.seat())
                    .add();
        }
        free.execute();
        take.execute();
    }

    /** Exchanges the seats of two sittings of one room and slot. */
    void exchange(Tx tx, TenantId tenant, SittingId one, int first, SittingId other, int second) {
        setSeat(tx, tenant, one, -first);
        setSeat(tx, tenant, other, first);
        setSeat(tx, tenant, one, second);
    }

    private static void setSeat(Tx tx, TenantId tenant, SittingId sitting, int seat) {
        tx.update("update seating set seat = :seat where tenant = :tenant and sitting = :sitting")
                .bind("seat", seat)
                .bind("tenant", tenant.value())
                .bind("sitting", sitting.value())
                .execute();
    }

    void unseat(Tx tx, TenantId tenant, List<SittingId> gone) {
        if (gone.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                tx.batch("delete from seating where tenant = :tenant and sitting = :sitting");
        for (SittingId one : gone) {
            batch.bind("tenant", tenant.value()).bind("sitting", one.value()).add();
        }
        batch.execute();
    }

    void moveTo(Tx tx, TenantId tenant, PlanId plan, SiteId site) {
        tx.update("update seating set site = :site where tenant = :tenant and plan = :plan")
                .bind("site", site.value())
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .execute();
    }

    int clear(Tx tx, TenantId tenant, PlanId plan) {
        return tx.update("delete from seating where tenant = :tenant and plan = :plan")
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .execute();
    }

    Map<CandidateId, String> admissions(Tx tx, TenantId tenant, PlanId plan) {
        Map<CandidateId, String> found = new HashMap<>();
        tx.query(
                        """
                        select candidate, number from admission
                        where tenant = :tenant and plan = :plan
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map(
                        (row, context) ->
                                Map.entry(
                                        new CandidateId(row.getLong("candidate")),
                                        row.getString("number")))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    void admit(Tx tx, TenantId tenant, PlanId plan, Map<CandidateId, String> issued) {
        if (issued.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                tx.batch(
                        """
                        insert into admission (tenant, plan, candidate, number)
                        values (:tenant, :plan, :candidate, :number)
                        """);
        issued.forEach(
                (candidate, number) ->
                        batch.bind("tenant", tenant.value())
                                .bind("plan", plan.value())
                                .bind("candidate", candidate.value())
                                .bind("number", number)
                                .add());
        batch.execute();
    }

    void record(Tx tx, long id, ArrangementRun run, String detail) {
        tx.update(
                        """
                        insert into arrangement_run (tenant, id, plan, seed, login, at_ms, arranged,
                            bottleneck, detail, strategy, same_school_neighbours)
                        values (:tenant, :id, :plan, :seed, :login, :at, :arranged, :bottleneck,
                            :detail, :strategy, :neighbours)
                        """)
                .bind("tenant", run.tenant().value())
                .bind("id", id)
                .bind("plan", run.plan().value())
                .bind("seed", run.seed())
                .bind("login", run.login())
                .bind("at", run.at())
                .bind("arranged", run.arranged())
                .bind("bottleneck", run.bottleneck().map(Enum::name).orElse(""))
                .bind("detail", detail)
                .bind("strategy", run.strategy().name())
                .bind("neighbours", run.sameSchoolNeighbours())
                .execute();
    }

    List<ArrangementRun> runs(Tx tx, TenantId tenant, PlanId plan, int max) {
        return tx.query(
                        """
                        select seed, login, at_ms, arranged, bottleneck, strategy,
                            same_school_neighbours
                        from arrangement_run
                        where tenant = :tenant and plan = :plan
                        order by id desc fetch first :max rows only
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .bind("max", max)
                .map(
                        (row, context) ->
                                new ArrangementRun(
                                        tenant,
                                        plan,
                                        row.getLong("seed"),
                                        row.getString("login"),
                                        Instant.ofEpochMilli(row.getLong("at_ms")),
                                        row.getInt("arranged"),
                                        Strategy.valueOf(row.getString("strategy")),
                                        row.getInt("same_school_neighbours"),
                                        Optional.of(row.getString("bottleneck"))
                                                .filter(text -> !text.isEmpty())
                                                .map(Bottleneck.Kind::valueOf)))
                .list();
    }

    Map<RoomId, Long> seatedByRoom(Tx tx, TenantId tenant, PlanId plan) {
        Map<RoomId, Long> found = new HashMap<>();
        tx.query(
                        """
                        select room, count(*) as seated from seating
                        where tenant = :tenant and plan = :plan group by room
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map(
                        (row, context) ->
                                Map.entry(new RoomId(row.getLong("room")), row.getLong("seated")))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }
}
