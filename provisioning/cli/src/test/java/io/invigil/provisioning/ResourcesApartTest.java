package io.invigil.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Hub and node stand on one class path here: a file of one that is named like a file of the other
 * hides it, and a page shows keys instead of words.
 */
class ResourcesApartTest {

    @Test
    void noMessageBundleOfOneModuleHidesAnothers() throws Exception {
        Map<String, List<URL>> roots = new TreeMap<>();
        for (URL root : roots()) {
            for (String name : names(root)) {
                roots.computeIfAbsent(name, any -> new ArrayList<>()).add(root);
            }
        }
        assertThat(roots).containsKey("print_en.properties").hasSizeGreaterThan(40);
        assertThat(roots.values()).allSatisfy(found -> assertThat(found).hasSize(1));
    }

    private static List<URL> roots() throws IOException {
        ClassLoader loader = ResourcesApartTest.class.getClassLoader();
        return Collections.list(loader.getResources("messages/"));
    }

    private static List<String> names(URL root) throws Exception {
        URI uri = root.toURI();
        if (!uri.getScheme().equals("jar")) {
            return names(Path.of(uri));
        }
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
            return names(jar.getPath("messages"));
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
