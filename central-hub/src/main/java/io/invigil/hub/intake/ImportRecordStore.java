package io.invigil.hub.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.sheet.RowIssue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;

/** SQL of import records. Stateless. */
final class ImportRecordStore {
    private static final int BATCH_ROWS = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SELECT =
            """
            select tenant, id, organisation, kind, file_name, file_sha256, login, at_ms, added,
                changed, unchanged, failed, refusal, refusal_detail, remark
            from import_record
            """;

    void add(Tx tx, ImportRecord added) {
        tx.update(
                        """
                        insert into import_record (tenant, id, organisation, kind, file_name,
                            file_sha256, login, at_ms, added, changed, unchanged, failed, refusal,
                            refusal_detail)
                        values (:tenant, :id, :organisation, :kind, :fileName, :sha256, :login,
                            :at, :added, :changed, :unchanged, :failed, :refusal, :detail)
                        """)
                .bind("tenant", added.tenant().value())
                .bind("id", added.id().value())
                .bind("organisation", added.organisation().value())
                .bind("kind", added.kind().name())
                .bind("fileName", added.fileName())
                .bind("sha256", added.fileSha256())
                .bind("login", added.login())
                .bind("at", added.at())
                .bind("added", added.added())
                .bind("changed", added.changed())
                .bind("unchanged", added.unchanged())
                .bind("failed", added.failed())
                .bind("refusal", added.refusal())
                .bind("detail", added.refusalDetail())
                .execute();
    }

    void addCounts(Tx tx, TenantId tenant, ImportRecordId id, ImportCounts step) {
        tx.update(
                        """
                        update import_record set added = added + :added,
                            changed = changed + :changed, unchanged = unchanged + :unchanged,
                            failed = failed + :failed
                        where tenant = :tenant and id = :id
                        """)
                .bind("added", step.added())
                .bind("changed", step.changed())
                .bind("unchanged", step.unchanged())
                .bind("failed", step.failed())
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .execute();
    }

    void refuse(Tx tx, TenantId tenant, ImportRecordId id, String code, String detail) {
        tx.update(
                        """
                        update import_record set refusal = :refusal, refusal_detail = :detail
                        where tenant = :tenant and id = :id
                        """)
                .bind("refusal", code)
                .bind("detail", detail)
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .execute();
    }

    void remark(Tx tx, TenantId tenant, ImportRecordId id, String code) {
        tx.update("update import_record set remark = :code where tenant = :tenant and id = :id")
                .bind("code", code)
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .execute();
    }

    void remove(Tx tx, TenantId tenant, ImportRecordId id) {
        tx.update("delete from import_record where tenant = :tenant and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .execute();
    }

    void addFailed(Tx tx, TenantId tenant, ImportRecordId id, List<FailedRow> rows) {
        for (int from = 0; from < rows.size(); from += BATCH_ROWS) {
            PreparedBatch batch =
                    tx.batch(
                            """
                            insert into import_failed_row (tenant, import_record, row_no, cells,
                                issues)
                            values (:tenant, :record, :row, :cells, :issues)
                            """);
            for (FailedRow row : rows.subList(from, Math.min(rows.size(), from + BATCH_ROWS))) {
                batch.bind("tenant", tenant.value())
                        .bind("record", id.value())
                        .bind("row", row.row())
                        .bind("cells", json(row.cells()))
                        .bind("issues", json(row.issues()))
                        .add();
            }
            batch.execute();
        }
    }

    Optional<ImportRecord> find(Tx tx, TenantId tenant, ImportRecordId id) {
        return tx.query(SELECT + " where tenant = :tenant and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .map((row, context) -> read(row))
                .findOne();
    }

    /**
     * Newest first.
     *
     * @param staff those of accounts, or all others
     */
    List<ImportRecord> recent(
            Tx tx, TenantId tenant, Optional<OrganisationId> of, boolean staff, int max) {
        String kind = staff ? " and kind = :staff" : " and kind <> :staff";
        String scope = of.isPresent() ? " and organisation = :organisation" : "";
        var query =
                tx.query(
                        SELECT
                                + " where tenant = :tenant"
                                + kind
                                + scope
                                + " order by at_ms desc, id desc fetch first :max rows only");
        of.ifPresent(organisation -> query.bind("organisation", organisation.value()));
        return query.bind("tenant", tenant.value())
                .bind("staff", ImportKind.STAFF.name())
                .bind("max", max)
                .map((row, context) -> read(row))
                .list();
    }

    List<FailedRow> failed(Tx tx, TenantId tenant, ImportRecordId id, int max) {
        return tx.query(
                        """
                        select row_no, cells, issues from import_failed_row
                        where tenant = :tenant and import_record = :record
                        order by row_no fetch first :max rows only
                        """)
                .bind("tenant", tenant.value())
                .bind("record", id.value())
                .bind("max", max)
                .map(
                        (row, context) ->
                                new FailedRow(
                                        row.getInt("row_no"),
                                        parse(
                                                row.getString("cells"),
                                                new TypeReference<List<String>>() {}),
                                        parse(
                                                row.getString("issues"),
                                                new TypeReference<List<RowIssue>>() {})))
                .list();
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts cannot be written as JSON", impossible);
        }
    }

    private static <T> T parse(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("a failed row is stored damaged", damaged);
        }
    }

    private static ImportRecord read(ResultSet row) throws SQLException {
        return new ImportRecord(
                new TenantId(row.getLong("tenant")),
                new ImportRecordId(row.getLong("id")),
                new OrganisationId(row.getLong("organisation")),
                ImportKind.valueOf(row.getString("kind")),
                row.getString("file_name"),
                row.getString("file_sha256"),
                row.getString("login"),
                Instant.ofEpochMilli(row.getLong("at_ms")),
                row.getInt("added"),
                row.getInt("changed"),
                row.getInt("unchanged"),
                row.getInt("failed"),
                row.getString("refusal"),
                row.getString("refusal_detail"),
                row.getString("remark"));
    }
}
