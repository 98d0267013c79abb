package io.invigil.site.diagnostics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.invigil.protocol.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip for support: what the node is, how it is configured, what it measured, alarmed and logged,
 * where its ledger stands, what its threads do. No names, numbers, answers, papers, pictures, keys.
 */
public final class DiagnosticBundle {
    private static final int FRAMES_MAX = 24;
    private static final String README =
            """
            Diagnostic bundle of an Invigil room server.
            It holds no personal data: no names, ID or admission numbers, PINs, answers, papers,
            pictures or keys. Whatever in logs looked like one was replaced by […].
            """;

    private final Redaction redaction;
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    DiagnosticBundle(Redaction redaction) {
        this.redaction = redaction;
        files.put("README.txt", README.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds what was made of fields that are harmless by themselves. */
    void harmless(String name, Object json) {
        files.put(name, Json.write(json));
    }

    /** Adds what free text may have got into. */
    void cleaned(String name, Object json) {
        files.put(name, Json.write(cleaned(Json.mapper().valueToTree(json))));
    }

    /** Texts alone: numbers of ours are counts and times. */
    private JsonNode cleaned(JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(redaction.of(node.asText()));
        }
        if (node instanceof ArrayNode array) {
            for (int at = 0; at < array.size(); at++) {
                array.set(at, cleaned(array.get(at)));
            }
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(cleaned(field.getValue())));
        }
        return node;
    }

    void cleanedLines(String name, List<String> lines) {
        String text = String.join("\n", lines.stream().map(redaction::of).toList());
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** What every platform thread does; names of request threads hold no person. */
    void threads() {
        List<String> lines = new ArrayList<>();
        for (ThreadInfo info : ManagementFactory.getThreadMXBean().dumpAllThreads(true, false)) {
            lines.add(info.getThreadName() + " " + info.getThreadState());
            StackTraceElement[] frames = info.getStackTrace();
            for (int at = 0; at < Math.min(FRAMES_MAX, frames.length); at++) {
                lines.add("    at " + frames[at]);
            }
        }
        cleanedLines("threads.txt", lines);
    }

    byte[] zip(Instant at) {
        var out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(at.toEpochMilli());
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("a zip in memory", impossible);
        }
        return out.toByteArray();
    }
}
