package io.invigil.protocol.ledger;

/** More facts wait for a device than the queue may hold; offer again later. Nothing was taken. */
public final class LedgerQueueFull extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerQueueFull() {
        super("too many facts wait for the ledger's devices");
    }
}
