package io.invigil.testkit.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file of figures: one section per benchmark, each with how it was measured and how busy the
 * machine was. A section written again replaces itself and leaves the others. Not thread-safe.
 */
public final class BenchReport {
    private final Path file;

    public BenchReport(Path file) {
        this.file = file;
    }

    /**
     * The one report of a build, from whichever module: {@code target/bench.json} of the acceptance
     * tests, which Maven builds last.
     *
     * @throws IllegalStateException outside of the project's directories
     */
    public static BenchReport ofBuild() {
        Path acceptance = Path.of("provisioning", "acceptance");
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve(acceptance).resolve("pom.xml"))) {
            at = at.getParent();
        }
        if (at == null) {
            throw new IllegalStateException("not run within the project's directories");
        }
        return new BenchReport(at.resolve(acceptance).resolve("target").resolve("bench.json"));
    }

    /**
     * Writes and prints a section.
     *
     * @param method how the figures came about, for a reader who was not there
     * @param loadBefore load average of the machine when the run began
     */
    public void section(String name, String method, double loadBefore, List<Figure> figures)
            throws IOException {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("method", method);
        section.put("at", Instant.now());
        section.put("processors", Runtime.getRuntime().availableProcessors());
        section.put("loadAverageBefore", loadBefore);
        section.put("loadAverageAfter", load());
        section.put("java", System.getProperty("java.version"));
        section.put("figures", figures);
        ObjectNode all = written();
        all.set(name, Json.mapper().valueToTree(section));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(
                file, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(all));
        System.out.println(name + ": " + method);
        figures.forEach(figure -> System.out.println("  " + line(figure)));
    }

    private ObjectNode written() throws IOException {
        if (!Files.exists(file)) {
            return Json.mapper().createObjectNode();
        }
        return (ObjectNode) Json.mapper().readTree(Files.readAllBytes(file));
    }

    private static String line(Figure figure) {
        String aim =
                figure.aim()
                        .map(text -> ", aim " + text + (figure.met().orElse(false) ? ": met" : ""))
                        .orElse("");
        String limit = figure.limitedBy().map(text -> ": MISSED, limited by " + text).orElse("");
        return figure.name() + " = " + figure.value() + " " + figure.unit() + aim + limit;
    }

    /** Processes that run or wait for a processor, averaged over the last minute. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
