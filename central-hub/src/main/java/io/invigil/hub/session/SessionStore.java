package io.invigil.hub.session;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.course.TeachingClass;
import io.invigil.hub.organisation.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL of sessions, presences and bound phones. Stateless. */
final class SessionStore {
    private static final String SELECT =
            """
            select tenant, id, course, start_ms, end_ms, hours, comprehensive_test,
                check_in_minutes, check_out_minutes, login
            from class_session where tenant = :tenant
            """;

    void add(Tx tx, ClassSession added) {
        tx.update(
                        """
                        insert into class_session (tenant, id, course, start_ms, end_ms, hours,
                            comprehensive_test, check_in_minutes, check_out_minutes, login)
                        values (:tenant, :id, :course, :start, :end, :hours, :test, :checkIn,
                            :checkOut, :login)
                        """)
                .bind("tenant", added.tenant().value())
                .bind("id", added.id())
                .bind("course", added.course())
                .bind("start", added.start())
                .bind("end", added.end())
                .bind("hours", added.hours())
                .bind("test", added.test())
                .bind("checkIn", added.checkInMinutes())
                .bind("checkOut", added.checkOutMinutes())
                .bind("login", added.login())
                .execute();
    }

    void setHours(Tx tx, ClassSession changed) {
        tx.update("update class_session set hours = :hours where tenant = :tenant and id = :id")
                .bind("hours", changed.hours())
                .bind("tenant", changed.tenant().value())
                .bind("id", changed.id())
                .execute();
    }

    Optional<ClassSession> find(Tx tx, TenantId tenant, long id) {
        return tx.query(SELECT + " and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map((row, context) -> session(row))
                .findOne();
    }

    /** By start. */
    List<ClassSession> ofCourse(Tx tx, TenantId tenant, long course, int max) {
        return tx.query(
                        SELECT
                                + " and course = :course order by start_ms, id"
                                + " fetch first :max rows only")
                .bind("tenant", tenant.value())
                .bind("course", course)
                .bind("max", max)
                .map((row, context) -> session(row))
                .list();
    }

    Map<CandidateId, Presence> presences(Tx tx, ClassSession session) {
        Map<CandidateId, Presence> found = new HashMap<>();
        tx.query(
                        """
                        select candidate, arrived_ms, arrived_way, left_ms, left_way, reason, login
                        from session_presence
                        where tenant = :tenant and session_id = :session
                        """)
                .bind("tenant", session.tenant().value())
                .bind("session", session.id())
                .map((row, context) -> presence(row))
                .forEach(one -> found.put(one.student(), one));
        return found;
    }

    void put(Tx tx, ClassSession session, Presence presence) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "session_presence",
                                        List.of("tenant", "session_id", "candidate"),
                                        List.of(
                                                "arrived_ms",
                                                "arrived_way",
                                                "left_ms",
                                                "left_way",
                                                "reason",
                                                "login")))
                .bind("tenant", session.tenant().value())
                .bind("session_id", session.id())
                .bind("candidate", presence.student().value())
                .bind("arrived_ms", millis(presence.arrived()))
                .bind("arrived_way", way(presence.arrived()))
                .bind("left_ms", millis(presence.left()))
                .bind("left_way", way(presence.left()))
                .bind("reason", presence.reason())
                .bind("login", presence.login())
                .execute();
    }

    private static long millis(Optional<Presence.Stamp> stamp) {
        return stamp.map(one -> one.at().toEpochMilli()).orElse(0L);
    }

    private static String way(Optional<Presence.Stamp> stamp) {
        return stamp.map(one -> one.way().name()).orElse("");
    }

    Optional<CandidateId> admitted(Tx tx, TeachingClass one, String number) {
        return tx.query(
                        """
                        select candidate from admission
                        where tenant = :tenant and plan = :plan and number = :number
                        """)
                .bind("tenant", one.tenant().value())
                .bind("plan", one.plan().value())
                .bind("number", number)
                .map((row, context) -> new CandidateId(row.getLong(1)))
                .findOne();
    }

    Optional<String> phone(Tx tx, TenantId tenant, CandidateId student) {
        return tx.query(
                        """
                        select phone from student_phone
                        where tenant = :tenant and candidate = :student
                        """)
                .bind("tenant", tenant.value())
                .bind("student", student.value())
                .map((row, context) -> row.getString(1))
                .findOne();
    }

    Optional<CandidateId> owner(Tx tx, TenantId tenant, String phone) {
        return tx.query(
                        """
                        select candidate from student_phone
                        where tenant = :tenant and phone = :phone
                        """)
                .bind("tenant", tenant.value())
                .bind("phone", phone)
                .map((row, context) -> new CandidateId(row.getLong(1)))
                .findOne();
    }

    void bind(Tx tx, TenantId tenant, CandidateId student, String phone, Instant at) {
        tx.update(
                        """
                        insert into student_phone (tenant, candidate, phone, bound_ms)
                        values (:tenant, :student, :phone, :at)
                        """)
                .bind("tenant", tenant.value())
                .bind("student", student.value())
                .bind("phone", phone)
                .bind("at", at)
                .execute();
    }

    boolean unbind(Tx tx, TenantId tenant, CandidateId student) {
        return tx.update(
                                """
                                delete from student_phone
                                where tenant = :tenant and candidate = :student
                                """)
                        .bind("tenant", tenant.value())
                        .bind("student", student.value())
                        .execute()
                > 0;
    }

    private static Presence presence(ResultSet row) throws SQLException {
        return new Presence(
                new CandidateId(row.getLong("candidate")),
                stamp(row.getLong("arrived_ms"), row.getString("arrived_way")),
                stamp(row.getLong("left_ms"), row.getString("left_way")),
                row.getString("reason"),
                row.getString("login"));
    }

    private static Optional<Presence.Stamp> stamp(long millis, String way) {
        return millis == 0
                ? Optional.empty()
                : Optional.of(
                        new Presence.Stamp(
                                Instant.ofEpochMilli(millis), Presence.Way.valueOf(way)));
    }

    private static ClassSession session(ResultSet row) throws SQLException {
        return new ClassSession(
                new TenantId(row.getLong("tenant")),
                row.getLong("id"),
                row.getLong("course"),
                Instant.ofEpochMilli(row.getLong("start_ms")),
                Instant.ofEpochMilli(row.getLong("end_ms")),
                row.getInt("hours"),
                row.getBoolean("comprehensive_test"),
                row.getInt("check_in_minutes"),
                row.getInt("check_out_minutes"),
                row.getString("login"));
    }
}
