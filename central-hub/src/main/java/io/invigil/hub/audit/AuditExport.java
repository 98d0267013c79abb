package io.invigil.hub.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The whole chain as a text file, one JSON object a line: entries, and seals after the entry they
 * cover. Whoever has the file and the hub's public key can verify it without the hub. Stateless.
 */
public final class AuditExport {
    /** A longer line is none that this wrote. */
    public static final int LINE_CHARS_MAX = 256 * 1024;

    private record EntryLine(
            String kind,
            long tenant,
            long number,
            long id,
            long atMillis,
            String login,
            String role,
            long organisation,
            String address,
            AuditAction action,
            String subject,
            String key,
            String before,
            String after,
            String hash) {}

    private record SealLine(
            String kind, long tenant, long number, String hash, long atMillis, String signature) {}

    /** Writes the log of a tenant; the stream stays open. */
    public void write(OutputStream out, AuditLog log, long tenant) {
        log.readAll(
                tenant,
                entry -> line(out, written(entry)),
                seal ->
                        line(
                                out,
                                new SealLine(
                                        "seal",
                                        seal.tenant(),
                                        seal.number(),
                                        seal.hash().hex(),
                                        seal.at().toEpochMilli(),
                                        seal.signature())));
    }

    private static EntryLine written(AuditEntry entry) {
        return new EntryLine(
                "entry",
                entry.actor().tenant(),
                entry.number(),
                entry.id(),
                entry.at().toEpochMilli(),
                entry.actor().login(),
                entry.actor().role(),
                entry.actor().organisation(),
                entry.actor().address(),
                entry.action(),
                entry.subject(),
                entry.key(),
                entry.before(),
                entry.after(),
                entry.hash().hex());
    }

    private static void line(OutputStream out, Object line) {
        try {
            out.write(Json.write(line));
            out.write('\n');
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Gives a file's lines to a check.
     *
     * @throws AuditFileMalformed when a line is not one of an export
     */
    public void read(Reader file, AuditCheck check) throws IOException {
        BufferedReader lines = new BufferedReader(file);
        long number = 0;
        StringBuilder line = new StringBuilder();
        for (int next = lines.read(); next >= 0; next = lines.read()) {
            if (next != '\n') {
                if (line.length() >= LINE_CHARS_MAX) {
                    throw new AuditFileMalformed(number + 1);
                }
                line.append((char) next);
                continue;
            }
            take(line.toString(), ++number, check);
            line.setLength(0);
        }
        if (!line.isEmpty()) {
            take(line.toString(), ++number, check);
        }
    }

    private static void take(String text, long number, AuditCheck check) {
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        String kind =
                Json.readTree(json)
                        .map(tree -> tree.get("kind"))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText)
                        .orElse("");
        try {
            switch (kind) {
                case "entry" ->
                        check.entry(
                                Json.read(json, EntryLine.class)
                                        .map(AuditExport::entry)
                                        .orElseThrow(() -> new AuditFileMalformed(number)));
                case "seal" ->
                        check.seal(
                                Json.read(json, SealLine.class)
                                        .map(AuditExport::seal)
                                        .orElseThrow(() -> new AuditFileMalformed(number)));
                default -> throw new AuditFileMalformed(number);
            }
        } catch (NullPointerException | IllegalArgumentException missing) {
            throw new AuditFileMalformed(number);
        }
    }

    private static AuditEntry entry(EntryLine line) {
        return new AuditEntry(
                new AuditActor(
                        line.tenant(),
                        line.login(),
                        line.role(),
                        line.organisation(),
                        line.address()),
                line.number(),
                line.id(),
                Instant.ofEpochMilli(line.atMillis()),
                line.action(),
                line.subject(),
                line.key(),
                line.before(),
                line.after(),
                Digest.ofHex(line.hash()));
    }

    private static AuditSeal seal(SealLine line) {
        return new AuditSeal(
                line.tenant(),
                line.number(),
                Digest.ofHex(line.hash()),
                Instant.ofEpochMilli(line.atMillis()),
                line.signature());
    }

    /** A line of the file is not one that the export writes. */
    public static final class AuditFileMalformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AuditFileMalformed(long line) {
            super("line " + line + " is not part of an audit chain");
        }
    }
}
