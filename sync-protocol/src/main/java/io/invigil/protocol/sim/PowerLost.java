package io.invigil.protocol.sim;

/**
 * The simulated machine stopped in the middle of an operation. An error, so that no code that deals
 * with failures of a device takes it for one.
 */
public final class PowerLost extends Error {
    private static final long serialVersionUID = 1L;

    public PowerLost(long operation) {
        super("power lost at operation " + operation);
    }
}
