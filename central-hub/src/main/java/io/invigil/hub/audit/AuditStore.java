package io.invigil.hub.audit;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.Tx;
import io.invigil.protocol.crypto.Digest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;

/** Inbox, log, seals and the sealer's lease. Stateless. */
final class AuditStore {
    private static final String COLUMNS =
            "at_ms, login, role_code, organisation, address, action_name, subject, subject_key,"
                    + " before_json, after_json";
    private static final String VALUES = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?";
    private static final int REMOVED_AT_ONCE = 100;
    private static final String REMOVE_GROUP =
            "delete from audit_inbox where id in ("
                    + String.join(", ", Collections.nCopies(REMOVED_AT_ONCE, "?"))
                    + ")";

    /** A server moves the rows itself: their texts do not travel a second time. */
    private static final String MOVE =
            """
            with sealed (id, number, hash) as (
                select * from unnest(?::bigint[], ?::bigint[], ?::text[])
            ), moved as (
                delete from audit_inbox where id in (select id from sealed) returning *
            )
            insert into audit_entry (tenant, number, id, hash, sealed_ms, %1$s)
            select tenant, number, id, hash, ?, %1$s from moved join sealed using (id)
            order by number
            """
                    .formatted(COLUMNS);

    /** The newest entry of a tenant's chain. */
    record Head(long number, Digest hash) {
        static final Head NONE = new Head(0, Digest.ZERO);
    }

    void record(Tx tx, List<AuditEntry> entries) {
        tx.insertAtCommit(
                "insert into audit_inbox (tenant, " + COLUMNS + ")",
                "(?, " + VALUES + ")",
                entries,
                (statement, from, entry) -> {
                    statement.setLong(from, entry.actor().tenant());
                    set(statement, from + 1, entry);
                });
    }

    private static void set(PreparedStatement statement, int from, AuditEntry entry)
            throws SQLException {
        int at = from;
        statement.setLong(at++, entry.at().toEpochMilli());
        statement.setString(at++, entry.actor().login());
        statement.setString(at++, entry.actor().role());
        statement.setLong(at++, entry.actor().organisation());
        statement.setString(at++, entry.actor().address());
        statement.setString(at++, entry.action().name());
        statement.setString(at++, entry.subject());
        statement.setString(at++, entry.key());
        statement.setString(at++, entry.before());
        statement.setString(at, entry.after());
    }

    /** Takes or keeps the lease; false while another instance has it. */
    boolean lease(Tx tx, String holder, Instant until) {
        tx.lockRows("audit_lease", Map.of("name", "sealer"));
        return tx.update(
                                """
                                update audit_lease set holder = :holder, until_ms = :until
                                where name = 'sealer' and (holder = :holder or until_ms <= :now)
                                """)
                        .bind("holder", holder)
                        .bind("until", until)
                        .bind("now", tx.at())
                        .execute()
                == 1;
    }

    void giveLeaseUp(Tx tx, String holder) {
        tx.update(
                        """
                        update audit_lease set until_ms = 0
                        where name = 'sealer' and holder = :holder
                        """)
                .bind("holder", holder)
                .execute();
    }

    /** Committed entries that are not in the log yet, by id. */
    List<AuditEntry> inbox(Tx tx, int max) {
        return tx.query(
                        "select tenant, 0 as number, id, cast('' as varchar(64)) as hash, "
                                + COLUMNS
                                + " from audit_inbox order by id fetch first :max rows only")
                .bind("max", max)
                .map((row, context) -> entry(row))
                .list();
    }

    long waiting(Tx tx, long tenant) {
        return tx.query("select count(*) from audit_inbox where tenant = :tenant")
                .bind("tenant", tenant)
                .mapTo(Long.class)
                .one();
    }

    Head head(Tx tx, long tenant) {
        return tx.query("select last_number, last_hash from audit_chain where tenant = :tenant")
                .bind("tenant", tenant)
                .map(
                        (row, context) ->
                                new Head(
                                        row.getLong("last_number"),
                                        Digest.ofHex(row.getString("last_hash"))))
                .findOne()
                .orElse(Head.NONE);
    }

    /** Moves entries from the inbox into the log. */
    void seal(Tx tx, List<AuditEntry> sealed, Instant now) {
        if (tx.dialect() == Dialect.POSTGRESQL) {
            tx.many(MOVE, List.of(sealed), (statement, all) -> setMoved(statement, all, now));
        } else {
            insert(tx, sealed, now);
            removeFromInbox(tx, sealed.stream().map(AuditEntry::id).toList());
        }
    }

