package io.invigil.protocol.ledger;

/** No device takes facts any more, or the ledger is closed: what was offered is not saved. */
public final class LedgerUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerUnavailable(String message) {
        super(message);
    }

    public LedgerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
