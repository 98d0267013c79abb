package io.invigil.hub.staffing;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.Roster;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.site.RoomId;
import java.util.List;
import java.util.Optional;

/** SQL of the proctors' accounts. Stateless. */
final class ProctorAccountStore {

    Optional<String> login(Tx tx, Proctor proctor) {
        return tx.query(
                        """
                        select login from proctor_account
                        where tenant = :tenant and proctor = :proctor
                        """)
                .bind("tenant", proctor.tenant().value())
                .bind("proctor", proctor.id().value())
                .mapTo(String.class)
                .findOne();
    }

    void save(Tx tx, Proctor proctor, String login, String passwordHash) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "proctor_account",
                                        List.of("tenant", "proctor"),
                                        List.of("login", "password_hash")))
                .bind("tenant", proctor.tenant().value())
                .bind("proctor", proctor.id().value())
                .bind("login", login)
                .bind("password_hash", passwordHash)
                .execute();
    }

    /** An account and a room in which its owner works. */
    record Placed(RoomId room, Roster.Staff account) {}

    /** Proctors and patrols of the slot, once for each room. */
    List<Placed> assigned(Tx tx, TenantId tenant, SlotId slot) {
        return tx.query(
                        """
                        select a.room, c.login, p.name, c.password_hash
                        from proctor_assignment a
                        join proctor p on p.tenant = a.tenant and p.id = a.proctor
                        join proctor_account c on c.tenant = p.tenant and c.proctor = p.id
                        where a.tenant = :tenant and a.slot = :slot
                        order by c.login
                        """)
                .bind("tenant", tenant.value())
                .bind("slot", slot.value())
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
