package io.invigil.hub.portal;

import io.invigil.appliance.account.StaffAccount;
import io.invigil.hub.candidate.Candidate;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A candidate's access to the portal.
 *
 * @param passwordHash in PHC form
 * @param failures wrong passwords since the last success
 * @param mustChange the password was made by the hub and sent by message
 */
public record PortalAccount(
        Candidate candidate,
        String passwordHash,
        int failures,
        Optional<Instant> lockedAt,
        boolean disabled,
        boolean mustChange) {

    /** How an account stands; names are choices of the list's filter. */
    public enum State {
        NONE,
        /** Opened, the first password not changed yet. */
        FRESH,
        ACTIVE,
        LOCKED,
        DISABLED
    }

    public State state() {
        if (disabled) {
            return State.DISABLED;
        }
        if (lockedAt.isPresent()) {
            return State.LOCKED;
        }
        return mustChange ? State.FRESH : State.ACTIVE;
    }

    /** As logins look at it. */
    StaffAccount login() {
        return new StaffAccount(
                candidate.tenant().value(),
                PortalAccounts.account(candidate.id()),
                candidate.number().toLowerCase(java.util.Locale.ROOT),
                candidate.name(),
                Set.of(PortalAccounts.ROLE),
                Optional.empty(),
                passwordHash,
                failures,
                lockedAt,
                disabled,
                mustChange);
    }

    @Override
    public String toString() {
        return "PortalAccount[" + candidate.tenant() + "/" + candidate.id() + " " + state() + "]";
    }
}
