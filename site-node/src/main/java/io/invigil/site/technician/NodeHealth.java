package io.invigil.site.technician;

import io.invigil.appliance.selftest.Health;
import io.invigil.appliance.selftest.Health.Finding;
import io.invigil.appliance.selftest.Metrics;
import io.invigil.site.sync.SyncStatus;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The node's lights and numbers for its admin listener. No personal data. */
public final class NodeHealth {
    static final Duration CERTIFICATE_LEFT_MIN = Duration.ofDays(60);

    private NodeHealth() {}

    /** The checks, each asking for the state anew. */
    public static Health checks(Supplier<NodeStatus> status, SyncStatus sync) {
        Health health = new Health();
        health.add("ledger", () -> ledger(status.get()));
        health.add("disk", () -> disk(status.get()));
        health.add("certificate", () -> certificate(status.get()));
        health.add("packages", () -> packages(status.get()));
        health.add("centre", () -> centre(sync.view()));
        return health;
    }

    public static Metrics metrics(Supplier<NodeStatus> status, SyncStatus sync) {
        Metrics metrics = new Metrics();
        metrics.gauge("invigil_ledger_position", () -> status.get().ledgerPosition());
        metrics.gauge("invigil_ledger_devices", () -> status.get().devices());
        metrics.gauge("invigil_disk_free_bytes", () -> status.get().freeBytes());
        metrics.gauge("invigil_sync_waiting_records", () -> sync.view().waiting());
        metrics.gauge("invigil_sync_flowing", () -> sync.view().flowing() ? 1 : 0);
        return metrics;
    }

    private static Finding ledger(NodeStatus status) {
        String devices = status.devices() + " of " + status.devicesWanted() + " devices";
        if (status.halted() || status.devices() == 0) {
            return Finding.failed("nothing can be saved: " + devices);
        }
        return status.devices() < status.devicesWanted()
                ? Finding.warning(devices)
                : Finding.ok(devices);
    }

    private static Finding disk(NodeStatus status) {
        String free = status.freeBytes() / (1024 * 1024) + " MiB free";
        return switch (status.space().level()) {
            case AMPLE -> Finding.ok(free);
            case LOW, SCARCE -> Finding.warning(free);
            case ANSWERS_ONLY -> Finding.failed(free + ", " + status.space().cause());
        };
    }

    private static Finding certificate(NodeStatus status) {
        String until = "until " + status.certificateUntil();
        boolean soon = status.now().plus(CERTIFICATE_LEFT_MIN).isAfter(status.certificateUntil());
        return soon ? Finding.warning(until) : Finding.ok(until);
    }

    private static Finding packages(NodeStatus status) {
        List<String> stale =
                status.packages().stream()
                        .filter(NodeStatus.PackageLine::stale)
                        .map(NodeStatus.PackageLine::exam)
                        .toList();
        return stale.isEmpty()
                ? Finding.ok(status.packages().size() + " in force")
                : Finding.warning("no fresh statement for " + String.join(", ", stale));
    }

    /** Away is no failure: the room works without. */
    private static Finding centre(SyncStatus.View sync) {
        String waiting = sync.waiting() + " records wait";
        return sync.flowing() ? Finding.ok(waiting) : Finding.warning("away; " + waiting);
    }
}
