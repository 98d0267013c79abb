package io.invigil.hub.attempt;

import com.fasterxml.jackson.core.type.TypeReference;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One saved state of one answer.
 *
 * @param op the page's own id of this save
 * @param json the response exactly as the node recorded it
 * @param at the node's wall clock
 */
@SuppressWarnings("ArrayRecordComponent")
public record AnswerRevision(
        long sitting,
        String item,
        long revision,
        String node,
        String epoch,
        long position,
        String op,
        byte[] json,
        Instant at) {
    private static final TypeReference<LinkedHashMap<String, List<String>>> RESPONSE =
            new TypeReference<>() {};

    /** Response identifier to values, in recorded order. */
    public Map<String, List<String>> response() {
        try {
            return Json.mapper().readValue(json, RESPONSE);
        } catch (IOException damaged) {
            throw new UncheckedIOException("a stored answer does not parse", damaged);
        }
    }

    /** The recorded text, for people. */
    public String text() {
        return new String(json, StandardCharsets.UTF_8);
    }
}
