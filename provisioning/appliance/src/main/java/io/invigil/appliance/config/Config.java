package io.invigil.appliance.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a configuration record from a YAML file and environment variables, the latter winning.
 *
 * <p>The record is the schema. Component {@code httpPort} is key {@code http-port}; a nested record
 * is a nested block; the variable of {@code web.http-port} is {@code INVIGIL_WEB_HTTP_PORT}. Types:
 * String, int, long, boolean, double, {@link Secret}, Path, URI, Duration ({@code 15s}, {@code
 * 10m}, {@code 2h}, {@code 7d}, {@code 250ms} or ISO 8601), LocalDate, enums (lower case with
 * dashes), records, {@code Optional} of these, {@code List} of these (in variables separated by
 * commas, records excepted), {@code Map<String, String>}. A component that is neither Optional nor
 * a list or map and has no {@link Default} is required; a nested record may always be absent when
 * all its own keys may. What a compact constructor refuses with IllegalArgumentException is
 * reported with the key.
 */
public final class Config {
    public static final String ENVIRONMENT_PREFIX = "INVIGIL_";
    public static final int FILE_BYTES_MAX = 1024 * 1024;

    /** Variables with the prefix that are not keys. */
    private static final List<String> RESERVED = List.of("INVIGIL_CONFIG", "INVIGIL_HOME");

    private Config() {}

    /**
     * @param file the YAML file; when empty, variables and defaults only
     * @throws ConfigRefused naming every unknown, missing or unusable key
     */
    public static <T extends Record> T read(
            Class<T> type, Optional<Path> file, Map<String, String> environment) {
        String source = file.map(Path::toString).orElse("(no file)");
        ObjectNode tree = file.map(Config::parse).orElseGet(JsonNodeFactory.instance::objectNode);
        ConfigSchema schema = ConfigSchema.of(type);
        List<String> problems = new ArrayList<>();
        Map<String, String> variables = new java.util.TreeMap<>();
        environment.forEach(
                (name, value) -> {
                    if (name.startsWith(ENVIRONMENT_PREFIX) && !RESERVED.contains(name)) {
                        variables.put(name, value);
                    }
                });
        ConfigBinder binder = new ConfigBinder(source, variables, problems);
        Optional<Object> bound = binder.bind(schema, "", tree);
        for (String name : variables.keySet()) {
            if (!binder.usedVariables().contains(name)) {
                problems.add(
                        "environment variable "
                                + name
                                + " is unknown"
                                + Suggestion.among(name, schema.variables("")));
            }
        }
        if (!problems.isEmpty() || bound.isEmpty()) {
            throw new ConfigRefused(problems);
        }
        return type.cast(bound.get());
    }

    /** The environment variable of a key such as {@code web.http-port}. */
    public static String variable(String key) {
        return ENVIRONMENT_PREFIX
                + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static ObjectNode parse(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new ConfigRefused(List.of(file + " is larger than 1 MiB"));
            }
            JsonNode tree =
                    YAMLMapper.builder()
                            .enable(
                                    com.fasterxml.jackson.core.StreamReadFeature
                                            .STRICT_DUPLICATE_DETECTION)
                            .build()
                            .readTree(Files.readAllBytes(file));
            if (tree == null || tree.isMissingNode() || tree.isNull()) {
                return JsonNodeFactory.instance.objectNode();
            }
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new ConfigRefused(List.of(file + " must hold keys, not a list or a word"));
        } catch (JsonProcessingException malformed) {
            // the original message could quote the line with a secret
            var at = malformed.getLocation();
            throw new ConfigRefused(
                    List.of(
                            file
                                    + " is not YAML"
                                    + (at == null ? "" : " at line " + at.getLineNr())));
        } catch (IOException unreadable) {
            throw new ConfigRefused(List.of(file + " cannot be read: " + unreadable));
        }
    }
}
