package io.invigil.protocol.sim;

/**
 * The power of one simulated machine: counts the writing operations of all its devices and ends at
 * a chosen one. After that every operation fails. Not thread-safe.
 */
public final class Power {
    private final long cutAt;
    private long operations;

    private Power(long cutAt) {
        this.cutAt = cutAt;
    }

    /** Never ends. */
    public static Power steady() {
        return new Power(Long.MAX_VALUE);
    }

    /**
     * Ends in the operation with this number, from 1: its effect is under way, its caller never
     * hears of it.
     */
    public static Power cutAt(long operation) {
        return new Power(operation);
    }

    /** Operations begun. */
    public long operations() {
        return operations;
    }

    void begin() {
        if (operations >= cutAt) {
            throw new PowerLost(cutAt);
        }
        operations++;
    }

    void end() {
        if (operations >= cutAt) {
            throw new PowerLost(cutAt);
        }
    }

    boolean isCut() {
        return operations >= cutAt;
    }
}
