package io.invigil.hub.score;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import java.util.Optional;

/** Finds whose an admission number is. Stateless. */
final class AdmissionStore {
    record Holder(long plan, long candidate) {}

    Optional<Holder> find(Tx tx, TenantId tenant, String number) {
        return tx.query(
                        """
                        select plan, candidate from admission
                        where tenant = :tenant and number = :number
                        """)
                .bind("tenant", tenant.value())
                .bind("number", number)
                .map((row, context) -> new Holder(row.getLong("plan"), row.getLong("candidate")))
                .findOne();
    }
}
