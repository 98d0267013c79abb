package io.invigil.hub.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.exam.room.StampedFact;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.json.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * A record of a node as the hub holds it: stored, receipted, about to be applied.
 *
 * @param epoch one process start of the node
 * @param seq number in its lane and epoch, from 1
 * @param position number in the node's ledger over all lanes and epochs
 * @param json the fact exactly as the node wrote it; not to be changed
 * @param type its tag, empty text when it has none
 * @param room the fact when it is one of the known room facts in full
 * @param unknownCritical marked {@code "crit":true} and not known to this program: whoever wrote it
 *     says that nothing may be concluded without it, so it waits for an update
 */
@SuppressWarnings("ArrayRecordComponent")
public record IngestedFact(
        TenantId tenant,
        NodeId node,
        EpochId epoch,
        Lane lane,
        long seq,
        long position,
        byte[] json,
        Digest hash,
        Instant storedAt,
        String type,
        Optional<StampedFact> room,
        boolean unknownCritical) {

    /** Parses the JSON of a stored record. */
    public static IngestedFact of(
            TenantId tenant,
            NodeId node,
            EpochId epoch,
            Lane lane,
            long seq,
            long position,
            byte[] json,
            Digest hash,
            Instant storedAt) {
        Optional<JsonNode> tree = Json.readTree(json).filter(JsonNode::isObject);
        Optional<StampedFact> room = tree.flatMap(StampedFact::read);
        boolean critical = tree.map(fact -> fact.path("crit").asBoolean(false)).orElse(false);
        return new IngestedFact(
                tenant,
                node,
                epoch,
                lane,
                seq,
                position,
                json,
                hash,
                storedAt,
                tree.map(fact -> fact.path("t").asText("")).orElse(""),
                room,
                critical && room.isEmpty());
    }
}
