package io.invigil.hub.violation;

import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.Window;
import java.time.Instant;
import java.util.Optional;

/**
 * A ban of one candidate.
 *
 * @param body whose exams it concerns; empty means every exam
 * @param effect [first day, day after the last)
 * @param lifted when, by whom and why it was taken back
 */
public record Ban(
        TenantId tenant,
        long id,
        CandidateId candidate,
        Optional<OrganisationId> body,
        Window effect,
        String reason,
        String login,
        Instant at,
        Optional<Lifting> lifted) {

    public record Lifting(Instant at, String login, String reason) {}
}
