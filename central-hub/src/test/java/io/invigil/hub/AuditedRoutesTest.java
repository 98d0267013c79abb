package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.web.Route;
import io.invigil.hub.AuditTable.Line;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every change leaves an entry: domain section 17 ("Complete log of every change and of every read
 * and export of scores"). Each route that takes something is named in {@code routes/audit/*.tsv}
 * with the kinds it records, which its code can reach, or with the reason why nothing is recorded.
 * What calls really leave is shown by {@link AuditedCallsTest} and by the tests of the rules.
 */
class AuditedRoutesTest {
    /** The login pages tell a port what happened; the hub's wiring records it. */
    private static final Set<String> BY_PORT =
            Set.of(
                    "/login",
                    "/logout",
                    "/portal/login",
                    "/account/password",
                    "/account/sessions/{id}/end");

    @Test
    void noRouteIsNamedTwiceAndEachNamedOneExists() throws IOException {
        List<Route> named = AuditTable.read().stream().map(Line::route).toList();
        assertThat(named).doesNotHaveDuplicates();
        Set<Route> gone = new TreeSet<>(named);
        RouteTable.read().forEach(line -> gone.remove(line.route()));
        assertThat(gone).as("lines without a route").isEmpty();
    }

    /** Who adds a route that records something need not name it; one that does not, says why. */
    @Test
    void everyOtherRouteThatTakesSomethingRecordsIt() throws IOException {
        Map<Route, Set<String>> reached = new AuditReach(kinds()).ofRoutes();
        Set<Route> named = AuditTable.read().stream().map(Line::route).collect(Collectors.toSet());
        Map<Route, Set<String>> wrong = new TreeMap<>();
        for (RouteTable.Line line : RouteTable.read()) {
            Route route = line.route();
            Set<String> found = reached.getOrDefault(route, Set.of());
            if (!route.method().equals("GET") && !named.contains(route)) {
                if (found.isEmpty()) {
                    wrong.put(route, found);
                }
            }
        }
        assertThat(wrong)
                .as("record nothing: a reason in src/main/resources/io/invigil/hub/routes/audit")
                .isEmpty();
    }

    @Test
    void theCodeBehindEachRouteRecordsWhatTheTableSays() throws IOException {
        Set<String> kinds = kinds();
        Map<Route, Set<String>> reached = new AuditReach(kinds).ofRoutes();
        Map<Route, String> wrong = new TreeMap<>();
        for (Line line : AuditTable.read()) {
            assertThat(kinds).as(line.route().toString()).containsAll(line.kinds());
            if (BY_PORT.contains(line.route().path())) {
                continue;
            }
            Set<String> found = reached.get(line.route());
            if (found == null) {
                wrong.put(line.route(), "no handler found in the sources");
            } else if (!found.containsAll(line.kinds())) {
                wrong.put(line.route(), "says " + line.kinds() + ", its code records " + found);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** A route that says it records nothing says why. */
    @Test
    void whoRecordsNothingSaysWhy() throws IOException {
        assertThat(AuditTable.read())
                .filteredOn(line -> line.kinds().isEmpty())
                .allSatisfy(line -> assertThat(line.reason()).hasSizeGreaterThan(10));
    }

    private static Set<String> kinds() {
        String prefix = "audit.subject.";
        return ResourceBundle.getBundle("messages.audit", Locale.ENGLISH).keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
