package io.invigil.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The table of faults, {@code faults.tsv}: each row names the tests that show it, or says why none
 * does. What the table names is there, and what calls itself a fault's test is in the table.
 */
class FaultTableTest {
    private static final int ROWS = 88;
    private static final Pattern TEST =
            Pattern.compile(
                    "@(?:Test|ParameterizedTest)\\b(?:(?!\\bvoid\\b).)*\\bvoid (\\w+)\\(",
                    Pattern.DOTALL);
    private static final Pattern FAULT = Pattern.compile("^fault(\\d+(?:(?:And|To)\\d+)*)");

    /** Simple name of a class to the names of its tests. */
    private static final Map<String, Set<String>> TESTS = new HashMap<>();

    private record Row(int number, String fault, List<String> tests, String note) {}

    @BeforeAll
    static void readTests() throws IOException {
        Path project = Path.of("").toAbsolutePath().getParent().getParent();
        List<Path> modules =
                List.of(
                        project.resolve("sync-protocol"),
                        project.resolve("site-node"),
                        project.resolve("central-hub"),
                        project.resolve("provisioning/appliance"),
                        project.resolve("provisioning/testkit"),
                        project.resolve("provisioning/cli"),
                        project.resolve("provisioning/acceptance"));
        for (Path module : modules) {
            Path sources = module.resolve("src/test/java");
            if (Files.isDirectory(sources)) {
                try (Stream<Path> files = Files.walk(sources)) {
                    for (Path file :
                            files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
                        read(file);
                    }
                }
            }
        }
    }

    private static void read(Path file) throws IOException {
        String name = file.getFileName().toString().replace(".java", "");
        Matcher found = TEST.matcher(Files.readString(file, StandardCharsets.UTF_8));
        Set<String> tests = TESTS.computeIfAbsent(name, n -> new HashSet<>());
        found.results().map(match -> match.group(1)).forEach(tests::add);
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (var in = FaultTableTest.class.getResourceAsStream("faults.tsv")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .forEach(
                            cells ->
                                    rows.add(
                                            new Row(
                                                    Integer.parseInt(cells[0]),
                                                    cells[1],
                                                    cells[2].equals("-")
                                                            ? List.of()
                                                            : List.of(cells[2].split(" ")),
                                                    cells[3])));
        }
        return rows;
    }

    @Test
    void everyRowIsThereOnceAndNamesATestOrSaysWhyThereIsNone() throws IOException {
        List<Row> rows = rows();
        assertThat(rows)
                .extracting(Row::number)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, ROWS).boxed().toList());
        for (Row row : rows) {
            assertThat(row.fault()).isNotBlank();
            assertThat(row.tests().isEmpty() && row.note().isBlank())
                    .as("row %d says nothing", row.number())
                    .isFalse();
        }
    }

    @Test
    void everyTestThatTheTableNamesExists() throws IOException {
        List<String> missing =
                rows().stream()
                        .flatMap(row -> row.tests().stream())
                        .filter(named -> !exists(named))
                        .toList();
        assertThat(missing).isEmpty();
    }

    private static boolean exists(String named) {
        String[] parts = named.split("#");
        return parts.length == 2 && TESTS.getOrDefault(parts[0], Set.of()).contains(parts[1]);
    }

    @Test
    void everyTestThatIsNamedAfterAFaultIsInItsRow() throws IOException {
        Map<Integer, Row> byNumber = new HashMap<>();
        rows().forEach(row -> byNumber.put(row.number(), row));
        List<String> strays = new ArrayList<>();
        TESTS.forEach(
                (name, tests) ->
                        tests.forEach(
                                test -> {
                                    for (int number : numbers(test)) {
                                        Row row = byNumber.get(number);
                                        if (row == null
                                                || !row.tests().contains(name + "#" + test)) {
                                            strays.add(number + ": " + name + "#" + test);
                                        }
                                    }
                                }));
        assertThat(strays).isEmpty();
    }

    /** The first and the last of a range, and each of a list. */
    private static List<Integer> numbers(String test) {
        return FAULT.matcher(test)
                .results()
                .map(MatchResult::group)
                .flatMap(found -> Pattern.compile("\\d+").matcher(found).results())
                .map(found -> Integer.valueOf(found.group()))
                .toList();
    }
}
