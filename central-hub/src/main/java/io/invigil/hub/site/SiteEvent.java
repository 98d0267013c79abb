package io.invigil.hub.site;

import java.time.Instant;

/** A step of an application's review (domain, section 4: 未提交 → 待审核 → 通过 / 退回). */
public record SiteEvent(Step step, String login, Instant at, String reason) {

    /** What happened. Names stand in the database. */
    public enum Step {
        SUBMITTED,
        APPROVED,
        RETURNED
    }
}
