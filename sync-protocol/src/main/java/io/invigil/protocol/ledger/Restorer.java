package io.invigil.protocol.ledger;

import io.invigil.protocol.ledger.device.DeviceRole;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/** Waits until a device left behind has been level long enough. For the ledger's thread. */
final class Restorer {
    private final LedgerScheduler scheduler;
    private final Duration levelFor;
    private final Consumer<DevicePump> restore;
    private final Set<DeviceRole> timed = EnumSet.noneOf(DeviceRole.class);

    /**
     * @param restore called when the device may be relied on again
     */
    Restorer(LedgerScheduler scheduler, Duration levelFor, Consumer<DevicePump> restore) {
        this.scheduler = scheduler;
        this.levelFor = levelFor;
        this.restore = restore;
    }

    /** Looks at a device that is not relied on. */
    void look(DevicePump pump) {
        if (pump.isOut() || pump.levelSince().isEmpty() || timed.contains(pump.role())) {
            return;
        }
        long level = scheduler.nanoTime() - pump.levelSince().get();
        Duration rest = levelFor.minusNanos(level);
        if (rest.isNegative() || rest.isZero()) {
            restore.accept(pump);
            return;
        }
        timed.add(pump.role());
        scheduler.after(
                rest,
                () -> {
                    timed.remove(pump.role());
                    look(pump);
                });
    }
}
