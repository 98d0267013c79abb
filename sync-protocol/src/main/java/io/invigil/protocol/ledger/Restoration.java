package io.invigil.protocol.ledger;

/** What became of records offered for a gap. */
public enum Restoration {
    /** They are durable and part of the ledger again. */
    FILLED,
    /** No gap begins at the first of them. */
    NO_SUCH_GAP,
    /** A number, link or hash is not the one the chain around the gap demands. */
    DOES_NOT_FIT
}
