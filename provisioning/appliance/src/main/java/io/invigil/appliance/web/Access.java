package io.invigil.appliance.web;

import java.util.Set;

/**
 * Who may use a route. Immutable.
 *
 * @param roles any one of these is enough; empty: any signed-in person
 */
public record Access(boolean signedIn, Set<String> roles) {
    private static final Access OPEN = new Access(false, Set.of());
    private static final Access SIGNED_IN = new Access(true, Set.of());

    public Access {
        roles = Set.copyOf(roles);
    }

    /** Everyone, signed in or not. */
    public static Access open() {
        return OPEN;
    }

    /** Every signed-in person. */
    public static Access anyoneSignedIn() {
        return SIGNED_IN;
    }

    /** Who has at least one of the roles. */
    public static Access roles(String... roles) {
        if (roles.length == 0) {
            throw new IllegalArgumentException("name at least one role");
        }
        return new Access(true, Set.of(roles));
    }

    public boolean permits(SignedIn person) {
        return roles.isEmpty() || roles.stream().anyMatch(person.roles()::contains);
    }
}
