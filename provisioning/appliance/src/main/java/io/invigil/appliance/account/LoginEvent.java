package io.invigil.appliance.account;

import java.time.Instant;

/** What happened at the door, for the audit. */
public record LoginEvent(Kind kind, long tenant, String login, String address, Instant at) {
    public enum Kind {
        SIGNED_IN,
        SIGNED_OUT,
        WRONG_PASSWORD,
        LOCKED,
        PASSWORD_CHANGED,
        SESSION_ENDED
    }
}
