package io.invigil.appliance.vision.model;

import io.invigil.appliance.vision.model.FaceModelFile.Use;
import io.invigil.protocol.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The directory of installed models. A file counts only with the pinned length and SHA-256, which
 * is checked at installation and again at every opening. One thread at a time.
 */
public final class ModelShelf {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path directory;
    private final List<FaceModelFile> known;

    /**
     * @param directory such as {@code models} in the data directory; made when something is
     *     installed
     */
    public ModelShelf(Path directory) {
        this(directory, FaceModelFile.KNOWN);
    }

    ModelShelf(Path directory, List<FaceModelFile> known) {
        this.directory = directory;
        this.known = List.copyOf(known);
    }

    /** Looks at the files, hashing each. */
    public ShelfState look() {
        Map<Use, FaceModelFile> found = new EnumMap<>(Use.class);
        List<String> damaged = new ArrayList<>();
        for (FaceModelFile file : known) {
            Path path = directory.resolve(file.file());
            if (!Files.isRegularFile(path)) {
                continue;
            }
            if (isPinned(file, path)) {
                found.putIfAbsent(file.use(), file);
            } else {
                damaged.add(file.file());
            }
        }
        if (found.isEmpty() && damaged.isEmpty()) {
            return new ShelfState.Empty();
        }
        List<String> missing = missing(found);
        if (!missing.isEmpty() || !damaged.isEmpty()) {
            return new ShelfState.Incomplete(missing, damaged);
        }
        return new ShelfState.Ready(installed(found));
    }

    private InstalledModels installed(Map<Use, FaceModelFile> found) {
        FaceModelFile recogniser = found.get(Use.RECOGNISER);
        boolean pair = found.containsKey(Use.LIVENESS_NEAR) && found.containsKey(Use.LIVENESS_FAR);
        return new InstalledModels(
                path(found.get(Use.DETECTOR)),
                path(recogniser),
                recogniser.scale().orElseThrow(),
                pair
                        ? Optional.of(
                                new InstalledModels.Liveness(
                                        path(found.get(Use.LIVENESS_NEAR)),
                                        path(found.get(Use.LIVENESS_FAR))))
                        : Optional.empty());
    }

    /** Needed are a detector and one recogniser. */
    private List<String> missing(Map<Use, FaceModelFile> found) {
        List<String> missing = new ArrayList<>();
        for (Use use : List.of(Use.DETECTOR, Use.RECOGNISER)) {
            if (!found.containsKey(use)) {
                known.stream()
                        .filter(file -> file.use() == use)
                        .findFirst()
                        .ifPresent(file -> missing.add(file.file()));
            }
        }
        return missing;
    }

    /** Takes every known file that the source has; all of them or, when one is wrong, none. */
    public InstallOutcome install(ModelSource source) {
        Map<FaceModelFile, Path> staged = new java.util.LinkedHashMap<>();
        try {
            Files.createDirectories(directory);
            List<String> absent = new ArrayList<>();
            Map<Use, FaceModelFile> found = new EnumMap<>(Use.class);
            for (FaceModelFile file : known) {
                Optional<InputStream> content = source.open(file.file());
                if (content.isEmpty()) {
                    absent.add(file.file());
                    continue;
                }
                Path part = Files.createTempFile(directory, "incoming", ".part");
                staged.put(file, part);
                Optional<InstallOutcome.WrongFile> wrong = stage(file, content.get(), part);
                if (wrong.isPresent()) {
                    return wrong.get();
                }
                found.putIfAbsent(file.use(), file);
            }
            List<String> missing = missing(found);
            if (!missing.isEmpty()) {
                return new InstallOutcome.Missing(missing);
            }
            List<String> installed = new ArrayList<>();
            for (Map.Entry<FaceModelFile, Path> file : staged.entrySet()) {
                Files.move(
                        file.getValue(),
                        path(file.getKey()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                installed.add(file.getKey().file());
            }
            return new InstallOutcome.Installed(installed, absent);
        } catch (IOException broken) {
            return new InstallOutcome.SourceBroken(String.valueOf(broken.getMessage()));
        } finally {
            staged.values().forEach(ModelShelf::discard);
        }
    }

    /** Writes at most the pinned length; what is longer, shorter or other is named. */
    private static Optional<InstallOutcome.WrongFile> stage(
            FaceModelFile file, InputStream content, Path part) throws IOException {
        MessageDigest sha = Digest.newSha256();
        long total = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (content;
                OutputStream out = Files.newOutputStream(part)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                total += read;
                if (total > file.bytes()) {
                    return Optional.of(
                            new InstallOutcome.WrongFile(
                                    file.file(),
                                    file.bytes() + " bytes",
                                    "more than " + file.bytes() + " bytes"));
                }
                sha.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        Digest found = Digest.of(sha.digest());
        return found.equals(file.sha256())
                ? Optional.empty()
                : Optional.of(
                        new InstallOutcome.WrongFile(
                                file.file(),
                                "SHA-256 " + file.sha256().hex(),
                                "SHA-256 " + found.hex()));
    }

    private Path path(FaceModelFile file) {
        return directory.resolve(file.file());
    }

    private static boolean isPinned(FaceModelFile file, Path path) {
        try {
            return Files.size(path) == file.bytes()
                    && Digest.sha256(Files.readAllBytes(path)).equals(file.sha256());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + path, unreadable);
        }
    }

    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException stays) {
            throw new UncheckedIOException("cannot remove " + part, stays);
        }
    }
}
