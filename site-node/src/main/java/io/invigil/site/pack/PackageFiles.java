package io.invigil.site.pack;

import io.invigil.appliance.data.PrivateFiles;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.manifest.Manifest;
import io.invigil.protocol.manifest.ManifestVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The manifests in force on this node, one file each, with the one before and the highest version
 * ever accepted: a restored or older file does not bring an old roster back (fault row 53).
 */
public final class PackageFiles {
    private static final String CURRENT = ".manifest";
    private static final String PREVIOUS = ".previous";
    private static final String HIGHEST = ".highest";
    private static final String RELEASE = ".release";
    private static final int ENVELOPE_BYTES_MAX = 2 * Manifest.BYTES_MAX;

    private final Path directory;

    private record Mark(String exam, long version, String digest) {}

    public PackageFiles(Path directory) {
        this.directory = directory;
    }

    /** Names of all exams with a manifest in force. */
    public List<String> exams() {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> exams = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(CURRENT)) {
                    exams.add(name.substring(0, name.length() - CURRENT.length()));
                }
            }
            return exams;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list " + directory, unreadable);
        }
    }

    public Optional<byte[]> current(String exam) {
        return read(exam + CURRENT, ENVELOPE_BYTES_MAX);
    }

    /** A key release that waits until the paper may be opened. */
    public Optional<byte[]> release(String exam) {
        return read(exam + RELEASE, ENVELOPE_BYTES_MAX);
    }

    public void keepRelease(String exam, byte[] envelope) {
        PrivateFiles.write(directory.resolve(exam + RELEASE), envelope);
    }

    public void dropRelease(String exam) {
        try {
            Files.deleteIfExists(directory.resolve(exam + RELEASE));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot delete the release of " + exam, failure);
        }
    }

    /** The highest manifest ever accepted for an exam. */
    public Optional<ManifestVerifier.Highest> highest(String exam) {
        return read(exam + HIGHEST, ENVELOPE_BYTES_MAX)
                .map(
                        bytes ->
                                Json.read(bytes, Mark.class)
                                        .orElseThrow(() -> new HighestVersionDamaged(exam)))
                .map(
                        mark ->
                                new ManifestVerifier.Highest(
                                        mark.exam(), mark.version(), Digest.ofHex(mark.digest())));
    }

    /** Keeps the version before anything of it is used. */
    public void keepHighest(String exam, long version, Digest digest) {
        PrivateFiles.write(
                directory.resolve(exam + HIGHEST),
                Json.write(new Mark(exam, version, digest.hex())));
    }

    /** Puts a manifest in force; the one before stays beside it. */
    public void activate(String exam, byte[] envelope) {
        current(exam).ifPresent(old -> PrivateFiles.write(directory.resolve(exam + PREVIOUS), old));
        PrivateFiles.write(directory.resolve(exam + CURRENT), envelope);
    }

    private Optional<byte[]> read(String name, int bytesMax) {
        Path file = directory.resolve(name);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > bytesMax) {
                throw new UncheckedIOException(new IOException(file + " is too long"));
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    /** Without the highest version an old roster could come back: a person must decide. */
    public static final class HighestVersionDamaged extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HighestVersionDamaged(String exam) {
            super("the highest version of " + exam + " cannot be read");
        }
    }
}
