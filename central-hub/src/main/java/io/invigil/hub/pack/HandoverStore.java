package io.invigil.hub.pack;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.fact.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** SQL of the halves of handover codes that were told. Stateless. */
final class HandoverStore {

    /** Who entered a half; empty before. */
    Optional<String> by(Tx tx, TenantId tenant, long sitting, NodeId node, int half) {
        return tx.query(
                        """
                        select login from sitting_handover_half
                        where tenant = :tenant and sitting = :sitting and node = :node
                            and half = :half
                        """)
                .bind("tenant", tenant.value())
                .bind("sitting", sitting)
                .bind("node", node.value())
                .bind("half", half)
                .mapTo(String.class)
                .findOne();
    }

    /** Told once; the same half again changes nothing. */
    void put(
            Tx tx, TenantId tenant, long sitting, NodeId node, int half, String login, Instant at) {
        tx.update(
                        tx.dialect()
                                .insertIfAbsent(
                                        "sitting_handover_half",
                                        List.of("tenant", "sitting", "node", "half"),
                                        List.of("login", "at_ms")))
                .bind("tenant", tenant.value())
                .bind("sitting", sitting)
                .bind("node", node.value())
                .bind("half", half)
                .bind("login", login)
                .bind("at_ms", at.toEpochMilli())
                .execute();
    }

    /** Nodes of which both halves are there. */
    Set<String> released(Tx tx, TenantId tenant, long sitting) {
        return Set.copyOf(
                tx.query(
                                """
                                select node from sitting_handover_half
                                where tenant = :tenant and sitting = :sitting
                                group by node having count(*) = 2
                                """)
                        .bind("tenant", tenant.value())
                        .bind("sitting", sitting)
                        .mapTo(String.class)
                        .list());
    }
}
