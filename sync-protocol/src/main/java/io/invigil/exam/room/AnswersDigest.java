package io.invigil.exam.room;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.json.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Digest of a sitting's final answers, which the hand-in receipt shows and the hub recomputes. */
public final class AnswersDigest {
    private AnswersDigest() {}

    /**
     * SHA-256 over the JSON object of item identifier (ascending) to response.
     *
     * @param answers last answer of each item answered at least once
     */
    public static Digest of(Map<String, Map<String, List<String>>> answers) {
        return Digest.sha256(Json.write(new TreeMap<>(answers)));
    }
}
