package io.invigil.hub.review;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.ingest.IngestedFact;
import io.invigil.hub.organisation.TenantId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** SQL of pictures that rooms cannot send any more. Stateless. */
final class LostPictureStore {

    void add(Tx tx, IngestedFact fact, String sha256, long atMillis) {
        tx.update(
                        tx.dialect()
                                .insertIfAbsent(
                                        "lost_picture",
                                        List.of("tenant", "sha256", "node"),
                                        List.of("at_ms")))
                .bind("tenant", fact.tenant().value())
                .bind("sha256", sha256)
                .bind("node", fact.node().value())
                .bind("at_ms", atMillis)
                .execute();
    }

    /** Which of these were lost, by the word of the node that named them. */
    Set<String> lost(Tx tx, TenantId tenant, String node, Collection<String> digests) {
        if (digests.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(
                tx.query(
                                """
                                select sha256 from lost_picture
                                where tenant = :tenant and node = :node and sha256 in (<digests>)
                                """)
                        .bind("tenant", tenant.value())
                        .bind("node", node)
                        .bindList("digests", List.copyOf(digests))
                        .mapTo(String.class)
                        .list());
    }
}
