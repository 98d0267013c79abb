package io.invigil.hub.report;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** SQL of reports, their files, their history and the rhythms. Stateless. */
final class ReportStore {
    private static final String SELECT =
            """
            select tenant, id, school, first_day, rhythm, school_type, progress, difficulties,
                suggestions, state, version
            from weekly_report
            """;

    Map<LocalDate, Rhythm> rhythms(Tx tx, TenantId tenant) {
        Map<LocalDate, Rhythm> rhythms = new TreeMap<>();
        tx.query("select from_day, rhythm from report_rhythm where tenant = :tenant")
                .bind("tenant", tenant.value())
                .map(
                        (row, context) ->
                                Map.entry(
                                        LocalDate.parse(row.getString("from_day")),
                                        Rhythm.valueOf(row.getString("rhythm"))))
                .forEach(entry -> rhythms.put(entry.getKey(), entry.getValue()));
        return rhythms;
    }

    void setRhythm(
            Tx tx, TenantId tenant, LocalDate from, Rhythm rhythm, String login, Instant at) {
        tx.update("delete from report_rhythm where tenant = :tenant and from_day = :day")
                .bind("tenant", tenant.value())
                .bind("day", from.toString())
                .execute();
        tx.update(
                        """
                        insert into report_rhythm (tenant, from_day, rhythm, login, at_ms)
                        values (:tenant, :day, :rhythm, :login, :at)
                        """)
                .bind("tenant", tenant.value())
                .bind("day", from.toString())
                .bind("rhythm", rhythm.name())
                .bind("login", login)
                .bind("at", at)
                .execute();
    }

    void add(Tx tx, Report added) {
        tx.update(
                        """
                        insert into weekly_report (tenant, id, school, first_day, rhythm,
                            school_type, progress, difficulties, suggestions, state, version)
                        values (:tenant, :id, :school, :day, :rhythm, :type, :progress,
                            :difficulties, :suggestions, :state, :version)
                        """)
                .bind("tenant", added.tenant().value())
                .bind("id", added.id().value())
                .bind("school", added.school().value())
                .bind("day", added.period().firstDay().toString())
                .bind("rhythm", added.period().rhythm().name())
                .bind("type", added.content().schoolType())
                .bind("progress", added.content().progress())
                .bind("difficulties", added.content().difficulties())
                .bind("suggestions", added.content().suggestions())
                .bind("state", added.state().name())
                .bind("version", added.version())
                .execute();
    }

    /** Writes a changed report over the version it was made from; false when that is gone. */
    boolean change(Tx tx, Report changed) {
        return tx.update(
                                """
                                update weekly_report set school_type = :type, progress = :progress,
                                    difficulties = :difficulties, suggestions = :suggestions,
                                    state = :state, version = :version
                                where tenant = :tenant and id = :id and version = :before
                                """)
                        .bind("tenant", changed.tenant().value())
                        .bind("id", changed.id().value())
                        .bind("type", changed.content().schoolType())
                        .bind("progress", changed.content().progress())
                        .bind("difficulties", changed.content().difficulties())
                        .bind("suggestions", changed.content().suggestions())
                        .bind("state", changed.state().name())
                        .bind("version", changed.version())
                        .bind("before", changed.version() - 1)
                        .execute()
                == 1;
    }

    boolean remove(Tx tx, Report report) {
        return tx.update(
                                """
                                delete from weekly_report
                                where tenant = :tenant and id = :id and version = :version
                                """)
                        .bind("tenant", report.tenant().value())
                        .bind("id", report.id().value())
                        .bind("version", report.version())
                        .execute()
                == 1;
    }

