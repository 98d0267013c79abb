package io.invigil.hub.arrangement;

import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.site.Room;

/**
 * All that a package, a sticker or a list needs to know of one arranged sitting.
 *
 * @param sitting has a seating
 * @param school the candidate's
 */
public record ArrangedSitting(
        Sitting sitting, Candidate candidate, Subject subject, Room room, Organisation school) {

    public ArrangedSitting {
        if (sitting.seating().isEmpty()) {
            throw new IllegalArgumentException("sitting " + sitting.id() + " is not arranged");
        }
    }
}
