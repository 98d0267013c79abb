package io.invigil.protocol.ledger;

/** Told of alarms while the ledger runs, on the ledger's own thread: must return at once. */
@FunctionalInterface
public interface LedgerListener {
    void alarm(LedgerAlarm alarm);
}
