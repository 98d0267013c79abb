package io.invigil.hub.organisation;

import io.invigil.appliance.db.Tx;

/** Table {@code number_block}. */
final class NumberStore {

    /** Adds to the next number and locks its row; false when there is no such row. */
    boolean advance(Tx tx, TenantId tenant, NumberSeries series, int count) {
        return tx.update(
                                """
                                update number_block set next_value = next_value + :count
                                where tenant = :tenant and name = :name
                                """)
                        .bind("count", count)
                        .bind("tenant", tenant.value())
                        .bind("name", series.name())
                        .execute()
                == 1;
    }

    /** The number after the last one taken. */
    long next(Tx tx, TenantId tenant, NumberSeries series) {
        return tx.query(
                        """
                        select next_value from number_block
                        where tenant = :tenant and name = :name
                        """)
                .bind("tenant", tenant.value())
                .bind("name", series.name())
                .mapTo(Long.class)
                .one();
    }
}
