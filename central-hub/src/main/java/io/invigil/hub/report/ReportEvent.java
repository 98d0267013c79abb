package io.invigil.hub.report;

import java.time.Instant;

/** A step of a report's review history (审核信息). */
public record ReportEvent(Step step, String login, Instant at, String reason) {

    /** What happened. Names stand in the database. */
    public enum Step {
        SUBMITTED,
        WITHDRAWN,
        APPROVED,
        RETURNED
    }
}
