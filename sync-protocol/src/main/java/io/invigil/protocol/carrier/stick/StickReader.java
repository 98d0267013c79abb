package io.invigil.protocol.carrier.stick;

import io.invigil.protocol.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads sticks: any number, any order, repeated. No index and no name on the stick is believed; a
 * file is what its first bytes say, and its content is verified by who takes it (row 67). Links are
 * not followed, sub-directories not entered. One thread.
 */
public final class StickReader {

    /**
     * What was found.
     *
     * @param given files handed over, by kind
     * @param foreign files that are none of the protocol's, too long, or cut off
     * @param unreadable files that gave an I/O error
     * @param tooMany the stick holds more files than are read
     */
    public record Found(
            Map<StickKind, Integer> given, int foreign, int unreadable, boolean tooMany) {}

    private final Path directory;

    /**
     * A stick.
     *
     * @param root where it is mounted
     */
    public StickReader(Path root) {
        this.directory = root.resolve(StickWriter.DIRECTORY);
    }

    /** Whether there is anything to read. */
    public boolean isPresent() {
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Hands over every message, then every bundle, then every chunk: a Hello with proof must be
     * known before the bundles, an offer before its chunks.
     *
     * @throws IOException when the directory itself cannot be listed
     */
    public Found read(Consumer<byte[]> taker) throws IOException {
        Map<StickKind, List<Path>> files = new EnumMap<>(StickKind.class);
        int foreign = 0;
        int unreadable = 0;
        int seen = 0;
        boolean tooMany = false;
        try (DirectoryStream<Path> list = Files.newDirectoryStream(directory)) {
            for (Path file : list) {
                seen++;
                if (seen > StickWriter.FILES_MAX) {
                    tooMany = true;
                    break;
                }
                try {
                    Optional<StickKind> kind = kindOf(file);
                    if (kind.isPresent()) {
                        files.computeIfAbsent(kind.get(), any -> new ArrayList<>()).add(file);
                    } else {
                        foreign++;
                    }
                } catch (IOException damaged) {
                    unreadable++;
                }
            }
        }
        Map<StickKind, Integer> given = new EnumMap<>(StickKind.class);
        for (Map.Entry<StickKind, List<Path>> entry : files.entrySet()) {
            for (Path file : entry.getValue()) {
                try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                    taker.accept(in.readNBytes(entry.getKey().bytesMax()));
                    given.merge(entry.getKey(), 1, Integer::sum);
                } catch (IOException damaged) {
                    unreadable++;
                }
            }
        }
        return new Found(given, foreign, unreadable, tooMany);
    }

    /**
     * Opens a content-addressed part. The name is ours, made from the digest; whether the content
     * has it is for the caller to check.
     */
    public Optional<InputStream> part(Digest digest) throws IOException {
        Path file = directory.resolve(digest.hex() + ".part");
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS))
                : Optional.empty();
    }

    private static Optional<StickKind> kindOf(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || file.getFileName().toString().endsWith(".tmp")) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            long size = Files.size(file);
            return StickKind.of(in.readNBytes(4)).filter(kind -> size <= kind.bytesMax());
        }
    }
}
