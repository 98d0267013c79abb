package io.invigil.testkit.face;

import io.invigil.appliance.vision.model.InstallOutcome;
import io.invigil.appliance.vision.model.ModelShelf;
import io.invigil.appliance.vision.model.ModelSource;
import io.invigil.appliance.vision.model.ShelfState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * Face models and photographs in {@code ../shared} beside the project. A test that asks for what is
 * not there is skipped with that reason.
 */
public final class SharedFaces {
    private static final Path SHARED = root().resolveSibling("shared");

    private SharedFaces() {}

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("sync-protocol"))) {
            at = at.getParent();
            if (at == null) {
                throw new IllegalStateException("not inside the project");
            }
        }
        return at;
    }

    /** The directory of the models; the test is skipped when they are not complete. */
    public static Path models() {
        Path models = SHARED.resolve("models");
        Assumptions.assumeTrue(
                new ModelShelf(models).look() instanceof ShelfState.Ready,
                "skipped: no face models in " + models);
        return models;
    }

    /** Installs the models into a data directory, as the command does. */
    public static void installInto(Path dataDirectory) {
        InstallOutcome outcome =
                new ModelShelf(dataDirectory.resolve("models"))
                        .install(ModelSource.directory(models()));
        if (!(outcome instanceof InstallOutcome.Installed)) {
            throw new IllegalStateException("models were not installed: " + outcome);
        }
    }

    /** A photograph by its file name. */
    public static byte[] photo(String name) {
        Path file = SHARED.resolve("faces").resolve(name);
        Assumptions.assumeTrue(Files.isRegularFile(file), "skipped: no photograph " + file);
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Every photograph with its person, in the order of the list. */
    public static Map<Path, String> people() throws IOException {
        Path faces = SHARED.resolve("faces");
        Path labels = faces.resolve("labels.csv");
        Assumptions.assumeTrue(Files.isRegularFile(labels), "skipped: no photographs in " + faces);
        Map<Path, String> people = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(labels);
        for (String line : lines.subList(1, lines.size())) {
            String[] columns = line.split(",");
            people.put(faces.resolve(columns[0]), columns[1]);
        }
        return people;
    }
}
