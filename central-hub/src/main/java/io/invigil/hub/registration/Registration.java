package io.invigil.hub.registration;

import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.PlanId;
import java.time.Instant;

/** One candidate registered for one certificate level of a plan. */
public record Registration(
        TenantId tenant,
        RegistrationId id,
        PlanId plan,
        LevelId level,
        CandidateId candidate,
        String login,
        Instant at) {}
