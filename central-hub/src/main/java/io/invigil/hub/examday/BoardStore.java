package io.invigil.hub.examday;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.CaseKind;
import io.invigil.exam.room.RoomPhase;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.Window;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.SiteId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;

/** SQL that reads the board of a day: a handful of statements, however many rooms. Stateless. */
final class BoardStore {
    /** Slots of the day; both ends in milliseconds. */
    private static final String OF_DAY =
            " s.tenant = :tenant and s.start_ms < :to and s.end_ms > :from ";

    /** A room in a slot. */
    record Place(SlotId slot, RoomId room) {}

    /** A room with people. */
    record Seated(
            PlanId plan,
            Place place,
            Window time,
            SiteId site,
            String name,
            RoomDay.Counts counts) {}

    /**
     * A package with its node.
     *
     * @param rooms names of rooms that the node serves; empty: all of the site
     */
    record Boxed(SlotId slot, SiteId site, Set<String> rooms, RoomDay.Box box) {
        boolean serves(Seated seated) {
            return site.equals(seated.site()) && (rooms.isEmpty() || rooms.contains(seated.name()));
        }
    }

    /** Something that belongs to an exam, and to one room of it where {@code room} is not 0. */
    record Placed<T>(String exam, long room, T what) {
        boolean concerns(RoomId one) {
            return room == 0 || room == one.value();
        }
    }

    /** Somebody assigned to a room of a slot. */
    record Assigned(Place place, RoomDay.Contact contact) {}

    List<Seated> seated(Tx tx, TenantId tenant, Window day) {
        return ofDay(
                        tx,
                        tenant,
                        day,
                        """
                        select g.plan, g.slot, s.start_ms, s.end_ms, g.site, g.room, r.name,
                            count(*) as seated,
                            sum(case when a.attendance = 'CHECKED_IN' or a.started_ms > 0
                                then 1 else 0 end) as arrived,
                            sum(case when a.attendance = 'ABSENT' and a.started_ms = 0
                                then 1 else 0 end) as absent,
                            sum(case when a.started_ms > 0 and a.hand_in_cause = ''
                                then 1 else 0 end) as in_progress,
                            sum(case when a.hand_in_cause <> '' then 1 else 0 end) as taken
                        from slot s
                        join seating g on g.tenant = s.tenant and g.slot = s.id
                        join room r on r.tenant = g.tenant and r.id = g.room
                        left join attempt a on a.tenant = g.tenant and a.of_sitting = g.sitting
                            and not exists (select 1 from attempt b where b.tenant = a.tenant
                                and b.of_sitting = a.of_sitting and b.sitting > a.sitting)
                        where
                        """
                                + OF_DAY
                                + """
                                group by g.plan, g.slot, s.start_ms, s.end_ms, g.site, g.room,
                                    r.name
                                order by s.start_ms, g.site, r.name, g.room
                                """)
                .map((row, context) -> seated(row))
                .list();
    }

    private static Seated seated(ResultSet row) throws SQLException {
        return new Seated(
                new PlanId(row.getLong("plan")),
                place(row),
                new Window(instant(row, "start_ms"), instant(row, "end_ms")),
                new SiteId(row.getLong("site")),
                row.getString("name"),
                new RoomDay.Counts(
                        row.getInt("seated"),
                        row.getInt("arrived"),
                        row.getInt("absent"),
                        row.getInt("in_progress"),
                        row.getInt("taken")));
    }

    List<Boxed> boxes(Tx tx, TenantId tenant, Window day) {
        return ofDay(
                        tx,
                        tenant,
                        day,
                        """
                        select e.slot, e.site, e.exam, e.node, e.opened_ms, n.rooms, n.connected,
                            n.last_seen_ms, f.phase
                        from slot s
                        join exam_package e on e.tenant = s.tenant and e.slot = s.id
                        join fleet_node n on n.tenant = e.tenant and n.node = e.node
                        left join room_phase f on f.tenant = e.tenant and f.exam = e.exam
                            and f.node = e.node
                        where n.revoked_ms = 0 and
                        """
                                + OF_DAY
                                + " order by e.exam")
                .map((row, context) -> box(row))
                .list();
    }

    private static Boxed box(ResultSet row) throws SQLException {
        String rooms = row.getString("rooms");
        return new Boxed(
                new SlotId(row.getLong("slot")),
                new SiteId(row.getLong("site")),
                rooms.isEmpty() ? Set.of() : Set.of(rooms.split("\n")),
                new RoomDay.Box(
                        row.getString("exam"),
                        row.getString("node"),
                        row.getBoolean("connected"),
                        instant(row, "last_seen_ms"),
                        row.getLong("opened_ms") > 0,
                        Optional.ofNullable(row.getString("phase")).map(RoomPhase::valueOf)));
    }

