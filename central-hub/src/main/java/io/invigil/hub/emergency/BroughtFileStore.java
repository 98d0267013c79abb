package io.invigil.hub.emergency;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.file.EmergencyFile;
import io.invigil.hub.plan.Plan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL of emergency files. Zero stands for "no time". Stateless. */
final class BroughtFileStore {
    static final int FILES_MAX = 5_000;

    private static final String SELECT =
            """
            select f.file, f.exam, f.sitting, f.paper, f.taken_by, f.taken_ms, f.verdict, f.reason,
                f.decided_by, f.decided_ms, p.name as person, p.number, u.name as subject
            from emergency_file f
            join sitting s on s.tenant = f.tenant and s.id = f.first_sitting
            join candidate p on p.tenant = s.tenant and p.id = s.candidate
            join subject u on u.tenant = s.tenant and u.id = s.subject
            where f.tenant = :tenant and f.plan = :plan
            """;

    /** Keeps a new file; false when it is there. */
    boolean add(
            Tx tx,
            Plan plan,
            String digest,
            EmergencyFile.Scope scope,
            long firstSitting,
            byte[] content,
            String login,
            Instant at) {
        return tx.update(
                                tx.dialect()
                                        .insertIfAbsent(
                                                "emergency_file",
                                                List.of("tenant", "file"),
                                                List.of(
                                                        "plan",
                                                        "exam",
                                                        "sitting",
                                                        "first_sitting",
                                                        "paper",
                                                        "content",
                                                        "taken_by",
                                                        "taken_ms",
                                                        "verdict",
                                                        "reason",
                                                        "decided_by",
                                                        "decided_ms")))
                        .bind("tenant", plan.tenant().value())
                        .bind("file", digest)
                        .bind("plan", plan.id().value())
                        .bind("exam", scope.exam())
                        .bind("sitting", scope.sitting())
                        .bind("first_sitting", firstSitting)
                        .bind("paper", scope.paper())
                        .bind("content", content)
                        .bind("taken_by", login)
                        .bind("taken_ms", at.toEpochMilli())
                        .bind("verdict", "")
                        .bind("reason", "")
                        .bind("decided_by", "")
                        .bind("decided_ms", 0L)
                        .execute()
                > 0;
    }

    /** Those that wait first, then the newest. */
    List<BroughtFile> ofPlan(Tx tx, Plan plan) {
        return tx.query(
                        SELECT
                                + " order by case when f.decided_ms = 0 then 0 else 1 end,"
                                + " f.taken_ms desc, f.file fetch first :max rows only")
                .bind("tenant", plan.tenant().value())
                .bind("plan", plan.id().value())
                .bind("max", FILES_MAX)
                .map((row, context) -> file(row))
                .list();
    }

    Optional<BroughtFile> find(Tx tx, Plan plan, String digest) {
        return tx.query(SELECT + " and f.file = :file")
                .bind("tenant", plan.tenant().value())
                .bind("plan", plan.id().value())
                .bind("file", digest)
                .map((row, context) -> file(row))
                .findOne();
    }

    /** Held until the transaction ends, so that two decide one after the other. */
    void lock(Tx tx, Plan plan, String digest) {
        tx.lockRows("emergency_file", Map.of("tenant", plan.tenant().value(), "file", digest));
    }

    byte[] content(Tx tx, Plan plan, String digest) {
        return tx.query(
                        """
                        select content from emergency_file
                        where tenant = :tenant and plan = :plan and file = :file
                        """)
                .bind("tenant", plan.tenant().value())
                .bind("plan", plan.id().value())
                .bind("file", digest)
                .map((row, context) -> row.getBytes("content"))
                .one();
    }

    void decide(Tx tx, Plan plan, String digest, BroughtFile.Decided decided) {
        tx.update(
                        """
                        update emergency_file set verdict = :verdict, reason = :reason,
                            decided_by = :by, decided_ms = :at
                        where tenant = :tenant and file = :file
                        """)
                .bind("verdict", decided.verdict().name())
                .bind("reason", decided.reason())
                .bind("by", decided.login())
                .bind("at", decided.at().toEpochMilli())
                .bind("tenant", plan.tenant().value())
                .bind("file", digest)
                .execute();
    }

    private static BroughtFile file(ResultSet row) throws SQLException {
        String verdict = row.getString("verdict");
        return new BroughtFile(
                row.getString("file"),
                new EmergencyFile.Scope(
                        row.getString("exam"), row.getLong("sitting"), row.getString("paper")),
                new BroughtFile.Whose(
                        row.getString("person"), row.getString("number"), row.getString("subject")),
                row.getString("taken_by"),
                Instant.ofEpochMilli(row.getLong("taken_ms")),
                verdict.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new BroughtFile.Decided(
                                        BroughtFile.Verdict.valueOf(verdict),
                                        row.getString("reason"),
                                        row.getString("decided_by"),
                                        Instant.ofEpochMilli(row.getLong("decided_ms")))));
    }
}
