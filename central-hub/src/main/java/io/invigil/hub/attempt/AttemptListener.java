package io.invigil.hub.attempt;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;

/** Is told, in the same transaction, that the facts of a sitting have grown. */
public interface AttemptListener {

    /** Called after the facts are stored; may be called again for the same state. */
    void attemptChanged(Tx tx, TenantId tenant, Attempt attempt);
}
