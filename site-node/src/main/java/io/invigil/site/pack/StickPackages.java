package io.invigil.site.pack;

import io.invigil.protocol.carrier.stick.StickReader;
import io.invigil.protocol.carrier.stick.StickWriter;
import io.invigil.protocol.manifest.Manifest;
import io.invigil.protocol.manifest.ManifestList;
import io.invigil.protocol.manifest.Part;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Packages on a stick, in the protocol's directory: {@code <exam>.manifest} as the hub signed it
 * and {@code <sha256>.part}. Names are our own patterns matched whole, so that no path of the stick
 * is ever used (XSP/1 section 9); links are not followed.
 */
public final class StickPackages implements PackageSource {
    public static final int MANIFESTS_MAX = 500;
    private static final Pattern MANIFEST = Pattern.compile("([A-Za-z0-9-]{1,40})\\.manifest");

    private final Path directory;
    private final StickReader reader;

    /**
     * @param root where the stick is mounted
     */
    public StickPackages(Path root) {
        this.directory = root.resolve(StickWriter.DIRECTORY);
        this.reader = new StickReader(root);
    }

    /** Exam names by file name alone; their versions are not known before they are read. */
    public List<String> exams() throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        List<String> exams = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.limit(StickWriter.FILES_MAX).toList()) {
                var matcher = MANIFEST.matcher(file.getFileName().toString());
                if (matcher.matches() && exams.size() < MANIFESTS_MAX) {
                    exams.add(matcher.group(1));
                }
            }
        }
        return exams;
    }

    /** Without versions a stick has no list: every manifest on it is looked at. */
    @Override
    public List<ManifestList.Entry> list() {
        return List.of();
    }

    @Override
    public byte[] manifest(String exam) throws IOException {
        String name = exam + ".manifest";
        if (!MANIFEST.matcher(name).matches()) {
            throw new FileNotFoundException("not an exam name");
        }
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileNotFoundException("the stick has no " + name);
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(2 * Manifest.BYTES_MAX);
        }
    }

    @Override
    public InputStream part(Part part) throws IOException {
        return reader.part(part.digest())
                .orElseThrow(() -> new FileNotFoundException("the stick has no " + part.name()));
    }
}
