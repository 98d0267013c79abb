package io.invigil.protocol.carrier.stick;

import io.invigil.protocol.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/**
 * Writes onto one stick: temporary name, force, rename, read back after re-opening (XSP/1 section
 * 9). Names are made from the content's digest, so a file is never replaced by another one and
 * writing twice is writing once. One thread.
 */
public final class StickWriter {
    /** Everything is in this directory of the stick. */
    public static final String DIRECTORY = "XSP1";

    public static final int FILES_MAX = 100_000;

    /** Below the 4 GiB of FAT32. */
    public static final long FILE_BYTES_MAX = 4_000_000_000L;

    private static final long SPARE_BYTES = 1024 * 1024;
    private static final int BLOCK_BYTES = 128 * 1024;

    private final Path directory;
    private int files;

    private StickWriter(Path directory, int files) {
        this.directory = directory;
        this.files = files;
    }

    /**
     * Prepares a stick.
     *
     * @param root where it is mounted
     * @throws IOException when it cannot be written
     */
    public static StickWriter open(Path root) throws IOException {
        Path directory = root.resolve(DIRECTORY);
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(directory);
        }
        try (var list = Files.list(directory)) {
            return new StickWriter(directory, (int) list.limit(FILES_MAX + 1L).count());
        }
    }

    /** Writes a message, bundle or chunk under a name made of its digest. */
    public StickWrite write(byte[] content) {
        StickKind kind =
                StickKind.of(content)
                        .orElseThrow(() -> new IllegalArgumentException("not of the protocol"));
        if (content.length > kind.bytesMax()) {
            return new StickWrite.Failed(
                    StickWrite.Reason.STICK_FILE_TOO_LARGE, "" + content.length);
        }
        Digest digest = Digest.sha256(content);
        return write(
                digest.hex().substring(0, 32) + "." + kind.extension(),
                digest,
                content.length,
                new java.io.ByteArrayInputStream(content));
    }

    /** Writes a content-addressed part (manifest, paper) that {@link StickReader#part} finds. */
    public StickWrite writePart(Digest digest, long length, InputStream content) {
        return write(digest.hex() + ".part", digest, length, content);
    }

    private StickWrite write(String name, Digest digest, long length, InputStream content) {
        Path target = directory.resolve(name);
        Path temporary = directory.resolve(name + ".tmp");
        try {
            if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                    && readBack(target).equals(digest)) {
                return new StickWrite.Done(target);
            }
            if (length > FILE_BYTES_MAX) {
                return new StickWrite.Failed(StickWrite.Reason.STICK_FILE_TOO_LARGE, "" + length);
            }
            if (files >= FILES_MAX) {
                return new StickWrite.Failed(StickWrite.Reason.STICK_TOO_MANY_FILES, "" + files);
            }
            if (Files.getFileStore(directory).getUsableSpace() < length + SPARE_BYTES) {
                return new StickWrite.Failed(StickWrite.Reason.STICK_FULL, "" + length);
            }
            copy(content, temporary);
            rename(temporary, target);
            files++;
            if (!readBack(target).equals(digest)) {
                Files.deleteIfExists(target);
                return new StickWrite.Failed(StickWrite.Reason.STICK_READ_BACK_DIFFERS, name);
            }
            return new StickWrite.Done(target);
        } catch (IOException failed) {
            return new StickWrite.Failed(
                    StickWrite.Reason.STICK_NOT_WRITABLE, failed.getClass().getSimpleName());
        }
    }

    private static void copy(InputStream content, Path temporary) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS)) {
            byte[] block = new byte[BLOCK_BYTES];
            for (int count = content.read(block); count >= 0; count = content.read(block)) {
                ByteBuffer out = ByteBuffer.wrap(block, 0, count);
                while (out.hasRemaining()) {
                    channel.write(out);
                }
            }
            channel.force(true);
        }
    }

    private static void rename(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException fat) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Digest readBack(Path file) throws IOException {
        MessageDigest digest = Digest.newSha256();
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
                var hashing = new DigestInputStream(in, digest)) {
            hashing.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return Digest.of(digest.digest());
    }
}
