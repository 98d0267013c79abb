package io.invigil.exam.room;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.json.Json;
import java.util.Optional;

/**
 * A room fact with its stamp. JSON: the fact's own fields and type tag {@code t}, beside {@code
 * at}, {@code up}, {@code boot} and {@code by} of the stamp.
 */
public record StampedFact(FactStamp stamp, RoomFact fact) {

    /** The fact as the ledger takes it. */
    public FactDraft draft() {
        ObjectNode node = Json.mapper().valueToTree(fact);
        node.put("at", stamp.at());
        node.put("up", stamp.up());
        node.put("boot", stamp.boot());
        node.put("by", stamp.by());
        return new FactDraft(fact.lane(), Json.write(node));
    }

    /** Reads a fact; empty when it is not one of the known room facts in full. */
    public static Optional<StampedFact> parse(byte[] json) {
        return Json.readTree(json).filter(JsonNode::isObject).flatMap(StampedFact::read);
    }

    /** Reads a fact whose JSON was parsed. */
    public static Optional<StampedFact> read(JsonNode fact) {
        try {
            return Optional.of(
                    new StampedFact(
                            Json.mapper().treeToValue(fact, FactStamp.class),
                            Json.mapper().treeToValue(fact, RoomFact.class)));
        } catch (JsonProcessingException notKnown) {
            return Optional.empty();
        }
    }

    /** The type tag of any fact, known or not. */
    public static Optional<String> typeOf(byte[] json) {
        return Json.readTree(json)
                .map(node -> node.path("t"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
    }
}
