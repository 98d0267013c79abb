package io.invigil.protocol.ledger;

/** A durable batch cannot be read from any device: all copies were damaged after the start. */
public final class LedgerUnreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerUnreadable(String message) {
        super(message);
    }
}
