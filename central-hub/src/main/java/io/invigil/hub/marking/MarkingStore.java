package io.invigil.hub.marking;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.paper.PaperId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SQL of marks and alarms. Stateless. */
final class MarkingStore {

    void putObjective(Tx tx, TenantId tenant, ObjectiveMark mark) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "objective_mark",
                                        List.of("tenant", "sitting"),
                                        List.of(
                                                "paper",
                                                "score",
                                                "maximum",
                                                "answers_digest",
                                                "at_ms")))
                .bind("tenant", tenant.value())
                .bind("sitting", mark.sitting())
                .bind("paper", mark.paper().value())
                .bind("score", mark.score())
                .bind("maximum", mark.maximum())
                .bind("answers_digest", mark.answersDigest())
                .bind("at_ms", mark.at().toEpochMilli())
                .execute();
    }

    Optional<ObjectiveMark> objective(Tx tx, TenantId tenant, long sitting) {
        return tx.query(
                        "select * from objective_mark where tenant = :tenant and sitting ="
                                + " :sitting")
                .bind("tenant", tenant.value())
                .bind("sitting", sitting)
                .map((row, context) -> objective(row))
                .findOne();
    }

    List<ObjectiveMark> objectiveOfPlan(Tx tx, TenantId tenant, long plan) {
        return tx.query(
                        """
                        select m.* from objective_mark m join sitting s
                            on s.tenant = m.tenant and s.id = m.of_sitting
                        where m.tenant = :tenant and s.plan = :plan
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan)
                .map((row, context) -> objective(row))
                .list();
    }

    private static ObjectiveMark objective(ResultSet row) throws SQLException {
        return new ObjectiveMark(
                row.getLong("sitting"),
                new PaperId(row.getLong("paper")),
                row.getBigDecimal("score"),
                row.getBigDecimal("maximum"),
                row.getString("answers_digest"),
                Instant.ofEpochMilli(row.getLong("at_ms")));
    }

    void addText(Tx tx, TenantId tenant, TextMark mark) {
        tx.update(
                        """
                        insert into text_mark (tenant, sitting, item, number, mark, maximum, login,
                            at_ms)
                        values (:tenant, :sitting, :item, :number, :mark, :maximum, :login, :at)
                        """)
                .bind("tenant", tenant.value())
                .bind("sitting", mark.sitting())
                .bind("item", mark.item())
                .bind("number", mark.number())
                .bind("mark", mark.mark())
                .bind("maximum", mark.maximum())
                .bind("login", mark.login())
                .bind("at", mark.at().toEpochMilli())
                .execute();
    }

    List<TextMark> texts(Tx tx, TenantId tenant, long sitting) {
        return tx.query(
                        """
                        select * from text_mark where tenant = :tenant and sitting = :sitting
                        order by item, number
                        """)
                .bind("tenant", tenant.value())
                .bind("sitting", sitting)
                .map((row, context) -> text(row))
                .list();
    }

    List<TextMark> textsOfPlan(Tx tx, TenantId tenant, long plan) {
        return tx.query(
                        """
                        select m.* from text_mark m join sitting s
                            on s.tenant = m.tenant and s.id = m.of_sitting
                        where m.tenant = :tenant and s.plan = :plan
                        order by m.sitting, m.item, m.number
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan)
                .map((row, context) -> text(row))
                .list();
    }

    private static TextMark text(ResultSet row) throws SQLException {
        return new TextMark(
                row.getLong("sitting"),
                row.getString("item"),
                row.getInt("number"),
                row.getBigDecimal("mark"),
                row.getBigDecimal("maximum"),
                row.getString("login"),
                Instant.ofEpochMilli(row.getLong("at_ms")));
    }

    void putAlarm(Tx tx, TenantId tenant, ScoreAlarm alarm) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "score_alarm",
                                        List.of("tenant", "sitting", "kind", "detail"),
                                        List.of(
                                                "raised_ms",
                                                "settled_login",
                                                "settled_reason",
                                                "settled_ms")))
                .bind("tenant", tenant.value())
                .bind("sitting", alarm.sitting())
                .bind("kind", alarm.kind().name())
                .bind("detail", alarm.detail())
                .bind("raised_ms", alarm.raisedAt().toEpochMilli())
                .bind("settled_login", alarm.settled().map(ScoreAlarm.Settled::login).orElse(""))
                .bind("settled_reason", alarm.settled().map(ScoreAlarm.Settled::reason).orElse(""))
                .bind("settled_ms", alarm.settled().map(s -> s.at().toEpochMilli()).orElse(0L))
                .execute();
    }

    List<ScoreAlarm> alarms(Tx tx, TenantId tenant, long sitting) {
        return tx.query(
                        """
                        select * from score_alarm where tenant = :tenant and sitting = :sitting
                        order by kind, detail
                        """)
                .bind("tenant", tenant.value())
                .bind("sitting", sitting)
                .map((row, context) -> alarm(row))
                .list();
    }

    List<ScoreAlarm> alarmsOfPlan(Tx tx, TenantId tenant, long plan) {
        return tx.query(
                        """
                        select a.* from score_alarm a join sitting s
                            on s.tenant = a.tenant and s.id = a.of_sitting
                        where a.tenant = :tenant and s.plan = :plan
                        order by a.sitting, a.kind, a.detail
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan)
                .map((row, context) -> alarm(row))
                .list();
    }

    private static ScoreAlarm alarm(ResultSet row) throws SQLException {
        long settled = row.getLong("settled_ms");
        return new ScoreAlarm(
                row.getLong("sitting"),
                ScoreAlarm.Kind.valueOf(row.getString("kind")),
                row.getString("detail"),
                Instant.ofEpochMilli(row.getLong("raised_ms")),
                settled == 0
                        ? Optional.empty()
                        : Optional.of(
                                new ScoreAlarm.Settled(
                                        row.getString("settled_login"),
                                        row.getString("settled_reason"),
                                        Instant.ofEpochMilli(settled))));
    }
}
