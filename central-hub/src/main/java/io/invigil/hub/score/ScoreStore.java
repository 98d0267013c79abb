package io.invigil.hub.score;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.RegistrationId;
import io.invigil.hub.registration.SittingId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SQL of entered scores and their corrections. Stateless. */
final class ScoreStore {

    void put(Tx tx, SubjectScore score) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "subject_score",
                                        List.of("tenant", "sitting"),
                                        List.of(
                                                "plan",
                                                "registration",
                                                "subject",
                                                "outcome",
                                                "objective",
                                                "text_part",
                                                "score",
                                                "maximum",
                                                "login",
                                                "at_ms")))
                .bind("tenant", score.tenant().value())
                .bind("sitting", score.sitting().value())
                .bind("plan", score.plan().value())
                .bind("registration", score.registration().value())
                .bind("subject", score.subject().value())
                .bind("outcome", score.outcome().name())
                .bind("objective", score.objective())
                .bind("text_part", score.text())
                .bind("score", score.score())
                .bind("maximum", score.maximum())
                .bind("login", score.login())
                .bind("at_ms", score.at().toEpochMilli())
                .execute();
    }

    void remove(Tx tx, TenantId tenant, SittingId sitting) {
        tx.update("delete from subject_score where tenant = :tenant and sitting = :sitting")
                .bind("tenant", tenant.value())
                .bind("sitting", sitting.value())
                .execute();
    }

    Optional<SubjectScore> find(Tx tx, TenantId tenant, SittingId sitting) {
        return tx.query("select * from subject_score where tenant = :tenant and sitting = :sitting")
                .bind("tenant", tenant.value())
                .bind("sitting", sitting.value())
                .map((row, context) -> score(row))
                .findOne();
    }

    List<SubjectScore> ofPlan(Tx tx, TenantId tenant, PlanId plan) {
        return tx.query(
                        """
                        select * from subject_score where tenant = :tenant and plan = :plan
                        order by registration, subject
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map((row, context) -> score(row))
                .list();
    }

    private static SubjectScore score(ResultSet row) throws SQLException {
        return new SubjectScore(
                new TenantId(row.getLong("tenant")),
                new SittingId(row.getLong("sitting")),
                new PlanId(row.getLong("plan")),
                new RegistrationId(row.getLong("registration")),
                new SubjectId(row.getLong("subject")),
                SittingOutcome.valueOf(row.getString("outcome")),
                row.getBigDecimal("objective"),
                row.getBigDecimal("text_part"),
                row.getBigDecimal("score"),
                row.getBigDecimal("maximum"),
                row.getString("login"),
                Instant.ofEpochMilli(row.getLong("at_ms")));
    }

    void putCorrection(Tx tx, TenantId tenant, ScoreCorrection correction) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "score_correction",
                                        List.of("tenant", "sitting", "number"),
                                        List.of(
                                                "before_score",
                                                "after_score",
                                                "reason",
                                                "state",
                                                "proposed_login",
                                                "proposed_ms",
                                                "decided_login",
                                                "decided_ms")))
                .bind("tenant", tenant.value())
                .bind("sitting", correction.sitting())
                .bind("number", correction.number())
                .bind("before_score", correction.before())
                .bind("after_score", correction.after())
                .bind("reason", correction.reason())
                .bind("state", correction.state().name())
                .bind("proposed_login", correction.proposedBy())
                .bind("proposed_ms", correction.proposedAt().toEpochMilli())
                .bind(
                        "decided_login",
                        correction.decided().map(ScoreCorrection.Decided::login).orElse(""))
                .bind("decided_ms", correction.decided().map(d -> d.at().toEpochMilli()).orElse(0L))
                .execute();
    }

    List<ScoreCorrection> corrections(Tx tx, TenantId tenant, SittingId sitting) {
        return tx.query(
                        """
                        select * from score_correction
                        where tenant = :tenant and sitting = :sitting order by number
                        """)
                .bind("tenant", tenant.value())
                .bind("sitting", sitting.value())
                .map((row, context) -> correction(row))
                .list();
    }

    List<ScoreCorrection> correctionsOfPlan(Tx tx, TenantId tenant, PlanId plan) {
        return tx.query(
                        """
                        select c.* from score_correction c join sitting s
                            on s.tenant = c.tenant and s.id = c.sitting
                        where c.tenant = :tenant and s.plan = :plan
                        order by c.sitting, c.number
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map((row, context) -> correction(row))
                .list();
    }

    private static ScoreCorrection correction(ResultSet row) throws SQLException {
        long decided = row.getLong("decided_ms");
        return new ScoreCorrection(
                row.getLong("sitting"),
                row.getInt("number"),
                row.getBigDecimal("before_score"),
                row.getBigDecimal("after_score"),
                row.getString("reason"),
                ScoreCorrection.State.valueOf(row.getString("state")),
                row.getString("proposed_login"),
                Instant.ofEpochMilli(row.getLong("proposed_ms")),
                decided == 0
                        ? Optional.empty()
                        : Optional.of(
                                new ScoreCorrection.Decided(
                                        row.getString("decided_login"),
                                        Instant.ofEpochMilli(decided))));
    }
}
