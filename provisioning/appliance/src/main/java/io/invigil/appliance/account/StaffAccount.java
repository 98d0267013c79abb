package io.invigil.appliance.account;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One person who works here.
 *
 * @param login unique within the tenant, lower case
 * @param organisation the school or centre the person belongs to
 * @param passwordHash in PHC form, see {@link PasswordHash}
 * @param failures wrong passwords since the last success
 * @param mustChange the password was set by somebody else
 */
public record StaffAccount(
        long tenant,
        long id,
        String login,
        String name,
        Set<String> roles,
        Optional<Long> organisation,
        String passwordHash,
        int failures,
        Optional<Instant> lockedAt,
        boolean disabled,
        boolean mustChange) {
    public static final int ROLES_MAX = 20;

    public StaffAccount {
        roles = Set.copyOf(roles);
        if (roles.size() > ROLES_MAX
                || roles.stream().anyMatch(role -> !role.matches("[a-zA-Z][a-zA-Z0-9-]{0,39}"))) {
            throw new IllegalArgumentException("not a set of roles");
        }
    }

    @Override
    public String toString() {
        return "StaffAccount[" + tenant + "/" + id + " " + login + "]";
    }
}
