package io.invigil.hub.backup;

import io.invigil.protocol.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Copies, digests and forces directories file by file. Stateless. */
final class CopiedTree {
    /** Files of one backup. */
    static final int FILES_MAX = 5_000_000;

    private static final int BUFFER_BYTES = 64 * 1024;

    private CopiedTree() {}

    /** Makes a directory that only its owner can read. */
    static void makePrivate(Path directory) throws IOException {
        Files.createDirectories(directory);
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Copies everything below a directory; files that vanish meanwhile are left out. */
    static void copy(Path from, Path to) throws IOException {
        makePrivate(to);
        if (!Files.isDirectory(from)) {
            return;
        }
        for (Path file : files(from)) {
            Path target = to.resolve(from.relativize(file).toString());
            makePrivate(target.getParent());
            try {
                Files.copy(file, target);
            } catch (NoSuchFileException gone) {
                // a temporary file on its way to its name: not yet anybody's
                Files.deleteIfExists(target);
            }
        }
    }

    /** Length and digest of every file below a directory, sorted by path. */
    static List<BackupManifest.CopiedFile> digests(Path root) throws IOException {
        List<BackupManifest.CopiedFile> found = new ArrayList<>();
        for (Path file : files(root)) {
            found.add(
                    new BackupManifest.CopiedFile(
                            root.relativize(file).toString().replace('\\', '/'),
                            Files.size(file),
                            digest(file)));
        }
        return found;
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> files = all.filter(Files::isRegularFile).limit(FILES_MAX + 1L).toList();
            if (files.size() > FILES_MAX) {
                throw new IOException("more than " + FILES_MAX + " files in " + root);
            }
            return files.stream().sorted().toList();
        }
    }

    private static Digest digest(Path file) throws IOException {
        MessageDigest sha = Digest.newSha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha.update(buffer, 0, read);
            }
        }
        return Digest.of(sha.digest());
    }

    /** Makes every file and directory durable. */
    static void force(Path root) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(root)) {
            all = walk.toList();
        }
        for (Path path : all) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(root)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
