package io.invigil.hub.site;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** SQL of rooms. Stateless. */
final class RoomStore {
    private static final String SELECT =
            """
            select tenant, id, plan, site, name, types, seats, seat_columns, address,
                broken_seats, accessible_seats
            from room
            """;

    void add(Tx tx, Room room) {
        tx.update(
                        """
                        insert into room (tenant, id, plan, site, name, types, seats, seat_columns,
                            address, broken_seats, accessible_seats)
                        values (:tenant, :id, :plan, :site, :name, :types, :seats, :columns,
                            :address, :broken, :accessible)
                        """)
                .bind("tenant", room.tenant().value())
                .bind("id", room.id().value())
                .bind("plan", room.plan().value())
                .bind("site", room.site().value())
                .bind("name", room.name())
                .bind("types", types(room))
                .bind("seats", room.seats())
                .bind("columns", room.columns())
                .bind("address", room.address())
                .bind("broken", numbers(room.broken()))
                .bind("accessible", numbers(room.accessible()))
                .execute();
        addLevels(tx, room);
    }

    void change(Tx tx, Room room) {
        tx.update(
                        """
                        update room set site = :site, name = :name, types = :types,
                            seats = :seats, seat_columns = :columns, address = :address,
                            broken_seats = :broken, accessible_seats = :accessible
                        where tenant = :tenant and id = :id
                        """)
                .bind("tenant", room.tenant().value())
                .bind("id", room.id().value())
                .bind("site", room.site().value())
                .bind("name", room.name())
                .bind("types", types(room))
                .bind("seats", room.seats())
                .bind("columns", room.columns())
                .bind("address", room.address())
                .bind("broken", numbers(room.broken()))
                .bind("accessible", numbers(room.accessible()))
                .execute();
        removeLevels(tx, room.tenant(), room.id());
        addLevels(tx, room);
    }

    void remove(Tx tx, TenantId tenant, RoomId room) {
        removeLevels(tx, tenant, room);
        tx.update("delete from room where tenant = :tenant and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", room.value())
                .execute();
    }

    Optional<Room> find(Tx tx, TenantId tenant, RoomId id) {
        Map<Long, Set<LevelId>> levels = new HashMap<>();
        tx.query(
                        """
                        select room, plan_level from room_level
                        where tenant = :tenant and room = :room
                        """)
                .bind("tenant", tenant.value())
                .bind("room", id.value())
                .map((row, context) -> new long[] {row.getLong(1), row.getLong(2)})
                .forEach(pair -> put(levels, pair));
        return tx.query(SELECT + " where tenant = :tenant and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .map((row, context) -> room(row, levels))
                .findOne();
    }

    List<Room> ofPlan(Tx tx, TenantId tenant, PlanId plan) {
        Map<Long, Set<LevelId>> levels = new HashMap<>();
        tx.query(
                        """
                        select rl.room, rl.plan_level from room_level rl
                        join room r on r.tenant = rl.tenant and r.id = rl.room
                        where r.tenant = :tenant and r.plan = :plan
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map((row, context) -> new long[] {row.getLong(1), row.getLong(2)})
                .forEach(pair -> put(levels, pair));
        return tx.query(SELECT + " where tenant = :tenant and plan = :plan order by site, name, id")
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map((row, context) -> room(row, levels))
                .list();
    }

    /** Whether another school borrows the room now. */
    boolean isLent(Tx tx, TenantId tenant, RoomId room) {
        return tx.query(
                                """
                                select count(*) from borrowed_room
                                where tenant = :tenant and room = :room
                                """)
                        .bind("tenant", tenant.value())
                        .bind("room", room.value())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** Whether anyone is seated in the room. */
    boolean isSeated(Tx tx, TenantId tenant, RoomId room) {
        return tx.query("select count(*) from seating where tenant = :tenant and room = :room")
                        .bind("tenant", tenant.value())
                        .bind("room", room.value())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    private static void addLevels(Tx tx, Room room) {
        for (LevelId level : room.levels()) {
            tx.update(
                            """
                            insert into room_level (tenant, room, plan_level)
                            values (:tenant, :room, :level)
                            """)
                    .bind("tenant", room.tenant().value())
                    .bind("room", room.id().value())
                    .bind("level", level.value())
                    .execute();
        }
    }

    private static void removeLevels(Tx tx, TenantId tenant, RoomId room) {
        tx.update("delete from room_level where tenant = :tenant and room = :room")
                .bind("tenant", tenant.value())
                .bind("room", room.value())
                .execute();
    }

    private static void put(Map<Long, Set<LevelId>> levels, long[] pair) {
        levels.computeIfAbsent(pair[0], key -> new HashSet<>()).add(new LevelId(pair[1]));
    }

    private static String numbers(Set<Integer> seats) {
        return seats.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static Set<Integer> numbers(String text) {
        return text.isEmpty()
                ? Set.of()
                : Arrays.stream(text.split(",")).map(Integer::valueOf).collect(Collectors.toSet());
    }

    /** First start to last end of the slots in which somebody is seated, by room. */
    Map<RoomId, Window> used(Tx tx, TenantId tenant, PlanId plan) {
        Map<RoomId, Window> found = new HashMap<>();
        tx.query(
                        """
                        select t.room, min(z.start_ms) as first_ms, max(z.end_ms) as last_ms
                        from seating t
                        join slot z on z.tenant = t.tenant and z.id = t.slot
                        where t.tenant = :tenant and t.plan = :plan group by t.room
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map(
                        (row, context) ->
                                Map.entry(
                                        new RoomId(row.getLong("room")),
                                        new Window(
                                                Instant.ofEpochMilli(row.getLong("first_ms")),
                                                Instant.ofEpochMilli(row.getLong("last_ms")))))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    /** Seats of the room in which somebody sits at some time. */
    Set<Integer> takenSeats(Tx tx, TenantId tenant, RoomId room) {
        return new HashSet<>(
                tx.query(
                                """
                                select distinct seat from seating
                                where tenant = :tenant and room = :room
                                """)
                        .bind("tenant", tenant.value())
                        .bind("room", room.value())
                        .mapTo(Integer.class)
                        .list());
    }

    private static String types(Room room) {
        return room.types().stream().sorted().map(Enum::name).collect(Collectors.joining(","));
    }

    private static Room room(ResultSet row, Map<Long, Set<LevelId>> levels) throws SQLException {
        long id = row.getLong("id");
        return new Room(
                new TenantId(row.getLong("tenant")),
                new RoomId(id),
                new PlanId(row.getLong("plan")),
                new SiteId(row.getLong("site")),
                row.getString("name"),
                Arrays.stream(row.getString("types").split(","))
                        .map(ExamMode::valueOf)
                        .collect(Collectors.toSet()),
                row.getInt("seats"),
                row.getInt("seat_columns"),
                row.getString("address"),
                levels.getOrDefault(id, Set.of()),
                numbers(row.getString("broken_seats")),
                numbers(row.getString("accessible_seats")));
    }
}
