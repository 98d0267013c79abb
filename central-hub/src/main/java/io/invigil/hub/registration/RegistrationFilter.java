package io.invigil.hub.registration;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.SubjectId;
import java.util.List;
import java.util.Optional;

/**
 * What a list of registered subjects shows.
 *
 * @param text part of name, candidate number or admission number, or a whole ID number; empty for
 *     all
 * @param only these alone, when not empty
 */
public record RegistrationFilter(
        String text,
        Optional<OrganisationId> school,
        Optional<LevelId> level,
        Optional<SubjectId> subject,
        Optional<RegistrationState> state,
        Optional<Payments.Payment> payment,
        List<SittingId> only) {

    public RegistrationFilter {
        only = List.copyOf(only);
    }

    public static RegistrationFilter everything() {
        return new RegistrationFilter(
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
