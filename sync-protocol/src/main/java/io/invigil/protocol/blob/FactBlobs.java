package io.invigil.protocol.blob;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which blobs a fact names (XSP/1 section 4): the hexadecimal SHA-256 in its fields {@code blob}
 * and {@code evidence}, those in its list {@code blobs}, and in an answer each value of {@code
 * response} that begins with {@code blob:}; of whatever type the fact is. A blob that no durable
 * fact names is not offered to the hub. Stateless.
 */
public final class FactBlobs {
    /** A fact that names more is cut off here. */
    public static final int BLOBS_MAX = 32;

    /** Type of the fact that tells of a blob lost for ever. */
    public static final String LOST = "blob-lost";

    private static final byte[] MARK = "\"blob".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVIDENCE = "\"evidence\"".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern FILE = Pattern.compile("blob:([0-9a-f]{64}) ");

    private FactBlobs() {}

    /** The blobs in order; empty for most facts, which are not parsed at all. */
    public static List<Digest> named(byte[] json) {
        boolean may = has(json, MARK) || has(json, EVIDENCE);
        Optional<JsonNode> tree = may ? Json.readTree(json) : Optional.empty();
        if (tree.isEmpty()) {
            return List.of();
        }
        List<Digest> named = new ArrayList<>();
        add(tree.get().path("blob"), named);
        add(tree.get().path("evidence"), named);
        tree.get().path("blobs").forEach(each -> add(each, named));
        for (JsonNode values : tree.get().path("response")) {
            values.forEach(value -> addFile(value, named));
        }
        return List.copyOf(named);
    }

    /** The blob that a fact {@code blob-lost} tells of in its field {@code sha256} (row 70). */
    public static Optional<Digest> lost(byte[] json) {
        return (has(json, MARK) ? Json.readTree(json) : Optional.<JsonNode>empty())
                .filter(fact -> fact.path("t").asText().equals(LOST))
                .map(fact -> fact.path("sha256").asText())
                .filter(text -> DIGEST.matcher(text).matches())
                .map(Digest::ofHex);
    }

    private static void add(JsonNode value, List<Digest> named) {
        if (value.isTextual()
                && DIGEST.matcher(value.textValue()).matches()
                && named.size() < BLOBS_MAX) {
            named.add(Digest.ofHex(value.textValue()));
        }
    }

    private static void addFile(JsonNode value, List<Digest> named) {
        Matcher file = FILE.matcher(value.asText());
        if (file.lookingAt() && named.size() < BLOBS_MAX) {
            named.add(Digest.ofHex(file.group(1)));
        }
    }

    private static boolean has(byte[] json, byte[] mark) {
        for (int at = 0; at + mark.length <= json.length; at++) {
            int same = 0;
            while (same < mark.length && json[at + same] == mark[same]) {
                same++;
            }
            if (same == mark.length) {
                return true;
            }
        }
        return false;
    }
}
