package io.invigil.hub.pack;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.pack.SittingHolder;
import io.invigil.exam.room.ProctorFact;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.fact.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Binds every sitting to the node whose package lists it, and moves it only by {@link
 * SittingHolder}. Runs in the transaction that publishes. Thread-safe.
 */
final class SittingHolders {
    private final TenantId tenant;
    private final BiPredicate<Tx, NodeId> revoked;
    private final Attempts attempts = new Attempts();
    private final SittingHolderStore store = new SittingHolderStore();
    private final HandoverStore told = new HandoverStore();

    /**
     * @param revoked whether a node's keys count no more
     */
    SittingHolders(TenantId tenant, BiPredicate<Tx, NodeId> revoked) {
        this.tenant = tenant;
        this.revoked = revoked;
    }

    /** Takes all sittings for the node, or none; then the first that it may not have. */
    Optional<Roster.Entry> take(
            Tx tx, NodeId node, String exam, List<Roster.Entry> entries, Instant now) {
        List<Roster.Entry> taken = new ArrayList<>();
        for (Roster.Entry entry : entries) {
            Optional<NodeId> holder = store.holder(tx, tenant, entry.sitting());
            if (holder.filter(node::equals).isEmpty()) {
                if (!mayTake(tx, node, holder, entry)) {
                    return Optional.of(entry);
                }
                taken.add(entry);
            }
        }
        taken.forEach(entry -> store.put(tx, tenant, entry.sitting(), node, exam, now));
        return Optional.empty();
    }

    private boolean mayTake(Tx tx, NodeId node, Optional<NodeId> holder, Roster.Entry entry) {
        Set<String> released =
                attempts.happenings(tx, tenant, entry.sitting()).stream()
                        .filter(h -> h.fact().fact() instanceof ProctorFact.SittingReleased)
                        .map(Attempts.Happening::node)
                        .collect(Collectors.toCollection(HashSet::new));
        released.addAll(told.released(tx, tenant, entry.sitting()));
        boolean gone = holder.filter(id -> revoked.test(tx, id)).isPresent();
        return SittingHolder.mayHold(node.value(), holder.map(NodeId::value), released, gone);
    }
}
