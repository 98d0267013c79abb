package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.ledger.device.DeviceRole;
import java.util.Optional;

/** Tells the listener and makes the facts that go with it. */
final class LedgerAlarms {
    private static final System.Logger LOG = System.getLogger(LedgerAlarms.class.getName());

    private final LedgerSettings settings;

    LedgerAlarms(LedgerSettings settings) {
        this.settings = settings;
    }

    void raise(LedgerAlarm.Kind kind, Optional<DeviceRole> role, String detail) {
        try {
            settings.listener().alarm(new LedgerAlarm(kind, role, String.valueOf(detail)));
        } catch (RuntimeException broken) {
            // a broken listener must not stop the ledger
            LOG.log(System.Logger.Level.ERROR, "the ledger's listener failed on " + kind, broken);
        }
    }

    FactDraft deviceFact(String type, DeviceRole role, String cause, long generation) {
        return LedgerFacts.draft(
                new LedgerFacts.DeviceChanged(
                        type, role.name(), cause, generation, settings.wallClock().millis()));
    }
}
