package io.invigil.hub.sessionroom;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.Roster;
import io.invigil.hub.course.Teacher;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.site.RoomId;
import java.util.List;

/** SQL of the teachers' passwords for room servers. Stateless. */
final class TeacherAccountStore {

    boolean exists(Tx tx, Teacher teacher) {
        return tx.query(
                                """
                                select count(*) from teacher_room_account
                                where tenant = :tenant and teacher = :teacher
                                """)
                        .bind("tenant", teacher.tenant().value())
                        .bind("teacher", teacher.id())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    void save(Tx tx, Teacher teacher, String passwordHash) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "teacher_room_account",
                                        List.of("tenant", "teacher"),
                                        List.of("password_hash")))
                .bind("tenant", teacher.tenant().value())
                .bind("teacher", teacher.id())
                .bind("password_hash", passwordHash)
                .execute();
    }

    /** An account and the room of the session that its owner teaches. */
    record Placed(RoomId room, Roster.Staff account) {}

    /** Teachers of the courses whose sessions sit in the slot; nobody whom the office shut out. */
    List<Placed> teaching(Tx tx, TenantId tenant, SlotId slot) {
        return tx.query(
                        """
                        select h.room, t.login, t.name, c.password_hash
                        from session_room h
                        join class_session s on s.tenant = h.tenant and s.id = h.session_id
                        join course_teacher x on x.tenant = s.tenant and x.course = s.course
                        join teacher t on t.tenant = x.tenant and t.id = x.teacher
                        join teacher_room_account c on c.tenant = t.tenant and c.teacher = t.id
                        join staff_account a on a.tenant = t.tenant and a.id = t.account
                        where h.tenant = :tenant and h.slot = :slot and a.disabled = :no
                        order by t.login
                        """)
                .bind("tenant", tenant.value())
                .bind("slot", slot.value())
                .bind("no", false)
                .map(
                        (row, context) ->
                                new Placed(
                                        new RoomId(row.getLong("room")),
                                        new Roster.Staff(
                                                row.getString("login"),
                                                row.getString("name"),
                                                "PROCTOR",
                                                row.getString("password_hash"))))
                .list();
    }
}
