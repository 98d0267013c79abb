package io.invigil.hub.importjob;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.intake.ImportKind;
import io.invigil.hub.intake.ImportRecordId;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;

/** SQL of unfinished imports and their files. Stateless. */
final class ImportJobStore {
    private static final String SELECT =
            """
            select tenant, record, plan, plan_level, role_code, address, stored, rows_total,
                rows_done, attempts, holder, lease_until_ms
            from import_job
            """;

    void add(Tx tx, ImportJob job) {
        of(
                        tx.update(
                                """
                                insert into import_job (tenant, record, plan, plan_level, role_code,
                                    address, stored, rows_total, rows_done, attempts, holder,
                                    lease_until_ms)
                                values (:tenant, :record, :plan, :level, :role, :address, :stored,
                                    :total, :done, :attempts, :holder, :until)
                                """),
                        job)
                .bind("plan", job.plan())
                .bind("level", job.level())
                .bind("role", job.role())
                .bind("address", job.address())
                .bind("stored", job.stored() ? 1 : 0)
                .bind("total", job.total())
                .bind("done", job.done())
                .bind("attempts", job.attempts())
                .bind("holder", job.holder())
                .bind("until", job.leaseUntil())
                .execute();
    }

    void addPart(Tx tx, ImportJob job, int part, byte[] content) {
        of(
                        tx.update(
                                """
                                insert into import_part (tenant, record, part, content)
                                values (:tenant, :record, :part, :content)
                                """),
                        job)
                .bind("part", part)
                .bind("content", content)
                .execute();
    }

    Optional<byte[]> part(Tx tx, ImportJob job, int part) {
        return of(
                        tx.query(
                                """
                                select content from import_part
                                where tenant = :tenant and record = :record and part = :part
                                """),
                        job)
                .bind("part", part)
                .map((row, context) -> row.getBytes("content"))
                .findOne();
    }

    /** The file is there as a whole. */
    void stored(Tx tx, ImportJob job, String holder, Instant until) {
        of(
                        tx.update(
                                """
                                update import_job set stored = 1, holder = :holder,
                                    lease_until_ms = :until
                                where tenant = :tenant and record = :record
                                """),
                        job)
                .bind("holder", holder)
                .bind("until", until)
                .execute();
    }

    /** An unfinished import of the same file into the same place. */
    Optional<ImportRecordId> same(
            Tx tx, ImportOrder order, OrganisationId organisation, ImportKind kind, String sha256) {
        return tx.query(
                        """
                        select j.record from import_job j
                        join import_record r on r.tenant = j.tenant and r.id = j.record
                        where j.tenant = :tenant and j.plan = :plan and j.plan_level = :level
                            and j.stored = 1 and r.organisation = :organisation
                            and r.kind = :kind and r.file_sha256 = :sha256
                        order by j.record fetch first 1 rows only
                        """)
                .bind("tenant", order.scope().tenant().value())
                .bind("plan", order.plan())
                .bind("level", order.level())
                .bind("organisation", organisation.value())
                .bind("kind", kind.name())
                .bind("sha256", sha256)
                .mapTo(Long.class)
                .findOne()
                .map(ImportRecordId::new);
    }

    Optional<ImportJob> find(Tx tx, TenantId tenant, ImportRecordId record) {
        return tx.query(SELECT + " where tenant = :tenant and record = :record")
                .bind("tenant", tenant.value())
                .bind("record", record.value())
                .map((row, context) -> job(row))
                .findOne();
    }

    /** Jobs that nobody works on, oldest first. */
    List<ImportJob> free(Tx tx, Instant now, int max) {
        return tx.query(
                        SELECT
                                + " where lease_until_ms <= :now order by tenant, record"
                                + " fetch first :max rows only")
                .bind("now", now)
                .bind("max", max)
                .map((row, context) -> job(row))
                .list();
    }

    /** Takes a job that nobody works on; false when another was faster. */
    boolean claim(Tx tx, ImportJob job, String holder, Instant until) {
        return of(
                                tx.update(
                                        """
                                        update import_job set holder = :holder,
                                            lease_until_ms = :until, attempts = attempts + 1
                                        where tenant = :tenant and record = :record
                                            and lease_until_ms <= :now
                                        """),
                                job)
                        .bind("holder", holder)
                        .bind("until", until)
                        .bind("now", tx.at())
                        .execute()
                == 1;
    }

    void total(Tx tx, ImportJob job, int rows) {
        of(
                        tx.update(
                                """
                                update import_job set rows_total = :total
                                where tenant = :tenant and record = :record
                                """),
                        job)
                .bind("total", rows)
                .execute();
    }

    /** Keeps how far the holder is; false when the job is not the holder's, or not that far. */
    boolean advance(Tx tx, ImportJob job, int from, int to, Instant until) {
        return of(
                                tx.update(
                                        """
                                        update import_job set rows_done = :to,
                                            lease_until_ms = :until, attempts = 1
                                        where tenant = :tenant and record = :record
                                            and holder = :holder and rows_done = :from
                                        """),
                                job)
                        .bind("to", to)
                        .bind("from", from)
                        .bind("holder", job.holder())
                        .bind("until", until)
                        .execute()
                == 1;
    }

    /** The holder works on it no longer; another may from this time on. */
    void release(Tx tx, ImportJob job, Instant from) {
        of(
                        tx.update(
                                """
                                update import_job set holder = '', lease_until_ms = :from
                                where tenant = :tenant and record = :record and holder = :holder
                                """),
                        job)
                .bind("holder", job.holder())
                .bind("from", from)
                .execute();
    }

    /** Gives up every claim: no other process can have this database open. */
    void releaseAll(Tx tx) {
        tx.update("update import_job set holder = '', lease_until_ms = 0").execute();
    }

    void remove(Tx tx, ImportJob job) {
        of(
                        tx.update(
                                """
                                delete from import_part
                                where tenant = :tenant and record = :record
                                """),
                        job)
                .execute();
        of(
                        tx.update(
                                """
                                delete from import_job
                                where tenant = :tenant and record = :record
                                """),
                        job)
                .execute();
    }

    /** How far the tenant's unfinished imports are. */
    Map<ImportRecordId, ImportJob> unfinished(Tx tx, TenantId tenant) {
        return tx
                .query(SELECT + " where tenant = :tenant")
                .bind("tenant", tenant.value())
                .map((row, context) -> job(row))
                .list()
                .stream()
                .collect(Collectors.toMap(ImportJob::record, job -> job));
    }

    private static <T extends SqlStatement<T>> T of(T statement, ImportJob job) {
        return statement.bind("tenant", job.tenant().value()).bind("record", job.record().value());
    }

    private static ImportJob job(ResultSet row) throws SQLException {
        return new ImportJob(
                new TenantId(row.getLong("tenant")),
                new ImportRecordId(row.getLong("record")),
                row.getLong("plan"),
                row.getLong("plan_level"),
                row.getString("role_code"),
                row.getString("address"),
                row.getInt("stored") == 1,
                row.getInt("rows_total"),
                row.getInt("rows_done"),
                row.getInt("attempts"),
                row.getString("holder"),
                Instant.ofEpochMilli(row.getLong("lease_until_ms")));
    }
}
