package io.invigil.hub.attempt;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Cuts an answer out of a fact byte for byte, so that nothing of it is written anew. */
final class ResponseBytes {
    private static final String FIELD = "response";

    private ResponseBytes() {}

    /**
     * The bytes of the top-level field {@code response}.
     *
     * @throws IllegalArgumentException when the fact has none
     */
    static byte[] of(byte[] json) {
        try (JsonParser parser = Json.mapper().createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = FIELD.equals(parser.currentName());
                parser.nextToken();
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                if (wanted) {
                    int to = (int) parser.currentLocation().getByteOffset();
                    return Arrays.copyOfRange(json, from, to);
                }
            }
        } catch (IOException malformed) {
            throw new UncheckedIOException(
                    "a fact that was parsed before does not parse", malformed);
        }
        throw new IllegalArgumentException("the fact has no response");
    }
}
