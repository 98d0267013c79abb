package io.invigil.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The rules of the year with their sources: {@code resources/io/invigil/hub/rules/year.tsv}. */
final class RuleTable {
    private static final String TABLE = "rules/year.tsv";
    private static final int COLUMNS = 5;

    private RuleTable() {}

    /** One line; see the README beside the tables. */
    record Line(String section, String source, String rule, String edges, List<String> tests) {
        boolean isWindow() {
            return !edges.equals("-");
        }

        /** Such as {@code domain §5 (S4 §5.2.6)}. */
        String citation() {
            return source.startsWith("domain")
                    ? source
                    : "domain §" + section + " (" + source + ")";
        }
    }

    static List<Line> read() throws IOException {
        try (InputStream table = RuleTable.class.getResourceAsStream(TABLE)) {
            String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).map(RuleTable::line).toList();
        }
    }

    private static Line line(String text) {
        String[] cells = text.split("\t", -1);
        if (cells.length != COLUMNS || Arrays.stream(cells).anyMatch(String::isBlank)) {
            throw new AssertionError("not " + COLUMNS + " filled columns: " + text);
        }
        return new Line(cells[0], cells[1], cells[2], cells[3], List.of(cells[4].split(" ")));
    }
}
