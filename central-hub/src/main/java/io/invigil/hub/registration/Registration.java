package io.invigil.hub.registration;

import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.PlanId;
import java.time.Instant;

/**
 * One candidate registered for one certificate level of a plan.
 *
 * @param targetType of the candidate (参考对象类型), empty when no subject asks for it
 */
public record Registration(
        TenantId tenant,
        RegistrationId id,
        PlanId plan,
        LevelId level,
        CandidateId candidate,
        String targetType,
        String login,
        Instant at) {}