    private static void setMoved(PreparedStatement statement, List<AuditEntry> sealed, Instant now)
            throws SQLException {
        Connection connection = statement.getConnection();
        Object[] ids = sealed.stream().map(AuditEntry::id).toArray();
        Object[] numbers = sealed.stream().map(AuditEntry::number).toArray();
        Object[] hashes = sealed.stream().map(entry -> entry.hash().hex()).toArray();
        statement.setArray(1, connection.createArrayOf("bigint", ids));
        statement.setArray(2, connection.createArrayOf("bigint", numbers));
        statement.setArray(3, connection.createArrayOf("text", hashes));
        statement.setLong(4, now.toEpochMilli());
    }

    /** Puts entries into the log. */
    void insert(Tx tx, List<AuditEntry> sealed, Instant now) {
        tx.insertAll(
                "insert into audit_entry (tenant, number, id, hash, sealed_ms, " + COLUMNS + ")",
                "(?, ?, ?, ?, ?, " + VALUES + ")",
                sealed,
                (statement, from, entry) -> {
                    statement.setLong(from, entry.actor().tenant());
                    statement.setLong(from + 1, entry.number());
                    statement.setLong(from + 2, entry.id());
                    statement.setString(from + 3, entry.hash().hex());
                    statement.setLong(from + 4, now.toEpochMilli());
                    set(statement, from + 5, entry);
                });
    }

    /** Exactly these: others may have come between them. Many at once, since each costs a step. */
    private static void removeFromInbox(Tx tx, List<Long> ids) {
        int grouped = ids.size() - ids.size() % REMOVED_AT_ONCE;
        List<List<Long>> groups = new ArrayList<>();
        for (int from = 0; from < grouped; from += REMOVED_AT_ONCE) {
            groups.add(ids.subList(from, from + REMOVED_AT_ONCE));
        }
        tx.many(REMOVE_GROUP, groups, AuditStore::setAll);
        tx.many(
                "delete from audit_inbox where id = ?",
                ids.subList(grouped, ids.size()),
                (statement, id) -> statement.setLong(1, id));
    }

    private static void setAll(PreparedStatement statement, List<Long> ids) throws SQLException {
        for (int at = 0; at < ids.size(); at++) {
            statement.setLong(at + 1, ids.get(at));
        }
    }

