package io.invigil.protocol.ledger;

import io.invigil.protocol.ledger.device.DeviceRole;
import java.util.Optional;

/**
 * Something people must know about the ledger; also written as a {@code ctl} fact where one exists.
 *
 * @param kind stable code
 * @param device the device concerned, when it is one
 * @param detail numbers and names for the technician, in English, without secrets
 */
public record LedgerAlarm(Kind kind, Optional<DeviceRole> device, String detail) {

    /** What happened; {@link #serious} kinds need a person before the next exam. */
    public enum Kind {
        /**
         * The last batch was not written completely before a power cut; it was never acknowledged.
         */
        TORN_TAIL(false),
        /** Damaged bytes were found and replaced from the other device. */
        REPAIRED(true),
        /** Damaged bytes and no good copy: nothing was cut, the hub may have the records. */
        CORRUPT(true),
        /** A device that should be there is not, or cannot be read. */
        DEVICE_MISSING(true),
        /**
         * An empty device stands where a used one stood; it is being filled, nothing is deleted.
         */
        DEVICE_REPLACED(true),
        /** A device of another ledger or node; it is left untouched and not used. */
        DEVICE_FOREIGN(true),
        /** Both devices lie on one file system: they will be lost together. */
        SAME_STORE(false),
        /** The device missed writes while the other ran alone; it is being brought level. */
        DEVICE_STALE(true),
        /** Only device B was there at the start. */
        STARTED_FROM_B(true),
        /** Two branches continue one epoch; both are kept, one is parked. */
        FORKED(true),
        /** A device was too slow; facts are saved on the other one alone. */
        DEVICE_DEGRADED(true),
        /** A device failed and is out until the ledger is opened again. */
        DEVICE_FAILED(true),
        /** A degraded device holds everything again. */
        DEVICE_RESTORED(false),
        /** A fact of the ledger itself found no room in the queue. */
        QUEUE_FULL(true),
        /** No device is left: nothing can be saved. */
        LEDGER_HALTED(true);

        private final boolean serious;

        Kind(boolean serious) {
            this.serious = serious;
        }

        public boolean serious() {
            return serious;
        }
    }
}
