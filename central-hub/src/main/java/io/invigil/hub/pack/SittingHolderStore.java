package io.invigil.hub.pack;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.fact.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SQL of which node's package holds a sitting. Stateless. */
final class SittingHolderStore {

    Optional<NodeId> holder(Tx tx, TenantId tenant, long sitting) {
        return tx.query(
                        """
                        select node from sitting_holder
                        where tenant = :tenant and sitting = :sitting
                        """)
                .bind("tenant", tenant.value())
                .bind("sitting", sitting)
                .mapTo(String.class)
                .findOne()
                .map(NodeId::new);
    }

    /** Whether this package of this node holds the sitting. */
    boolean isHeld(Tx tx, TenantId tenant, long sitting, NodeId node, String exam) {
        return tx.query(
                                """
                                select count(*) from sitting_holder
                                where tenant = :tenant and sitting = :sitting and node = :node
                                    and exam = :exam
                                """)
                        .bind("tenant", tenant.value())
                        .bind("sitting", sitting)
                        .bind("node", node.value())
                        .bind("exam", exam)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    void put(Tx tx, TenantId tenant, long sitting, NodeId node, String exam, Instant at) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "sitting_holder",
                                        List.of("tenant", "sitting"),
                                        List.of("node", "exam", "at_ms")))
                .bind("tenant", tenant.value())
                .bind("sitting", sitting)
                .bind("node", node.value())
                .bind("exam", exam)
                .bind("at_ms", at.toEpochMilli())
                .execute();
    }
}
