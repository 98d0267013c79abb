package io.invigil.hub.score;

import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.RegistrationId;
import io.invigil.hub.registration.SittingId;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A score as entered.
 *
 * @param outcome SCORED, ABSENT or REJECTED; the score is 0 unless SCORED
 * @param score as it counts, with corrections
 * @param login who entered it
 */
public record SubjectScore(
        TenantId tenant,
        SittingId sitting,
        PlanId plan,
        RegistrationId registration,
        SubjectId subject,
        SittingOutcome outcome,
        BigDecimal objective,
        BigDecimal text,
        BigDecimal score,
        BigDecimal maximum,
        String login,
        Instant at) {}
