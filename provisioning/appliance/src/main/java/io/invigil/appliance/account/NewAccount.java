package io.invigil.appliance.account;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An account to be made.
 *
 * @param login letters, digits, dot, dash, underscore, at; made lower case
 */
public record NewAccount(
        String login, String name, Set<String> roles, Optional<Long> organisation) {
    public static final int LOGIN_CHARS_MAX = 64;
    public static final int NAME_CHARS_MAX = 100;

    public NewAccount {
        login = login.strip().toLowerCase(Locale.ROOT);
        name = name.strip();
        roles = Set.copyOf(roles);
    }

    /** Whether login and name can be stored and typed. */
    public boolean isWellFormed() {
        return login.matches("[a-z0-9][a-z0-9._@-]{1,63}")
                && !name.isEmpty()
                && name.length() <= NAME_CHARS_MAX;
    }
}
