package io.invigil.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads and writes JSON under limits: nesting 32, text 1 Mi characters, numbers 40 digits (fault
 * row 62). Instants are ISO 8601 text. Unknown fields are ignored on reading. Thread-safe.
 */
public final class Json {
    public static final int DEPTH_MAX = 32;
    public static final int STRING_CHARS_MAX = 1024 * 1024;
    public static final int NUMBER_DIGITS_MAX = 40;

    private static final ObjectMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .maxStringLength(STRING_CHARS_MAX)
                                                    .maxNumberLength(NUMBER_DIGITS_MAX)
                                                    .build())
                                    .build())
                    .addModule(new Jdk8Module())
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    /** The shared mapper; not to be reconfigured. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** UTF-8 JSON of a value; fields in the order of the record's components. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException(
                    "not writable as JSON: " + value.getClass().getSimpleName(), impossible);
        }
    }

    /** Reads a value; empty when the bytes are not JSON of that shape or exceed a limit. */
    public static <T> Optional<T> read(byte[] json, Class<T> type) {
        try {
            return Optional.ofNullable(MAPPER.readValue(json, type));
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    /** Reads a tree; empty when the bytes are not JSON or exceed a limit. */
    public static Optional<JsonNode> readTree(byte[] json) {
        try {
            return Optional.ofNullable(MAPPER.readTree(json));
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }
}
