package io.invigil.protocol.hub;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The few things ingest itself reads in facts; everything else is for the projections. */
final class FactPeek {
    private static final byte[] EXAM = "\"exam\"".getBytes(StandardCharsets.US_ASCII);

    private FactPeek() {}

    /** The exam a fact claims to belong to. */
    static Optional<String> exam(FactRecord record) {
        if (!contains(record.json(), EXAM)) {
            return Optional.empty();
        }
        return Json.readTree(record.json())
                .map(tree -> tree.path("exam"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
    }

    /** The epoch that an {@code epoch-opened} fact opens; it is the first of lane ctl. */
    static Optional<EpochRow> epochOpened(NodeId node, FactRecord record) {
        if (record.lane() != Lane.CTL || record.seq() != 1) {
            return Optional.empty();
        }
        return Json.readTree(record.json())
                .filter(tree -> tree.path("t").asText().equals("epoch-opened"))
                .map(
                        tree ->
                                new EpochRow(
                                        node,
                                        record.epoch(),
                                        epoch(tree.path("parent").asText()),
                                        limited(tree.path("reason").asText())));
    }

    private static Optional<EpochId> epoch(String hex) {
        return hex.matches("[0-9a-f]{32}") ? Optional.of(new EpochId(hex)) : Optional.empty();
    }

    private static String limited(String text) {
        return text.substring(0, Math.min(text.length(), 40));
    }

    private static boolean contains(byte[] text, byte[] word) {
        outer:
        for (int at = 0; at <= text.length - word.length; at++) {
            for (int i = 0; i < word.length; i++) {
                if (text[at + i] != word[i]) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }
}
