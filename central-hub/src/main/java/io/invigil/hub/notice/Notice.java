package io.invigil.hub.notice;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import java.time.Instant;

/**
 * A notice that was sent.
 *
 * @param organisation who sent it
 * @param recipients how many candidates it went to
 */
public record Notice(
        TenantId tenant,
        long id,
        OrganisationId organisation,
        String login,
        Instant at,
        String title,
        String body,
        Audience audience,
        int recipients) {
    public static final int TITLE_CHARS_MAX = 100;
    public static final int BODY_CHARS_MAX = 4_000;

    /** To whom. Names stand in the database. */
    public enum Audience {
        /** Everybody registered in a plan; of a school, its own. */
        PLAN,
        /** Everybody seated at a site in a plan; of a school, its own. */
        SITE,
        /** All candidates of the own school. */
        SCHOOL,
        /** Those whose candidate or ID numbers are named. */
        NAMED
    }
}
