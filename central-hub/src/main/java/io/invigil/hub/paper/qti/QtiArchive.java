package io.invigil.hub.paper.qti;

import io.invigil.hub.paper.qti.QtiIssue.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The files of one package in memory, read from a zip under limits on entries, sizes and ratio.
 * Nothing is ever written under a name from the archive; names that could escape are refused all
 * the same, because they only occur in archives made to harm.
 */
final class QtiArchive {
    private final Map<String, byte[]> files;

    private QtiArchive(Map<String, byte[]> files) {
        this.files = files;
    }

    /** Content of a file; empty when the package has none of that path. */
    Optional<byte[]> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /**
     * Reads the archive.
     *
     * @throws QtiRefused at the first entry that breaks a limit
     */
    static QtiArchive read(Path zip) throws QtiRefused {
        try {
            if (Files.size(zip) > QtiLimits.ARCHIVE_BYTES_MAX) {
                throw refused("", Code.ZIP_TOO_LARGE);
            }
            try (ZipFile archive = new ZipFile(zip.toFile())) {
                return new QtiArchive(filesOf(archive));
            }
        } catch (ZipException malformed) {
            throw refused("", Code.ZIP_UNREADABLE);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static Map<String, byte[]> filesOf(ZipFile archive) throws IOException, QtiRefused {
        if (archive.size() > QtiLimits.ENTRIES_MAX) {
            throw refused("", Code.ZIP_TOO_MANY_ENTRIES);
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        Set<String> folded = new HashSet<>();
        long total = 0;
        for (Enumeration<? extends ZipEntry> entries = archive.entries();
                entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            String name = entry.getName();
            if (!isSafe(name)) {
                throw refused(name, Code.ZIP_PATH);
            }
            if (!folded.add(name.toLowerCase(Locale.ROOT))) {
                throw refused(name, Code.ZIP_DUPLICATE);
            }
            if (entry.isDirectory()) {
                continue;
            }
            byte[] content = contentOf(archive, entry);
            total += content.length;
            if (total > QtiLimits.TOTAL_BYTES_MAX) {
                throw refused("", Code.ZIP_TOO_LARGE);
            }
            files.put(name, content);
        }
        return files;
    }

    private static byte[] contentOf(ZipFile archive, ZipEntry entry)
            throws IOException, QtiRefused {
        String name = entry.getName();
        long declared = entry.getSize();
        if (declared < 0 || declared > QtiLimits.ENTRY_BYTES_MAX) {
            throw refused(name, Code.ZIP_ENTRY_TOO_LARGE);
        }
        if (declared > QtiLimits.RATIO_FREE_BYTES
                && declared / QtiLimits.RATIO_MAX > Math.max(1, entry.getCompressedSize())) {
            throw refused(name, Code.ZIP_RATIO);
        }
        try (InputStream in = archive.getInputStream(entry)) {
            // one byte more than declared, so that an entry that lies about its size is seen
            byte[] content = in.readNBytes((int) declared + 1);
            if (content.length != declared) {
                throw refused(name, Code.ZIP_SIZE_LIE);
            }
            return content;
        } catch (ZipException damaged) {
            throw refused(name, Code.ZIP_UNREADABLE);
        } catch (java.io.EOFException cut) {
            throw refused(name, Code.ZIP_SIZE_LIE);
        }
    }

    private static boolean isSafe(String name) {
        if (name.isEmpty()
                || name.length() > QtiLimits.PATH_CHARS_MAX
                || name.startsWith("/")
                || name.contains("\\")
                || name.contains(":")
                || name.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            return false;
        }
        for (String step : name.split("/", -1)) {
            if (step.equals("..") || step.equals(".")) {
                return false;
            }
        }
        return true;
    }

    /**
     * Resolves a reference made in one file of the package to another.
     *
     * @param from path of the file that refers
     * @param href relative reference without scheme, query or fragment
     * @return path inside the package; empty when the reference leaves it
     */
    static Optional<String> resolve(String from, String href) {
        if (href.isEmpty() || href.contains(":") || href.startsWith("/") || href.contains("\\")) {
            return Optional.empty();
        }
        List<String> steps = new ArrayList<>();
        int folder = from.lastIndexOf('/');
        String whole = folder < 0 ? decoded(href) : from.substring(0, folder + 1) + decoded(href);
        for (String step : whole.split("/", -1)) {
            if (step.equals("..")) {
                if (steps.isEmpty()) {
                    return Optional.empty();
                }
                steps.removeLast();
            } else if (!step.equals(".")) {
                steps.add(step);
            }
        }
        String path = String.join("/", steps);
        return isSafe(path) ? Optional.of(path) : Optional.empty();
    }

    private static String decoded(String href) {
        try {
            return java.net.URLDecoder.decode(
                    href.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return href; // a plain file name with a percent sign
        }
    }

    private static QtiRefused refused(String file, Code code) {
        return new QtiRefused(QtiIssue.ofFile(file, code, file));
    }
}
