package io.invigil.hub.declaration;

import java.time.Instant;

/** A step of a declaration's review history (审核信息). */
public record DeclarationEvent(Step step, String login, Instant at, String reason) {

    /** What happened. Names stand in the database. */
    public enum Step {
        SUBMITTED,
        WITHDRAWN,
        APPROVED,
        RETURNED,
        REVOKED
    }
}
