package io.invigil.hub.registration;

import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.SubjectId;
import java.util.Optional;

/**
 * One candidate's registration for one subject.
 *
 * @param extraMinutes granted for this candidate
 * @param accessible whether the candidate needs a wheelchair seat
 * @param seating where and when, once arranged
 */
public record Sitting(
        TenantId tenant,
        SittingId id,
        PlanId plan,
        RegistrationId registration,
        CandidateId candidate,
        SubjectId subject,
        int extraMinutes,
        boolean accessible,
        Optional<Seating> seating) {}
