package io.invigil.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every numbered MUST of PROTOCOL.md is named by a test, and no test names one that is not there.
 */
class SpecificationTest {
    private static final Pattern ID = Pattern.compile("XSP-(\\d{3})");
    private static final Pattern MUST = Pattern.compile("\\*\\*(XSP-\\d{3})\\*\\*");

    @Test
    void everyMustIsNamedByATest() throws IOException {
        List<String> musts = new ArrayList<>();
        MUST.matcher(Files.readString(Path.of("PROTOCOL.md"), StandardCharsets.UTF_8))
                .results()
                .map(found -> found.group(1))
                .forEach(musts::add);
        Set<String> named = namedInTests();

        assertThat(musts).doesNotHaveDuplicates().isNotEmpty();
        assertThat(named).containsAll(musts);
        named.removeIf(id -> !chapters(musts).contains(id.charAt(4)));
        assertThat(new HashSet<>(musts)).containsAll(named);
    }

    /** Hundreds that the specification has written down already. */
    private static Set<Character> chapters(List<String> musts) {
        return musts.stream().map(id -> id.charAt(4)).collect(Collectors.toSet());
    }

    private static Set<String> namedInTests() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                ID.matcher(Files.readString(file, StandardCharsets.UTF_8))
                        .results()
                        .map(MatchResult::group)
                        .forEach(named::add);
            }
        }
        return named;
    }
}
