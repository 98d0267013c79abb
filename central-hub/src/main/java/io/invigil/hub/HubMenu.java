package io.invigil.hub;

import io.invigil.appliance.layout.NavItem;
import java.util.List;

/** Message bundles and main menu of the hub, in the order of the header. */
final class HubMenu {
    private HubMenu() {}

    static List<String> bundles() {
        return List.of("hub", "fleet", "pack");
    }

    static List<NavItem> entries() {
        return List.of(
                NavItem.of("pack.nav", "/packages", "body-staff"),
                NavItem.of("fleet.nav", "/nodes", "body-staff", "school-clerk"),
                NavItem.of("ingest.nav", "/ingest", "body-staff"));
    }
}
