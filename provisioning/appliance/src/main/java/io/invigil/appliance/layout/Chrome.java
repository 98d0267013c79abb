package io.invigil.appliance.layout;

import java.util.List;

/**
 * What all pages of one server have in common.
 *
 * @param productKey text key of the name in the header, such as {@code hub.product}
 * @param nav in the order of the header
 */
public record Chrome(String productKey, List<NavItem> nav) {
    public Chrome {
        nav = List.copyOf(nav);
    }
}
