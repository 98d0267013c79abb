package io.invigil.hub.organisation;

import io.invigil.appliance.db.Tx;

/**
 * Hands out consecutive numbers. Taking holds a row lock until the transaction ends, so takers of
 * one tenant and series wait for each other and a rolled-back transaction leaves no gap. Stateless.
 */
public final class Numbers {
    public static final int BLOCK_MAX = 200_000;

    private final NumberStore store = new NumberStore();

    /**
     * Takes {@code count} numbers and returns the first; the rest follow it.
     *
     * @throws TenantMissing when the tenant was never created
     */
    public long take(Tx tx, TenantId tenant, NumberSeries series, int count) {
        if (count < 1 || count > BLOCK_MAX) {
            throw new IllegalArgumentException("a block has 1 to " + BLOCK_MAX + " numbers");
        }
        if (!store.advance(tx, tenant, series, count)) {
            throw new TenantMissing(tenant);
        }
        return store.next(tx, tenant, series) - count;
    }

    /** Waits for the takers of this series, and lets them wait until the transaction ends. */
    public void lock(Tx tx, TenantId tenant, NumberSeries series) {
        if (!store.advance(tx, tenant, series, 0)) {
            throw new TenantMissing(tenant);
        }
    }

    /** A tenant that the database does not know was given as a key. */
    public static final class TenantMissing extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        TenantMissing(TenantId tenant) {
            super("tenant " + tenant + " does not exist");
        }
    }
}
