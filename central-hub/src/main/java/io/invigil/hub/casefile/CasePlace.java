package io.invigil.hub.casefile;

import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanDesk;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** Which candidate in which plan is looked at, and when. */
record CasePlace(Candidate candidate, Plan plan, Instant now) {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;

    /** An address below the plan's. */
    String path(String below) {
        return PlanDesk.path(plan) + "/" + below;
    }

    String minute(Instant instant) {
        return MINUTE.format(instant.atZone(plan.zone()));
    }

    String day(Instant instant) {
        return DAY.format(instant.atZone(plan.zone()));
    }
}
