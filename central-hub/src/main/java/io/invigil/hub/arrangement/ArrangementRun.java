package io.invigil.hub.arrangement;

import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import java.time.Instant;
import java.util.Optional;

/**
 * The record of one run.
 *
 * @param sameSchoolNeighbours pairs of one school beside or behind each other
 * @param bottleneck the first reason when nobody was seated
 */
public record ArrangementRun(
        TenantId tenant,
        PlanId plan,
        long seed,
        String login,
        Instant at,
        int arranged,
        Strategy strategy,
        int sameSchoolNeighbours,
        Optional<Bottleneck.Kind> bottleneck) {}
