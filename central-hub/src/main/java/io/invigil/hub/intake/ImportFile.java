package io.invigil.hub.intake;

import io.invigil.protocol.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * A received file.
 *
 * @param name as the sender's machine names it, for display only
 * @param digest of the content
 */
public record ImportFile(Path path, String name, Digest digest) {
    public static final int NAME_CHARS_MAX = 200;

    public ImportFile {
        name = name.substring(0, Math.min(name.length(), NAME_CHARS_MAX));
    }

    /** A file of this machine under its own name. */
    public static ImportFile of(Path path) throws IOException {
        MessageDigest sha = Digest.newSha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(path)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha.update(buffer, 0, read);
            }
        }
        return new ImportFile(path, path.getFileName().toString(), Digest.of(sha.digest()));
    }
}
