package io.invigil.hub;

import io.invigil.appliance.web.Route;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which entries each changing route leaves: {@code resources/io/invigil/hub/routes/audit}. */
final class AuditTable {
    private static final int COLUMNS = 4;
    private static final String NOTHING = "-";

    private AuditTable() {}

    /** One line: the kinds, or none and the reason. */
    record Line(Route route, Set<String> kinds, String reason) {}

    static List<Line> read() throws IOException {
        return RouteTable.cells(RouteTable.DIRECTORY.resolve("audit"), COLUMNS).stream()
                .map(
                        cells ->
                                new Line(
                                        new Route(cells[0], cells[1]),
                                        cells[2].equals(NOTHING)
                                                ? Set.of()
                                                : new TreeSet<>(List.of(cells[2].split(","))),
                                        cells[3]))
                .toList();
    }

    static Map<Route, Set<String>> kinds() throws IOException {
        Map<Route, Set<String>> kinds = new TreeMap<>();
        read().forEach(line -> kinds.put(line.route(), line.kinds()));
        return kinds;
    }
}
