package io.invigil.appliance.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The migrations that one module brings: {@code db/<database>/V012__seat_swap.sql} inside the jar
 * or class directory that holds the anchor class.
 *
 * @param namespace own version numbers per namespace: "appliance", "hub", "site"
 * @param anchor any class of the module
 * @param classes the directory or jar that holds the files
 */
public record MigrationSource(String namespace, Class<?> anchor, Path classes) {
    static final int FILES_MAX = 1_000;

    public MigrationSource(String namespace, Class<?> anchor) {
        this(namespace, anchor, classesOf(anchor));
    }

    /** The appliance's own tables: accounts, sessions. */
    public static MigrationSource appliance() {
        return new MigrationSource("appliance", MigrationSource.class);
    }

    /** File name and text of every migration for this database, unordered. */
    List<ScriptFile> scripts(Dialect dialect) {
        String folder = "db/" + dialect.folder() + "/";
        try {
            List<ScriptFile> scripts =
                    Files.isDirectory(classes) ? fromDirectory(folder) : fromJar(folder);
            if (scripts.size() > FILES_MAX) {
                throw new MigrationRefused(namespace, "more than " + FILES_MAX + " files");
            }
            return scripts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read migrations in " + classes, unreadable);
        }
    }

    record ScriptFile(String name, String text) {}

    private List<ScriptFile> fromDirectory(String folder) throws IOException {
        List<ScriptFile> scripts = new ArrayList<>();
        Path directory = classes.resolve(folder);
        if (!Files.isDirectory(directory)) {
            return scripts;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".sql")).toList()) {
                scripts.add(new ScriptFile(file.getFileName().toString(), Files.readString(file)));
            }
        }
        return scripts;
    }

    private List<ScriptFile> fromJar(String folder) throws IOException {
        List<ScriptFile> scripts = new ArrayList<>();
        try (JarFile jar = new JarFile(classes.toFile())) {
            var entries = jar.entries();
            while (entries.hasMoreElements()) {
                var entry = entries.nextElement();
                String name = entry.getName();
                if (name.startsWith(folder) && name.endsWith(".sql")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                        scripts.add(new ScriptFile(name.substring(folder.length()), text));
                    }
                }
            }
        }
        return scripts;
    }

    private static Path classesOf(Class<?> anchor) {
        try {
            URI location = anchor.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(location);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("no place for " + anchor, impossible);
        }
    }
}
