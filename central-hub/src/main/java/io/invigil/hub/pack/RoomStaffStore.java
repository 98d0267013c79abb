package io.invigil.hub.pack;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.Roster;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.site.SiteId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** SQL of the rooms' staff accounts. Stateless. */
final class RoomStaffStore {

    void add(Tx tx, TenantId tenant, RoomStaff.Account account, String passwordHash) {
        tx.update(
                        """
                        insert into exam_staff (tenant, site, login, name, role, password_hash,
                            disabled)
                        values (:tenant, :site, :login, :name, :role, :hash, :disabled)
                        """)
                .bind("tenant", tenant.value())
                .bind("site", account.site().value())
                .bind("login", account.login())
                .bind("name", account.name())
                .bind("role", account.role().name())
                .bind("hash", passwordHash)
                .bind("disabled", account.disabled())
                .execute();
    }

    void password(Tx tx, TenantId tenant, String login, String passwordHash) {
        tx.update(
                        """
                        update exam_staff set password_hash = :hash
                        where tenant = :tenant and login = :login
                        """)
                .bind("hash", passwordHash)
                .bind("tenant", tenant.value())
                .bind("login", login)
                .execute();
    }

    boolean disable(Tx tx, TenantId tenant, String login, boolean disabled) {
        return tx.update(
                                """
                                update exam_staff set disabled = :disabled
                                where tenant = :tenant and login = :login
                                """)
                        .bind("disabled", disabled)
                        .bind("tenant", tenant.value())
                        .bind("login", login)
                        .execute()
                == 1;
    }

    List<RoomStaff.Account> ofSite(Tx tx, TenantId tenant, SiteId site) {
        return tx.query(
                        """
                        select site, login, name, role, disabled from exam_staff
                        where tenant = :tenant and site = :site order by login
                        """)
                .bind("tenant", tenant.value())
                .bind("site", site.value())
                .map((row, context) -> account(row))
                .list();
    }

    /** Those that go into the rosters of the site. */
    List<Roster.Staff> inForce(Tx tx, TenantId tenant, SiteId site) {
        return tx.query(
                        """
                        select login, name, role, password_hash from exam_staff
                        where tenant = :tenant and site = :site and disabled = :disabled
                        order by login
                        """)
                .bind("tenant", tenant.value())
                .bind("site", site.value())
                .bind("disabled", false)
                .map(
                        (row, context) ->
                                new Roster.Staff(
                                        row.getString("login"),
                                        row.getString("name"),
                                        row.getString("role"),
                                        row.getString("password_hash")))
                .list();
    }

    Optional<RoomStaff.Account> find(Tx tx, TenantId tenant, String login) {
        return tx.query(
                        """
                        select site, login, name, role, disabled from exam_staff
                        where tenant = :tenant and login = :login
                        """)
                .bind("tenant", tenant.value())
                .bind("login", login)
                .map((row, context) -> account(row))
                .findOne();
    }

    private static RoomStaff.Account account(ResultSet row) throws SQLException {
        return new RoomStaff.Account(
                new SiteId(row.getLong("site")),
                row.getString("login"),
                row.getString("name"),
                RoomStaff.Role.valueOf(row.getString("role")),
                row.getBoolean("disabled"));
    }
}
