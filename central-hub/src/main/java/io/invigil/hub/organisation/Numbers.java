package io.invigil.hub.organisation;

import io.invigil.appliance.db.Tx;

/**
 * Hands out consecutive numbers. Taking holds a row lock until the transaction ends, so takers of
 * one tenant and series wait for each other and a rolled-back transaction leaves no gap. Stateless.
 */
public final class Numbers {
    public static final int BLOCK_MAX = 200_000;

    /**
     * Takes {@code count} numbers and returns the first; the rest follow it.
     *
     * @throws TenantMissing when the tenant was never created
     */
    public long take(Tx tx, TenantId tenant, NumberSeries series, int count) {
        if (count < 1 || count > BLOCK_MAX) {
            throw new IllegalArgumentException("a block has 1 to " + BLOCK_MAX + " numbers");
        }
        int updated =
                tx.update(
                                """
                                update number_block set next_value = next_value + :count
                                where tenant = :tenant and name = :name
                                """)
                        .bind("count", count)
                        .bind("tenant", tenant.value())
                        .bind("name", series.name())
                        .execute();
        if (updated != 1) {
            throw new TenantMissing(tenant);
        }
        long next =
                tx.query(
                                """
                                select next_value from number_block
                                where tenant = :tenant and name = :name
                                """)
                        .bind("tenant", tenant.value())
                        .bind("name", series.name())
                        .mapTo(Long.class)
                        .one();
        return next - count;
    }

    /** A tenant that the database does not know was given as a key. */
    public static final class TenantMissing extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        TenantMissing(TenantId tenant) {
            super("tenant " + tenant + " does not exist");
        }
    }
}
