package io.invigil.appliance.account;

import io.invigil.appliance.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.StatementContext;

/** Table {@code staff_account}. */
final class StaffStore {
    private static final String COLUMNS =
            """
            select tenant, id, login, name, roles, organisation, password_hash, failures,
                   locked_at, disabled, must_change
            from staff_account
            """;

    Optional<StaffAccount> byLogin(Tx tx, long tenant, String login) {
        return tx.query(COLUMNS + "where tenant = :tenant and login = :login")
                .bind("tenant", tenant)
                .bind("login", login)
                .map(StaffStore::account)
                .findOne();
    }

    Optional<StaffAccount> byId(Tx tx, long tenant, long id) {
        return tx.query(COLUMNS + "where tenant = :tenant and id = :id")
                .bind("tenant", tenant)
                .bind("id", id)
                .map(StaffStore::account)
                .findOne();
    }

    List<StaffAccount> list(Tx tx, long tenant, int offset, int limit) {
        return tx.query(COLUMNS + "where tenant = :tenant order by login " + tx.dialect().page())
                .bind("tenant", tenant)
                .bind("offset", offset)
                .bind("limit", limit)
                .map(StaffStore::account)
                .list();
    }

    List<StaffAccount> find(
            Tx tx, long tenant, Set<Long> organisations, String text, int offset, int limit) {
        return tx.query(COLUMNS + where(organisations) + " order by login " + tx.dialect().page())
                .bind("tenant", tenant)
                .bind("text", "%" + text + "%")
                .bind("offset", offset)
                .bind("limit", limit)
                .map(StaffStore::account)
                .list();
    }

    long count(Tx tx, long tenant, Set<Long> organisations, String text) {
        return tx.query("select count(*) from staff_account " + where(organisations))
                .bind("tenant", tenant)
                .bind("text", "%" + text + "%")
                .mapTo(Long.class)
                .one();
    }

    /** Ids are numbers of our own, not text: they may stand in the statement. */
    private static String where(Set<Long> organisations) {
        String ids =
                organisations.isEmpty()
                        ? "-1"
                        : organisations.stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(","));
        return "where tenant = :tenant and organisation in ("
                + ids
                + ") and (login like :text or name like :text)";
    }

    long count(Tx tx, long tenant) {
        return tx.query("select count(*) from staff_account where tenant = :tenant")
                .bind("tenant", tenant)
                .mapTo(Long.class)
                .one();
    }

    long insert(Tx tx, long tenant, NewAccount account, String passwordHash, Instant now) {
        return tx.insert(
                tx.update(
                                """
                                insert into staff_account
                                    (tenant, login, name, roles, organisation, password_hash,
                                     failures, disabled, must_change, created_at, changed_at)
                                values (:tenant, :login, :name, :roles, :organisation, :hash,
                                     0, false, true, :now, :now)
                                """)
                        .bind("tenant", tenant)
                        .bind("login", account.login())
                        .bind("name", account.name())
                        .bind("roles", String.join(" ", new TreeSet<>(account.roles())))
                        .bind("organisation", account.organisation())
                        .bind("hash", passwordHash)
                        .bind("now", now),
                "id");
    }

    int change(
            Tx tx,
            long tenant,
            long id,
            String name,
            Set<String> roles,
            Optional<Long> organisation,
            Instant now) {
        return tx.update(
                        """
                        update staff_account
                        set name = :name, roles = :roles, organisation = :organisation,
                            changed_at = :now
                        where tenant = :tenant and id = :id
                        """)
                .bind("tenant", tenant)
                .bind("id", id)
                .bind("name", name)
                .bind("roles", String.join(" ", new TreeSet<>(roles)))
                .bind("organisation", organisation)
                .bind("now", now)
                .execute();
    }

    int disable(Tx tx, long tenant, long id, boolean disabled, Instant now) {
        return tx.update(
                        """
                        update staff_account set disabled = :disabled, changed_at = :now
                        where tenant = :tenant and id = :id
                        """)
                .bind("tenant", tenant)
                .bind("id", id)
                .bind("disabled", disabled)
                .bind("now", now)
                .execute();
    }

    int unlock(Tx tx, long tenant, long id) {
        return tx.update(
                        """
                        update staff_account set failures = 0, locked_at = null
                        where tenant = :tenant and id = :id
                        """)
                .bind("tenant", tenant)
                .bind("id", id)
                .execute();
    }

    void clearFailures(Tx tx, long tenant, long id) {
        tx.update(
                        """
                        update staff_account set failures = 0
                        where tenant = :tenant and id = :id and failures > 0
                          and locked_at is null
                        """)
                .bind("tenant", tenant)
                .bind("id", id)
                .execute();
    }

    boolean failed(Tx tx, long tenant, long id, int lockAt, Instant now) {
        tx.update(
                        """
                        update staff_account
                        set failures = failures + 1,
                            locked_at = case when locked_at is null and failures + 1 >= :lockAt
                                        then cast(:now as bigint) else locked_at end
                        where tenant = :tenant and id = :id
                        """)
                .bind("tenant", tenant)
                .bind("id", id)
                .bind("lockAt", lockAt)
                .bind("now", now)
                .execute();
        return byId(tx, tenant, id).filter(a -> a.lockedAt().isPresent()).isPresent();
    }

    int password(
            Tx tx, long tenant, long id, String passwordHash, boolean mustChange, Instant now) {
        return tx.update(
                        """
                        update staff_account
                        set password_hash = :hash, must_change = :mustChange, changed_at = :now
                        where tenant = :tenant and id = :id
                        """)
                .bind("tenant", tenant)
                .bind("id", id)
                .bind("hash", passwordHash)
                .bind("mustChange", mustChange)
                .bind("now", now)
                .execute();
    }

    private static StaffAccount account(ResultSet row, StatementContext context)
            throws SQLException {
        String roles = row.getString("roles");
        long organisation = row.getLong("organisation");
        Optional<Long> inside = row.wasNull() ? Optional.empty() : Optional.of(organisation);
        long lockedAt = row.getLong("locked_at");
        Optional<Instant> locked =
                row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(lockedAt));
        return new StaffAccount(
                row.getLong("tenant"),
                row.getLong("id"),
                row.getString("login"),
                row.getString("name"),
                roles.isEmpty() ? Set.of() : Set.of(roles.split(" ")),
                inside,
                row.getString("password_hash"),
                row.getInt("failures"),
                locked,
                row.getBoolean("disabled"),
                row.getBoolean("must_change"));
    }
}
