package io.invigil.site.pack;

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
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Packages on a stick: {@code packages/<exam>.manifest} and {@code parts/<sha256>}. Names are our
 * own patterns matched whole, so that no path of the stick is ever used (XSP/1 section 9); links
 * are not followed.
 */
public final class StickPackages implements PackageSource {
    public static final String MANIFESTS = "packages";
    public static final String PARTS = "parts";
    public static final int MANIFESTS_MAX = 500;
    private static final Pattern MANIFEST = Pattern.compile("([A-Za-z0-9-]{1,40})\\.manifest");

    private final Path root;

    /**
     * @param root directory of ours on the stick
     */
    public StickPackages(Path root) {
        this.root = root;
    }

    /** Exam names by file name alone; their versions are not known before they are read. */
    public List<String> exams() throws IOException {
        Path directory = root.resolve(MANIFESTS);
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        List<String> exams = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.limit(MANIFESTS_MAX).toList()) {
                var matcher = MANIFEST.matcher(file.getFileName().toString());
                if (matcher.matches()) {
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
        try (InputStream in = open(root.resolve(MANIFESTS).resolve(name))) {
            return in.readNBytes(2 * Manifest.BYTES_MAX);
        }
    }

    @Override
    public InputStream part(Part part) throws IOException {
        return open(root.resolve(PARTS).resolve(part.sha256().toLowerCase(Locale.ROOT)));
    }

    private static InputStream open(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileNotFoundException("the stick has no " + file.getFileName());
        }
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }
}
