package io.invigil.protocol.ledger;

/**
 * A segment with a whole header does not open with the key given: the key belongs to another node
 * or was lost. Nothing is read or written.
 */
public final class LedgerKeyWrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerKeyWrong(String segment) {
        super("the key does not open " + segment);
    }
}
