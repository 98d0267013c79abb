package io.invigil.hub;

import io.invigil.appliance.layout.NavItem;
import io.invigil.hub.organisation.StaffRole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Message bundles and main menu of the hub, in the order of the header. */
final class HubMenu {
    private HubMenu() {}

    static List<String> bundles() {
        List<String> bundles = new ArrayList<>(OrganisationWiring.MESSAGES);
        bundles.addAll(ScoringWiring.MESSAGES);
        bundles.addAll(OfficeWiring.MESSAGES);
        bundles.addAll(List.of("hub", "fleet", "pack", "pagerules", "admission"));
        bundles.addAll(YearWiring.MESSAGES);
        bundles.addAll(ExamDayWiring.MESSAGES);
        bundles.addAll(CourseWiring.MESSAGES);
        bundles.addAll(PortalWiring.MESSAGES);
        return List.copyOf(bundles);
    }

    static List<NavItem> entries() {
        List<NavItem> entries = new ArrayList<>(OrganisationWiring.navigation());
        entries.addAll(YearWiring.navigation());
        entries.addAll(ExamDayWiring.navigation());
        entries.addAll(CourseWiring.navigation());
        entries.addAll(PortalWiring.navigation());
        entries.addAll(later());
        return List.copyOf(entries);
    }

    private static List<NavItem> later() {
        return List.of(
                NavItem.of("pack.nav", "/packages", "body-staff"),
                NavItem.of("room-staff.nav", "/room-staff", "body-staff", "school-clerk"),
                NavItem.of("fleet.nav", "/nodes", "body-staff", "school-clerk"),
                NavItem.of("ingest.nav", "/ingest", "body-staff"),
                NavItem.of(
                        "organisation.nav",
                        "/organisations",
                        "body-staff",
                        "authority-reader",
                        "body-admin",
                        "school-admin"),
                NavItem.of("staff.nav", "/staff", administrators()),
                NavItem.of("audit.nav", "/audit", auditReaders()));
    }

    private static String[] administrators() {
        return Arrays.stream(StaffRole.administrators())
                .map(StaffRole::code)
                .toArray(String[]::new);
    }

    private static String[] auditReaders() {
        return Stream.concat(
                        Arrays.stream(StaffRole.ofExams()),
                        Arrays.stream(StaffRole.administrators()))
                .map(StaffRole::code)
                .toArray(String[]::new);
    }
}
