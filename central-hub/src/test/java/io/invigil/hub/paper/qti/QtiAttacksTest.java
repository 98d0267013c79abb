package io.invigil.hub.paper.qti;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.hub.paper.sample.SampleQti;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every directory below {@code qti} is one package made to harm or to fail, with its issues. */
class QtiAttacksTest {
    @TempDir Path folder;

    static Stream<Path> attacks() throws IOException, URISyntaxException {
        Path root = Path.of(QtiAttacksTest.class.getResource("/qti").toURI());
        try (Stream<Path> directories = Files.list(root)) {
            List<Path> sorted = directories.filter(Files::isDirectory).sorted().toList();
            return sorted.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isRefusedNamingFileItemLineAndElement(Path attack) throws IOException {
        List<String> expected =
                Files.readAllLines(attack.resolve("expected.txt")).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList();
        Path zip = Files.write(folder.resolve("a.zip"), SampleQti.zipped(filesOf(attack)));
        QtiResult result = new QtiPackages().read(zip, "P1");
        assertThat(result).isInstanceOf(QtiResult.Refused.class);
        assertThat(((QtiResult.Refused) result).issues().stream().map(QtiAttacksTest::line))
                .containsExactlyElementsOf(expected);
    }

    private static String line(QtiIssue issue) {
        return String.join(
                "|",
                issue.code().name(),
                issue.file(),
                issue.item(),
                issue.line() == 0 ? "" : "" + issue.line(),
                issue.subject());
    }

    private static Map<String, byte[]> filesOf(Path attack) throws IOException {
        Path root = attack.resolve("package");
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(path).toString(), Files.readAllBytes(path));
            }
        }
        return files;
    }
}
