package io.invigil.hub.arrangement;

import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.SittingId;

/**
 * A sitting that needs a slot, a room and a seat.
 *
 * @param school the candidate's; it decides which sites may be used
 * @param extraMinutes granted beyond the subject's minutes; the slot must be long enough for both
 * @param accessible whether a wheelchair seat is needed
 */
public record WantedSitting(
        SittingId sitting,
        CandidateId candidate,
        OrganisationId school,
        SubjectId subject,
        int extraMinutes,
        boolean accessible) {

    /** Without special needs. */
    public WantedSitting(
            SittingId sitting, CandidateId candidate, OrganisationId school, SubjectId subject) {
        this(sitting, candidate, school, subject, 0, false);
    }
}
