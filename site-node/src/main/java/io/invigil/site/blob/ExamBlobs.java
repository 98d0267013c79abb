package io.invigil.site.blob;

import io.invigil.protocol.crypto.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One exam's directory: blob files by digest, the exam's name in {@code exam}, and in {@code
 * settled} which blobs need no more offering, each with the number of the hub epoch that said so.
 */
final class ExamBlobs {
    static final String SETTLED = "settled";
    static final String NAME = "exam";
    private static final Pattern FILE = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) (\\d{1,18})");

    private final Path directory;
    private final String exam;
    private final Set<Digest> held = ConcurrentHashMap.newKeySet();
    private final Map<Digest, Long> settled = new ConcurrentHashMap<>();

    ExamBlobs(Path directory, String exam) {
        this.directory = directory;
        this.exam = exam;
    }

    /** Reads what is there and removes what a kill left half done. */
    static ExamBlobs read(Path directory, BlobDisk disk) throws IOException {
        Path name = directory.resolve(NAME);
        String exam = Files.exists(name) ? Files.readString(name) : "";
        ExamBlobs blobs = new ExamBlobs(directory, exam);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String text = file.getFileName().toString();
                if (text.endsWith(".tmp")) {
                    disk.delete(file);
                } else if (FILE.matcher(text).matches()) {
                    blobs.held.add(Digest.ofHex(text));
                }
            }
        }
        Path marks = directory.resolve(SETTLED);
        if (Files.exists(marks)) {
            // a torn last line only means one offer more
            LINE.matcher(Files.readString(marks, StandardCharsets.US_ASCII))
                    .results()
                    .forEach(
                            line ->
                                    blobs.settled.merge(
                                            Digest.ofHex(line.group(1)),
                                            Long.parseLong(line.group(2)),
                                            Math::max));
        }
        return blobs;
    }

    static byte[] line(Digest digest, long hubEpoch) {
        return (digest.hex() + " " + hubEpoch + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    String exam() {
        return exam;
    }

    Path directory() {
        return directory;
    }

    Path file(Digest digest) {
        return directory.resolve(digest.hex());
    }

    Set<Digest> held() {
        return held;
    }

    Map<Digest, Long> settled() {
        return settled;
    }
}