    /** Open cases whose opening is known. */
    List<Placed<RoomDay.Case>> openCases(Tx tx, TenantId tenant, Window day) {
        return ofDay(
                        tx,
                        tenant,
                        day,
                        """
                        select c.exam, g.room, c.case_id, c.kind, c.owner, c.sitting, c.statement,
                            c.opened_by, c.opened_ms, c.due_ms
                        """
                                + joined("room_case c", "c")
                                + " where c.kind <> '' and c.outcome = '' and "
                                + OF_DAY
                                + " order by c.opened_ms, c.case_id")
                .map(
                        (row, context) ->
                                new Placed<>(
                                        row.getString("exam"),
                                        row.getLong("room"),
                                        new RoomDay.Case(
                                                row.getString("case_id"),
                                                CaseKind.valueOf(row.getString("kind")),
                                                CaseKind.Owner.valueOf(row.getString("owner")),
                                                row.getLong("sitting"),
                                                row.getString("statement"),
                                                row.getString("opened_by"),
                                                instant(row, "opened_ms"),
                                                instant(row, "due_ms"))))
                .list();
    }

    List<Placed<RoomDay.Incident>> incidents(Tx tx, TenantId tenant, Window day) {
        return ofDay(
                        tx,
                        tenant,
                        day,
                        """
                        select c.exam, g.room, c.category, c.sitting, c.statement, c.reported_by,
                            c.at_ms
                        """
                                + joined("room_incident c", "c")
                                + " where "
                                + OF_DAY
                                + " order by c.at_ms desc, c.incident")
                .map(
                        (row, context) ->
                                new Placed<>(
                                        row.getString("exam"),
                                        row.getLong("room"),
                                        new RoomDay.Incident(
                                                row.getString("category"),
                                                row.getLong("sitting"),
                                                row.getString("statement"),
                                                row.getString("reported_by"),
                                                instant(row, "at_ms"))))
                .list();
    }

    /** Late changes that nobody decided. */
    List<Placed<String>> changes(Tx tx, TenantId tenant, Window day) {
        return ofDay(
                        tx,
                        tenant,
                        day,
                        "select c.exam, g.room, c.change_id "
                                + joined("late_change c", "c")
                                + " where c.decided_ms = 0 and "
                                + OF_DAY)
                .map(
                        (row, context) ->
                                new Placed<>(
                                        row.getString("exam"),
                                        row.getLong("room"),
                                        row.getString("change_id")))
                .list();
    }

    /** When words were sent that nobody read, by exam. */
    List<Placed<Instant>> unread(Tx tx, TenantId tenant, Window day) {
        return ofDay(
                        tx,
                        tenant,
                        day,
                        """
                        select e.exam, w.at_ms
                        from slot s
                        join exam_package e on e.tenant = s.tenant and e.slot = s.id
                        join centre_word_room r on r.tenant = e.tenant and r.exam = e.exam
                        join centre_word w on w.tenant = r.tenant and w.word = r.word
                        where r.read_ms = 0 and
                        """
                                + OF_DAY
                                + " order by w.at_ms")
                .map(
                        (row, context) ->
                                new Placed<>(row.getString("exam"), 0, instant(row, "at_ms")))
                .list();
    }

    /** What a node says counts only for an exam that is its own. */
    private static String joined(String table, String alias) {
        return """
        from slot s
        join exam_package e on e.tenant = s.tenant and e.slot = s.id
        join TABLE on X.tenant = e.tenant and X.exam = e.exam and X.node = e.node
        left join seating g on g.tenant = X.tenant and g.sitting = X.sitting
        """
                .replace("TABLE", table)
                .replace("X.", alias + ".");
    }

    List<Assigned> assigned(Tx tx, TenantId tenant, Window day) {
        return ofDay(
                        tx,
                        tenant,
                        day,
                        """
                        select a.slot, a.room, a.duty, p.name, p.mobile
                        from slot s
                        join proctor_assignment a on a.tenant = s.tenant and a.slot = s.id
                        join proctor p on p.tenant = a.tenant and p.id = a.proctor
                        where
                        """
                                + OF_DAY
                                + " order by a.slot, a.room, a.duty desc, p.id")
                .map(
                        (row, context) ->
                                new Assigned(
                                        place(row),
                                        new RoomDay.Contact(
                                                row.getString("duty"),
                                                row.getString("name"),
                                                row.getString("mobile"))))
                .list();
    }

    private static Query ofDay(Tx tx, TenantId tenant, Window day, String sql) {
        return tx.query(sql)
                .bind("tenant", tenant.value())
                .bind("from", day.from().toEpochMilli())
                .bind("to", day.to().toEpochMilli());
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(new SlotId(row.getLong("slot")), new RoomId(row.getLong("room")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }
}
