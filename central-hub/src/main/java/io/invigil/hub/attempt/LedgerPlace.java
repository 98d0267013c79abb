package io.invigil.hub.attempt;

import io.invigil.hub.ingest.IngestedFact;
import io.invigil.hub.organisation.TenantId;

/**
 * Where a fact stands in a node's ledger: its identity at the hub.
 *
 * @param seq number in its lane and epoch
 * @param position number in the ledger over all lanes and epochs
 */
public record LedgerPlace(
        TenantId tenant, String node, String epoch, String lane, long seq, long position) {

    public static LedgerPlace of(IngestedFact fact) {
        return new LedgerPlace(
                fact.tenant(),
                fact.node().value(),
                fact.epoch().hex(),
                fact.lane().name(),
                fact.seq(),
                fact.position());
    }
}
