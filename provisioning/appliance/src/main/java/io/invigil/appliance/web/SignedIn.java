package io.invigil.appliance.web;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The person behind a session: staff, or a candidate on a node (role {@code candidate}). Immutable.
 *
 * @param account id of the staff account, or what else identifies the person among its roles
 * @param attributes small facts the features keep with the session, at most {@link #ATTRIBUTES_MAX}
 */
public record SignedIn(
        long tenant,
        long account,
        String login,
        String name,
        Set<String> roles,
        Optional<Long> organisation,
        Map<String, String> attributes) {
    /** Attribute of a person who gets no page but that for a new password. */
    public static final String MUST_CHANGE_PASSWORD = "must-change-password";

    /**
     * Attribute of a person who has not yet proved enough: gets no page but this one and those
     * below it. Goes before {@link #MUST_CHANGE_PASSWORD}.
     */
    public static final String CONFINED_TO = "confined-to";

    public static final int ATTRIBUTES_MAX = 16;
    public static final int ATTRIBUTE_CHARS_MAX = 200;

    public SignedIn {
        roles = Set.copyOf(roles);
        attributes = Map.copyOf(attributes);
        if (attributes.size() > ATTRIBUTES_MAX
                || attributes.values().stream().anyMatch(v -> v.length() > ATTRIBUTE_CHARS_MAX)) {
            throw new IllegalArgumentException("too many or too long session attributes");
        }
    }

    /** Whether a page is kept from the person until more is proved. */
    boolean isKeptFrom(String path) {
        String own = attributes.get(CONFINED_TO);
        return own != null && !path.equals(own) && !path.startsWith(own + "/");
    }

    public boolean has(String role) {
        return roles.contains(role);
    }
}
