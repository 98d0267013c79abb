package io.invigil.protocol.ledger.device;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A small JSON file that is whole or absent: SHA-256 in hexadecimal, a line end, the JSON; written
 * beside, forced, renamed over the old one, directory synced.
 */
final class CheckedFile {
    static final int BYTES_MAX = 16 * 1024;
    private static final int HEAD = 2 * Digest.BYTES + 1;

    private CheckedFile() {}

    static void write(LedgerFs fs, String name, Object value) throws IOException {
        byte[] json = Json.write(value);
        byte[] head = (Digest.sha256(json).hex() + '\n').getBytes(StandardCharsets.US_ASCII);
        byte[] out = Arrays.copyOf(head, HEAD + json.length);
        System.arraycopy(json, 0, out, HEAD, json.length);
        String fresh = name + ".tmp";
        if (fs.list().contains(fresh)) {
            fs.delete(fresh);
        }
        try (LedgerFile file = fs.create(fresh)) {
            file.append(out);
            file.force();
        }
        fs.rename(fresh, name);
        fs.syncDirectory();
    }

    /** Reads it; empty when it is missing or damaged. */
    static <T> Optional<T> read(LedgerFs fs, List<String> names, String name, Class<T> type)
            throws IOException {
        if (!names.contains(name)) {
            return Optional.empty();
        }
        byte[] bytes = fs.read(name, 0, BYTES_MAX);
        if (bytes.length <= HEAD) {
            return Optional.empty();
        }
        byte[] json = Arrays.copyOfRange(bytes, HEAD, bytes.length);
        String head = new String(bytes, 0, HEAD - 1, StandardCharsets.US_ASCII);
        return Digest.sha256(json).hex().equals(head) ? Json.read(json, type) : Optional.empty();
    }
}
