package io.invigil.protocol.ledger;

import java.util.List;

/**
 * A ledger ready for facts, and what its recovery has to say.
 *
 * @param alarms in the order found; empty after a clean stop with both devices there
 */
public record OpenedLedger(Ledger ledger, List<LedgerAlarm> alarms) {
    public OpenedLedger {
        alarms = List.copyOf(alarms);
    }
}
