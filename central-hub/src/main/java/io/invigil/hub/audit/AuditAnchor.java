package io.invigil.hub.audit;

import io.invigil.appliance.data.PrivateFiles;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The newest seal of each tenant in a file outside the database: whoever cuts the end of the log
 * off in the database does not shorten this. Not thread-safe.
 */
public final class AuditAnchor {
    private static final int BYTES_MAX = 1024 * 1024;

    private final Path file;

    public AuditAnchor(Path file) {
        this.file = file;
    }

    private record Line(long number, String hash, Instant at, String signature) {}

    private record Content(Map<Long, Line> tenants) {}

    /** Keeps a seal when it is newer than what is kept. */
    void keep(AuditSeal seal) {
        Map<Long, Line> tenants = new TreeMap<>(read().tenants());
        Line held = tenants.get(seal.tenant());
        if (held == null || held.number() < seal.number()) {
            tenants.put(
                    seal.tenant(),
                    new Line(seal.number(), seal.hash().hex(), seal.at(), seal.signature()));
            PrivateFiles.write(file, Json.write(new Content(tenants)));
        }
    }

    /**
     * The newest seal this machine knows of.
     *
     * @throws AuditAnchorDamaged when the file cannot be understood
     */
    public Optional<AuditSeal> newest(long tenant) {
        return Optional.ofNullable(read().tenants().get(tenant))
                .map(
                        line ->
                                new AuditSeal(
                                        tenant,
                                        line.number(),
                                        Digest.ofHex(line.hash()),
                                        line.at(),
                                        line.signature()));
    }

    private Content read() {
        if (!Files.exists(file)) {
            return new Content(Map.of());
        }
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new AuditAnchorDamaged(file);
            }
            return Json.read(Files.readAllBytes(file), Content.class)
                    .orElseThrow(() -> new AuditAnchorDamaged(file));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }

    /** The file that holds the newest seals is not what was written there. */
    public static final class AuditAnchorDamaged extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        AuditAnchorDamaged(Path file) {
            super(file + " is damaged");
        }
    }
}
