package io.invigil.protocol.json;

import java.util.Arrays;
import java.util.Optional;

/**
 * JSON that has one spelling only: what is read must be, byte for byte, what would be written. So a
 * signed text has no second reading, and no byte of it can change unnoticed.
 */
public final class Canonical {
    private Canonical() {}

    /** Reads a value; empty when malformed, over a limit, or not in the form it is written in. */
    public static <T> Optional<T> read(byte[] json, Class<T> type) {
        return Json.read(json, type).filter(value -> Arrays.equals(Json.write(value), json));
    }
}
