package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.hub.RuleTable.Line;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds the table of rules (domain sections 2 to 8 and 16, with the sections of sources 002 and
 * 004) against the tests: each rule has one that exists, windows are asked at both edges.
 */
class RulesTest {
    private static final Set<String> SECTIONS =
            Set.of("2", "3", "3a", "4", "5", "6", "7", "8", "16");
    private static final Pattern SOURCE =
            Pattern.compile("((S2|S4) (foreword|§[0-9.]+)|domain §[0-9]+)( .+|, .+)?");
    private static final String EDGES = "before, first, last, after";

    /** How a test says that it stands at an instant beside an edge. */
    private static final Pattern BESIDE =
            Pattern.compile(
                    "minusMillis\\(1\\)|plusMillis\\(1\\)|atTheEdge\\(|59\\.999Z|minusSeconds\\(1\\)");

    @Test
    void everySectionOfTheYearHasRulesAndEachNamesItsSource() throws IOException {
        List<Line> lines = RuleTable.read();
        assertThat(lines.stream().map(Line::section).collect(Collectors.toSet()))
                .isEqualTo(SECTIONS);
        assertThat(lines).allSatisfy(line -> assertThat(line.source()).matches(SOURCE));
        assertThat(lines.stream().map(line -> line.section() + " " + line.rule()))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyNamedTestIsOne() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        for (Line line : RuleTable.read()) {
            for (String test : line.tests()) {
                if (body(sources, test).isEmpty()) {
                    missing.add(test);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyWindowIsAskedAtTheInstantsBesideItsEdges() throws IOException {
        Map<String, String> sources = sources();
        Set<String> without = new TreeSet<>();
        for (Line line : RuleTable.read()) {
            if (line.isWindow()) {
                assertThat(line.edges()).isEqualTo(EDGES);
                boolean beside =
                        line.tests().stream()
                                .anyMatch(test -> BESIDE.matcher(body(sources, test)).find());
                if (!beside) {
                    without.add(line.section() + " " + line.rule());
                }
            }
        }
        assertThat(without).isEmpty();
    }

    @Test
    void aTestIsReportedWithSectionAndSource() throws NoSuchMethodException {
        Method test = RulesTest.class.getDeclaredMethod("everyNamedTestIsOne");
        RuleNames names = new RuleNames();
        assertThat(names.generateDisplayNameForMethod(List.of(), RulesTest.class, test))
                .isEqualTo("every named test is one");
        assertThat(RuleNames.key(test)).isEqualTo("RulesTest#everyNamedTestIsOne");
        assertThat(RuleNames.sentence("theUSBStickOfARoom")).isEqualTo("the usb stick of a room");
        assertThat(
                        names.citations()
                                .get(
                                        "SubjectRegistrationTest#sheetsRegisterAndRemoveAndEveryRefusedRowSaysWhy"))
                .isEqualTo("domain §5 (S4 §5.2.6)");
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (var files = Files.walk(Path.of("src/test/java"))) {
            for (Path file : files.filter(one -> one.toString().endsWith("Test.java")).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                sources.put(name, Files.readString(file));
            }
        }
        return sources;
    }

    /** From the annotation to the next one; empty when there is no such test. */
    private static String body(Map<String, String> sources, String test) {
        String[] parts = test.split("#");
        Matcher found =
                Pattern.compile(
                                "@Test\\s(?:\\s*@\\w+(?:\\([^)]*\\))?\\s)*\\s*void "
                                        + parts[1]
                                        + "\\(")
                        .matcher(sources.getOrDefault(parts[0], ""));
        if (!found.find()) {
            return "";
        }
        String rest = sources.get(parts[0]).substring(found.start());
        int next = rest.indexOf("@Test", 5);
        return next < 0 ? rest : rest.substring(0, next);
    }
}
