package io.invigil.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;

/** Reads, compares and on demand writes the files under {@code src/test/resources}. */
final class FixtureFiles {
    static final Path ROOT = Path.of("src/test/resources");

    private FixtureFiles() {}

    static boolean writing() {
        return Boolean.getBoolean("fixtures.write");
    }

    /** Compares with the file; writes it instead when asked to. */
    static void check(Path file, byte[] content) {
        try {
            if (writing()) {
                Files.createDirectories(file.getParent());
                Files.write(file, content);
            }
            assertThat(Files.readAllBytes(file)).as(file.toString()).isEqualTo(content);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": make it with -Dfixtures.write=true", e);
        }
    }

    static byte[] json(Object value) {
        try {
            String text =
                    Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
            return text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(String file) {
        return Json.readTree(bytes(ROOT.resolve(file))).orElseThrow();
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static byte[] hex(JsonNode node, String field) {
        return HexFormat.of().parseHex(text(node, field));
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] base64(JsonNode node, String field) {
        return Base64.getDecoder().decode(text(node, field));
    }

    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        assertThat(value.isTextual()).as("text " + field).isTrue();
        return value.textValue();
    }
}
