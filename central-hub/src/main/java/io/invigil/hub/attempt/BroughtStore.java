package io.invigil.hub.attempt;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.file.EmergencyFile;
import io.invigil.exam.room.ApartReason;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;

/** SQL of answers that came in a file which the centre opened. Stateless. */
final class BroughtStore {
    /** An answer's variables as they are kept. */
    private record Kept(Map<String, List<String>> response) {}

    void add(
            Tx tx,
            TenantId tenant,
            long sitting,
            String file,
            List<EmergencyFile.Answer> answers,
            Instant at) {
        if (answers.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                tx.batch(
                        tx.dialect()
                                .insertIfAbsent(
                                        "brought_answer",
                                        List.of("tenant", "sitting", "op"),
                                        List.of(
                                                "item",
                                                "base_revision",
                                                "response",
                                                "file",
                                                "place",
                                                "at_ms")));
        int place = 0;
        for (EmergencyFile.Answer answer : answers) {
            batch.bind("tenant", tenant.value())
                    .bind("sitting", sitting)
                    .bind("op", answer.op())
                    .bind("item", answer.item())
                    .bind("base_revision", answer.base())
                    .bind("response", Json.write(new Kept(answer.response())))
                    .bind("file", file)
                    .bind("place", ++place)
                    .bind("at_ms", at.toEpochMilli())
                    .add();
        }
        batch.execute();
    }

    /** In the order in which they came, of each file in its own. */
    List<LateAnswer> ofSitting(Tx tx, TenantId tenant, long sitting) {
        return tx.query(
                        """
                        select op, item, base_revision, response, at_ms from brought_answer
                        where tenant = :tenant and sitting = :sitting
                        order by at_ms, file, place
                        """)
                .bind("tenant", tenant.value())
                .bind("sitting", sitting)
                .map((row, context) -> answer(row))
                .list();
    }

    private static LateAnswer answer(ResultSet row) throws SQLException {
        return new LateAnswer(
                row.getString("item"),
                row.getString("op"),
                row.getLong("base_revision"),
                Json.read(row.getBytes("response"), Kept.class).orElseThrow().response(),
                ApartReason.EMERGENCY_FILE,
                Optional.empty(),
                Instant.ofEpochMilli(row.getLong("at_ms")),
                Optional.empty());
    }
}
