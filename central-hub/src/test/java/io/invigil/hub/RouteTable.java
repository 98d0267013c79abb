package io.invigil.hub;

import io.invigil.appliance.web.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The checked table of routes: {@code resources/io/invigil/hub/routes/*.tsv}, see its README. */
final class RouteTable {
    static final Path DIRECTORY = Path.of("src/main/resources/io/invigil/hub/routes");
    private static final int COLUMNS = 7;
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    private RouteTable() {}

    /** One line; see the README beside the tables. */
    record Line(
            Route route,
            Set<String> who,
            Set<String> foreign,
            String rule,
            String test,
            String source) {

        boolean allows(String role) {
            return who.contains(role) || who.contains("signed-in") || who.contains("everyone");
        }
    }

    static List<Line> read() throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String[] cells : cells(DIRECTORY, COLUMNS)) {
            lines.add(
                    new Line(
                            new Route(cells[0], cells[1]),
                            set(cells[2]),
                            set(cells[3]),
                            cells[4],
                            cells[5],
                            cells[6]));
        }
        return lines;
    }

    /**
     * A sample for a parameter of a path; where a name means several things, the one that has the
     * path's first part before it.
     */
    static Optional<String> sample(Map<String, String> samples, Route route, String name) {
        String first = route.path().split("/")[1];
        return Optional.ofNullable(samples.get(first + "/" + name))
                .or(() -> Optional.ofNullable(samples.get(name)));
    }

    /** The route's path with a sample for each parameter, or 1 where there is none. */
    static String path(Map<String, String> samples, Route route) {
        return PARAMETER
                .matcher(route.path())
                .replaceAll(found -> sample(samples, route, found.group(1)).orElse("1"));
    }

    /** The cells of every line of every table of a directory. */
    static List<String[]> cells(Path directory, int columns) throws IOException {
        List<String[]> all = new ArrayList<>();
        try (var files = Files.list(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".tsv")).sorted().toList()) {
                int number = 0;
                for (String line : Files.readAllLines(file)) {
                    number++;
                    if (line.isBlank() || line.startsWith("#")) {
                        continue;
                    }
                    String[] cells = line.split("\t", -1);
                    if (cells.length != columns || Arrays.stream(cells).anyMatch(String::isBlank)) {
                        throw new AssertionError(
                                file + ":" + number + " has not " + columns + " filled columns");
                    }
                    all.add(cells);
                }
            }
        }
        return all;
    }

    private static Set<String> set(String cell) {
        return new TreeSet<>(List.of(cell.split(",")));
    }
}
