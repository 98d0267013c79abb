package io.invigil.hub.portal;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** Tables {@code portal_account} and {@code portal_recovery}. Stateless. */
final class PortalAccountStore {
    private static final String SELECT =
            """
            select c.id, c.name, c.number, c.mobile, p.candidate as opened, p.password_hash,
                p.failures, p.locked_ms, p.disabled, p.must_change
            """;

    /** What is known of an account beside its candidate. */
    record Row(
            String passwordHash,
            int failures,
            Optional<Instant> lockedAt,
            boolean disabled,
            boolean mustChange) {

        PortalAccount of(Candidate candidate) {
            return new PortalAccount(
                    candidate, passwordHash, failures, lockedAt, disabled, mustChange);
        }
    }

    /** A code on its way. */
    record Sent(String mac, Instant at, int tries, Instant day, int count) {}

    /** One candidate of a school's list. */
    record Listed(
            CandidateId candidate, String name, String number, String mobile, Optional<Row> row) {}

    Optional<Row> find(Tx tx, TenantId tenant, CandidateId candidate) {
        return tx.query(
                        """
                        select password_hash, failures, locked_ms, disabled, must_change
                        from portal_account where tenant = :tenant and candidate = :candidate
                        """)
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .map((row, context) -> row(row))
                .findOne();
    }

