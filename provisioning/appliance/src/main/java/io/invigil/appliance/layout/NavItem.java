package io.invigil.appliance.layout;

import java.util.Set;

/**
 * One entry of the main navigation.
 *
 * @param textKey key in the message bundles
 * @param path where it leads; also current for paths below it
 * @param roles who sees it; empty: every signed-in person
 */
public record NavItem(String textKey, String path, Set<String> roles) {
    public NavItem {
        roles = Set.copyOf(roles);
    }

    public static NavItem of(String textKey, String path, String... roles) {
        return new NavItem(textKey, path, Set.of(roles));
    }
}