    void head(Tx tx, long tenant, Head head) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "audit_chain",
                                        List.of("tenant"),
                                        List.of("last_number", "last_hash")))
                .bind("tenant", tenant)
                .bind("last_number", head.number())
                .bind("last_hash", head.hash())
                .execute();
    }

    void add(Tx tx, AuditSeal seal) {
        tx.update(
                        """
                        insert into audit_seal (tenant, number, hash, at_ms, signature)
                        values (:tenant, :number, :hash, :at, :signature)
                        """)
                .bind("tenant", seal.tenant())
                .bind("number", seal.number())
                .bind("hash", seal.hash())
                .bind("at", seal.at())
                .bind("signature", seal.signature())
                .execute();
    }

    /** Entries above a number and not above another, ascending. */
    List<AuditEntry> entries(Tx tx, long tenant, long after, long upTo, int max) {
        return tx.query(
                        "select tenant, number, id, hash, "
                                + COLUMNS
                                + " from audit_entry where tenant = :tenant and number > :after"
                                + " and number <= :upTo"
                                + " order by number fetch first :max rows only")
                .bind("tenant", tenant)
                .bind("after", after)
                .bind("upTo", upTo)
                .bind("max", max)
                .map((row, context) -> entry(row))
                .list();
    }

    List<AuditSeal> seals(Tx tx, long tenant, long after, long upTo) {
        return tx.query(
                        """
                        select tenant, number, hash, at_ms, signature from audit_seal
                        where tenant = :tenant and number > :after and number <= :upTo
                        order by number
                        """)
                .bind("tenant", tenant)
                .bind("after", after)
                .bind("upTo", upTo)
                .map((row, context) -> seal(row))
                .list();
    }

    /** Entries that match, newest first. */
    List<AuditEntry> find(Tx tx, long tenant, AuditFilter filter, int offset, int limit) {
        Query query =
                tx.query(
                        "select tenant, number, id, hash, "
                                + COLUMNS
                                + " from audit_entry where tenant = :tenant"
                                + where(filter)
                                + " order by number desc "
                                + tx.dialect().page());
        return filtered(query, tenant, filter)
                .bind("offset", offset)
                .bind("limit", limit)
                .map((row, context) -> entry(row))
                .list();
    }

    /** The entries before a number, newest first. */
    List<AuditEntry> before(Tx tx, long tenant, AuditFilter filter, long number, int limit) {
        Query query =
                tx.query(
                        "select tenant, number, id, hash, "
                                + COLUMNS
                                + " from audit_entry where tenant = :tenant"
                                + where(filter)
                                + " and number < :before order by number desc"
                                + " fetch first :limit rows only");
        return filtered(query, tenant, filter)
                .bind("before", number)
                .bind("limit", limit)
                .map((row, context) -> entry(row))
                .list();
    }

    long count(Tx tx, long tenant, AuditFilter filter) {
        Query query =
                tx.query("select count(*) from audit_entry where tenant = :tenant" + where(filter));
        return filtered(query, tenant, filter).mapTo(Long.class).one();
    }

    List<String> subjects(Tx tx, long tenant) {
        return tx.query(
                        """
                        select distinct subject from audit_entry where tenant = :tenant
                        order by subject
                        """)
                .bind("tenant", tenant)
                .mapTo(String.class)
                .list();
    }

    private static String where(AuditFilter filter) {
        StringBuilder sql = new StringBuilder();
        filter.login().ifPresent(any -> sql.append(" and login = :login"));
        filter.subject().ifPresent(any -> sql.append(" and subject = :subject"));
        filter.key().ifPresent(any -> sql.append(" and subject_key = :key"));
        filter.action().ifPresent(any -> sql.append(" and action_name = :action"));
        filter.from().ifPresent(any -> sql.append(" and at_ms >= :from"));
        filter.to().ifPresent(any -> sql.append(" and at_ms < :to"));
        filter.organisation().ifPresent(any -> sql.append(" and organisation = :organisation"));
        in(sql, " and organisation not in (", filter.without());
        in(sql, " and number in (", filter.numbers());
        return sql.toString();
    }

    /** Numbers of our own, not text: they may stand in the statement. */
    private static void in(StringBuilder sql, String condition, Set<Long> numbers) {
        if (!numbers.isEmpty()) {
            sql.append(condition)
                    .append(numbers.stream().map(String::valueOf).collect(Collectors.joining(",")))
                    .append(')');
        }
    }

    private static Query filtered(Query query, long tenant, AuditFilter filter) {
        query.bind("tenant", tenant);
        filter.login().ifPresent(login -> query.bind("login", login));
        filter.subject().ifPresent(subject -> query.bind("subject", subject));
        filter.key().ifPresent(key -> query.bind("key", key));
        filter.action().ifPresent(action -> query.bind("action", action.name()));
        filter.from().ifPresent(from -> query.bind("from", from));
        filter.to().ifPresent(to -> query.bind("to", to));
        filter.organisation().ifPresent(own -> query.bind("organisation", own));
        return query;
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        String hash = row.getString("hash");
        return new AuditEntry(
                new AuditActor(
                        row.getLong("tenant"),
                        row.getString("login"),
                        row.getString("role_code"),
                        row.getLong("organisation"),
                        row.getString("address")),
                row.getLong("number"),
                row.getLong("id"),
                Instant.ofEpochMilli(row.getLong("at_ms")),
                AuditAction.valueOf(row.getString("action_name")),
                row.getString("subject"),
                row.getString("subject_key"),
                row.getString("before_json"),
                row.getString("after_json"),
                hash.isBlank() ? Digest.ZERO : Digest.ofHex(hash));
    }

    private static AuditSeal seal(ResultSet row) throws SQLException {
        return new AuditSeal(
                row.getLong("tenant"),
                row.getLong("number"),
                Digest.ofHex(row.getString("hash")),
                Instant.ofEpochMilli(row.getLong("at_ms")),
                row.getString("signature"));
    }

    Optional<AuditSeal> newestSeal(Tx tx, long tenant) {
        return tx.query(
                        """
                        select tenant, number, hash, at_ms, signature from audit_seal
                        where tenant = :tenant order by number desc fetch first 1 rows only
                        """)
                .bind("tenant", tenant)
                .map((row, context) -> seal(row))
                .findOne();
    }
}