    private static Row row(ResultSet row) throws SQLException {
        long locked = row.getLong("locked_ms");
        return new Row(
                row.getString("password_hash"),
                row.getInt("failures"),
                locked == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(locked)),
                row.getBoolean("disabled"),
                row.getBoolean("must_change"));
    }

    void add(Tx tx, TenantId tenant, CandidateId candidate, String hash, boolean mustChange) {
        tx.update(
                        """
                        insert into portal_account (tenant, candidate, password_hash, failures,
                            locked_ms, disabled, must_change, opened_ms, changed_ms)
                        values (:tenant, :candidate, :hash, 0, 0, false, :mustChange, :now, :now)
                        """)
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .bind("hash", hash)
                .bind("mustChange", mustChange)
                .bind("now", tx.at())
                .execute();
    }

    /** Sets a password and opens a locked account. */
    int password(Tx tx, TenantId tenant, CandidateId candidate, String hash, boolean mustChange) {
        return tx.update(
                        """
                        update portal_account set password_hash = :hash,
                            must_change = :mustChange, failures = 0, locked_ms = 0,
                            changed_ms = :now
                        where tenant = :tenant and candidate = :candidate
                        """)
                .bind("hash", hash)
                .bind("mustChange", mustChange)
                .bind("now", tx.at())
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .execute();
    }

    /** Counts a wrong password; whether the account is locked now. */
    boolean failed(Tx tx, TenantId tenant, CandidateId candidate, int lockAt, Instant now) {
        tx.update(
                        """
                        update portal_account set failures = failures + 1
                        where tenant = :tenant and candidate = :candidate
                        """)
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .execute();
        tx.update(
                        """
                        update portal_account set locked_ms = :now
                        where tenant = :tenant and candidate = :candidate
                            and failures >= :lockAt and locked_ms = 0
                        """)
                .bind("now", now)
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .bind("lockAt", lockAt)
                .execute();
        return find(tx, tenant, candidate).filter(one -> one.lockedAt().isPresent()).isPresent();
    }

    void unlock(Tx tx, TenantId tenant, CandidateId candidate) {
        tx.update(
                        """
                        update portal_account set failures = 0, locked_ms = 0
                        where tenant = :tenant and candidate = :candidate
                        """)
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .execute();
    }

    void clearFailures(Tx tx, TenantId tenant, CandidateId candidate) {
        tx.update(
                        """
                        update portal_account set failures = 0
                        where tenant = :tenant and candidate = :candidate and failures > 0
                        """)
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .execute();
    }

    void disable(Tx tx, TenantId tenant, CandidateId candidate, boolean disabled) {
        tx.update(
                        """
                        update portal_account set disabled = :disabled, changed_ms = :now
                        where tenant = :tenant and candidate = :candidate
                        """)
                .bind("disabled", disabled)
                .bind("now", tx.at())
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .execute();
    }

    Optional<Sent> sent(Tx tx, TenantId tenant, CandidateId candidate) {
        return tx.query(
                        """
                        select code_mac, sent_ms, tries, day_ms, sent_count from portal_recovery
                        where tenant = :tenant and candidate = :candidate
                        """)
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .map(
                        (row, context) ->
                                new Sent(
                                        row.getString("code_mac"),
                                        Instant.ofEpochMilli(row.getLong("sent_ms")),
                                        row.getInt("tries"),
                                        Instant.ofEpochMilli(row.getLong("day_ms")),
                                        row.getInt("sent_count")))
                .findOne();
    }

    void keep(Tx tx, TenantId tenant, CandidateId candidate, Sent sent) {
        tx.update("delete from portal_recovery where tenant = :tenant and candidate = :candidate")
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .execute();
        tx.update(
                        """
                        insert into portal_recovery (tenant, candidate, code_mac, sent_ms, tries,
                            day_ms, sent_count)
                        values (:tenant, :candidate, :mac, :sentAt, :tries, :day, :count)
                        """)
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .bind("mac", sent.mac())
                .bind("sentAt", sent.at())
                .bind("tries", sent.tries())
                .bind("day", sent.day())
                .bind("count", sent.count())
                .execute();
    }

    /** Counts one try; false when there is no code, or its tries are used up. */
    boolean tried(Tx tx, TenantId tenant, CandidateId candidate, int triesMax) {
        return tx.update(
                                """
                                update portal_recovery set tries = tries + 1
                                where tenant = :tenant and candidate = :candidate
                                    and tries < :max and code_mac <> ''
                                """)
                        .bind("tenant", tenant.value())
                        .bind("candidate", candidate.value())
                        .bind("max", triesMax)
                        .execute()
                == 1;
    }

    /** The code is spent; how many were sent today stays known. */
    void spend(Tx tx, TenantId tenant, CandidateId candidate) {
        tx.update(
                        """
                        update portal_recovery set code_mac = ''
                        where tenant = :tenant and candidate = :candidate
                        """)
                .bind("tenant", tenant.value())
                .bind("candidate", candidate.value())
                .execute();
    }

    List<Listed> list(
            Tx tx,
            TenantId tenant,
            OrganisationId school,
            String text,
            Optional<PortalAccount.State> state,
            int offset,
            int limit) {
        Query query =
                tx.query(
                        SELECT
                                + from(text, state)
                                + " order by c.name, c.id "
                                + tx.dialect().page());
        return bind(query, tenant, school, text)
                .bind("offset", offset)
                .bind("limit", limit)
                .map((row, context) -> listed(row))
                .list();
    }

    /** The rows after one, in the list's order. */
    List<Listed> after(
            Tx tx,
            TenantId tenant,
            OrganisationId school,
            String text,
            Optional<PortalAccount.State> state,
            Optional<Listed> last,
            int limit) {
        String from =
                last.isEmpty()
                        ? ""
                        : " and (c.name > :lastName or (c.name = :lastName and c.id > :lastId))";
        Query query =
                tx.query(
                        SELECT
                                + from(text, state)
                                + from
                                + " order by c.name, c.id fetch first :limit rows only");
        last.ifPresent(
                one -> query.bind("lastName", one.name()).bind("lastId", one.candidate().value()));
        return bind(query, tenant, school, text)
                .bind("limit", limit)
                .map((row, context) -> listed(row))
                .list();
    }

    private static Listed listed(ResultSet row) throws SQLException {
        row.getLong("opened");
        boolean none = row.wasNull();
        return new Listed(
                new CandidateId(row.getLong("id")),
                row.getString("name"),
                row.getString("number"),
                row.getString("mobile"),
                none ? Optional.empty() : Optional.of(row(row)));
    }

    long count(
            Tx tx,
            TenantId tenant,
            OrganisationId school,
            String text,
            Optional<PortalAccount.State> state) {
        Query query = tx.query("select count(*)" + from(text, state));
        return bind(query, tenant, school, text).mapTo(Long.class).one();
    }

    private static String from(String text, Optional<PortalAccount.State> state) {
        return """
         from candidate c
        left join portal_account p on p.tenant = c.tenant and p.candidate = c.id
        where c.tenant = :tenant and c.school = :school
        """
                + (text.isBlank()
                        ? ""
                        : " and (c.name like :part escape '!' or c.number like :part escape '!')")
                + state.map(PortalAccountStore::condition).orElse("");
    }

    private static String condition(PortalAccount.State state) {
        return switch (state) {
            case NONE -> " and p.candidate is null";
            case FRESH -> " and p.must_change = true and p.locked_ms = 0 and p.disabled = false";
            case ACTIVE -> " and p.must_change = false and p.locked_ms = 0 and p.disabled = false";
            case LOCKED -> " and p.locked_ms > 0 and p.disabled = false";
            case DISABLED -> " and p.disabled = true";
        };
    }

    private static Query bind(Query query, TenantId tenant, OrganisationId school, String text) {
        query.bind("tenant", tenant.value()).bind("school", school.value());
        if (!text.isBlank()) {
            String literal = text.strip().replace("!", "!!").replace("%", "!%").replace("_", "!_");
            query.bind("part", "%" + literal + "%");
        }
        return query;
    }
}
