package io.invigil.appliance.web.session;

import io.invigil.appliance.web.SignedIn;
import io.invigil.protocol.crypto.Digest;
import java.time.Instant;

/**
 * A stored session of a signed-in person.
 *
 * @param idHash SHA-256 of the cookie's value
 * @param address where it was opened from
 * @param agent the browser's own words, cut to {@link #AGENT_CHARS_MAX}
 * @param seenAt last use, accurate to a minute
 * @param expiresAt end whatever happens
 */
public record Session(
        Digest idHash,
        SignedIn person,
        String address,
        String agent,
        Instant createdAt,
        Instant seenAt,
        Instant expiresAt) {
    public static final int AGENT_CHARS_MAX = 200;

    public Session {
        if (agent.length() > AGENT_CHARS_MAX) {
            agent = agent.substring(0, AGENT_CHARS_MAX);
        }
    }

    public Session seen(Instant now) {
        return new Session(idHash, person, address, agent, createdAt, now, expiresAt);
    }
}
