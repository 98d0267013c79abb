package io.invigil.appliance.web;

import io.invigil.protocol.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * A received file. Closing deletes it, so move or read it before.
 *
 * @param fileName as the browser named it, for display only, never for a path
 */
public record Upload(Path file, long length, Digest digest, String fileName)
        implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int NAME_CHARS_MAX = 200;

    static Upload receive(
            InputStream body, Optional<String> nameHeader, Path directory, long bytesMax) {
        try {
            Path file = Files.createTempFile(directory, "upload", ".tmp");
            try {
                MessageDigest sha = Digest.newSha256();
                long length = copy(body, file, sha, bytesMax);
                return new Upload(file, length, Digest.of(sha.digest()), name(nameHeader));
            } catch (IOException | RuntimeException failure) {
                Files.deleteIfExists(file);
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("the upload broke off", failure);
        }
    }

    private static long copy(InputStream body, Path file, MessageDigest sha, long bytesMax)
            throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long total = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                total += read;
                if (total > bytesMax) {
                    throw new BodyRefused(413);
                }
                sha.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        return total;
    }

    private static String name(Optional<String> header) {
        try {
            String name = URLDecoder.decode(header.orElse(""), StandardCharsets.UTF_8);
            String plain = name.replaceAll("\\p{Cntrl}", "").replaceAll("^.*[/\\\\]", "");
            return plain.substring(0, Math.min(plain.length(), NAME_CHARS_MAX));
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot delete " + file, failure);
        }
    }
}
