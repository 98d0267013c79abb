package io.invigil.appliance.vision.opencv;

import io.invigil.appliance.vision.model.InstalledModels;
import io.invigil.appliance.vision.model.ModelShelf;
import io.invigil.appliance.vision.model.ShelfState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Face models and photographs beside the project; a test that needs them is skipped without. */
final class Photographs {
    /** Not faces_models of a user: the directory beside the clone. */
    private static final Path SHARED = root().resolveSibling("shared");

    private Photographs() {}

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

    static Path modelsDirectory() {
        return SHARED.resolve("models");
    }

    static InstalledModels models() {
        Assumptions.assumeTrue(
                new ModelShelf(modelsDirectory()).look() instanceof ShelfState.Ready,
                "skipped: no face models in " + modelsDirectory());
        return ((ShelfState.Ready) new ModelShelf(modelsDirectory()).look()).models();
    }

    /** Picture file to person, in the order of the list. */
    static Map<Path, String> people() throws IOException {
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

    static byte[] photo(String name) throws IOException {
        Path file = SHARED.resolve("faces").resolve(name);
        Assumptions.assumeTrue(Files.isRegularFile(file), "skipped: no photograph " + file);
        return Files.readAllBytes(file);
    }
}
