package io.invigil.hub.fee;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.plan.PlanId;
import java.util.List;
import java.util.Optional;

/**
 * What a list of fee requests shows.
 *
 * @param text part of the request's number
 * @param body only requests to this payee
 * @param only these alone, when not empty
 */
public record FeeFilter(
        String text,
        Optional<PlanId> plan,
        Optional<OrganisationId> school,
        Optional<OrganisationId> body,
        Optional<FeeRequest.State> state,
        List<FeeRequestId> only) {

    public FeeFilter {
        only = List.copyOf(only);
    }
}