    Optional<Report> find(Tx tx, TenantId tenant, ReportId id, Periods periods) {
        return tx.query(SELECT + " where tenant = :tenant and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .map((row, context) -> report(row, periods))
                .findOne();
    }

    Optional<Report> ofPeriod(
            Tx tx, TenantId tenant, OrganisationId school, LocalDate firstDay, Periods periods) {
        return tx.query(
                        SELECT
                                + " where tenant = :tenant and school = :school"
                                + " and first_day = :day")
                .bind("tenant", tenant.value())
                .bind("school", school.value())
                .bind("day", firstDay.toString())
                .map((row, context) -> report(row, periods))
                .findOne();
    }

    List<Report> ofSchool(Tx tx, TenantId tenant, OrganisationId school, int max, Periods periods) {
        return tx.query(
                        SELECT
                                + " where tenant = :tenant and school = :school"
                                + " order by first_day desc fetch first :max rows only")
                .bind("tenant", tenant.value())
                .bind("school", school.value())
                .bind("max", max)
                .map((row, context) -> report(row, periods))
                .list();
    }

    List<Report> ofPeriod(Tx tx, TenantId tenant, LocalDate firstDay, Periods periods) {
        return tx.query(SELECT + " where tenant = :tenant and first_day = :day")
                .bind("tenant", tenant.value())
                .bind("day", firstDay.toString())
                .map((row, context) -> report(row, periods))
                .list();
    }

    void addEvent(Tx tx, Report report, int number, ReportEvent event) {
        tx.update(
                        """
                        insert into weekly_report_event (tenant, report, number, step, login, at_ms,
                            reason)
                        values (:tenant, :report, :number, :step, :login, :at, :reason)
                        """)
                .bind("tenant", report.tenant().value())
                .bind("report", report.id().value())
                .bind("number", number)
                .bind("step", event.step().name())
                .bind("login", event.login())
                .bind("at", event.at())
                .bind("reason", event.reason())
                .execute();
    }

    List<ReportEvent> events(Tx tx, Report report) {
        return tx.query(
                        """
                        select step, login, at_ms, reason from weekly_report_event
                        where tenant = :tenant and report = :report order by number
                        """)
                .bind("tenant", report.tenant().value())
                .bind("report", report.id().value())
                .map(
                        (row, context) ->
                                new ReportEvent(
                                        ReportEvent.Step.valueOf(row.getString("step")),
                                        row.getString("login"),
                                        Instant.ofEpochMilli(row.getLong("at_ms")),
                                        row.getString("reason")))
                .list();
    }

    void addFile(Tx tx, Report report, ReportFile file, byte[] content) {
        tx.update(
                        """
                        insert into weekly_report_file (tenant, report, number, kind, file_name,
                            sha256, bytes, content)
                        values (:tenant, :report, :number, :kind, :name, :sha256, :bytes, :content)
                        """)
                .bind("tenant", report.tenant().value())
                .bind("report", report.id().value())
                .bind("number", file.number())
                .bind("kind", file.kind().name())
                .bind("name", file.name())
                .bind("sha256", file.sha256())
                .bind("bytes", file.bytes())
                .bind("content", content)
                .execute();
    }

    void removeFile(Tx tx, Report report, int number) {
        tx.update(
                        """
                        delete from weekly_report_file
                        where tenant = :tenant and report = :report and number = :number
                        """)
                .bind("tenant", report.tenant().value())
                .bind("report", report.id().value())
                .bind("number", number)
                .execute();
    }

    List<ReportFile> files(Tx tx, Report report) {
        return tx.query(
                        """
                        select number, kind, file_name, sha256, bytes from weekly_report_file
                        where tenant = :tenant and report = :report order by number
                        """)
                .bind("tenant", report.tenant().value())
                .bind("report", report.id().value())
                .map(
                        (row, context) ->
                                new ReportFile(
                                        row.getInt("number"),
                                        ReportFile.Kind.valueOf(row.getString("kind")),
                                        row.getString("file_name"),
                                        row.getString("sha256"),
                                        row.getInt("bytes")))
                .list();
    }

    Optional<byte[]> content(Tx tx, Report report, int number) {
        return tx.query(
                        """
                        select content from weekly_report_file
                        where tenant = :tenant and report = :report and number = :number
                        """)
                .bind("tenant", report.tenant().value())
                .bind("report", report.id().value())
                .bind("number", number)
                .map((row, context) -> row.getBytes("content"))
                .findOne();
    }

    private static Report report(ResultSet row, Periods periods) throws SQLException {
        LocalDate day = LocalDate.parse(row.getString("first_day"));
        Period today = periods.at(day);
        Period period = new Period(Rhythm.valueOf(row.getString("rhythm")), day, today.nextDay());
        return new Report(
                new TenantId(row.getLong("tenant")),
                new ReportId(row.getLong("id")),
                new OrganisationId(row.getLong("school")),
                period,
                new Report.Content(
                        row.getString("school_type"),
                        row.getString("progress"),
                        row.getString("difficulties"),
                        row.getString("suggestions")),
                Report.State.valueOf(row.getString("state")),
                row.getInt("version"));
    }
}
