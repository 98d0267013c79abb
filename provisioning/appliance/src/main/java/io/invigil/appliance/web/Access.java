package io.invigil.appliance.web;

import java.util.Set;

/**
 * Who may use a route. Immutable.
 *
 * @param roles any one of these is enough; empty: any signed-in person
 * @param loginPath where somebody without a session is led to
 */
public record Access(boolean signedIn, Set<String> roles, String loginPath) {
    private static final Access OPEN = new Access(false, Set.of());
    private static final Access SIGNED_IN = new Access(true, Set.of());

    public Access(boolean signedIn, Set<String> roles) {
        this(signedIn, roles, HttpPages.LOGIN_PATH);
    }

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

    /** The same for people who log in elsewhere than the staff. */
    public Access signingInAt(String path) {
        return new Access(signedIn, roles, path);
    }

    public boolean permits(SignedIn person) {
        return roles.isEmpty() || roles.stream().anyMatch(person.roles()::contains);
    }
}
