package io.invigil.site.technician;

import io.invigil.site.space.SpaceState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The traffic-light page's data; JSON of {@code GET /api/technician/status}. No personal data.
 *
 * @param devices how many ledger devices hold every fact
 * @param devicesWanted how many are configured
 * @param ledgerPosition last durable record
 * @param space where the ladder of the full disk stands
 * @param trustedTime the newest time the centre vouches for
 * @param certificateUntil end of the LAN's certificate
 */
public record NodeStatus(
        String realm,
        String node,
        String site,
        String software,
        Instant now,
        Optional<Instant> trustedTime,
        int devices,
        int devicesWanted,
        boolean halted,
        long ledgerPosition,
        long freeBytes,
        long totalBytes,
        SpaceState space,
        long usedMemoryBytes,
        Instant certificateUntil,
        List<PackageLine> packages,
        List<NodeAlarms.Raised> alarms) {

    /** One package in force. */
    public record PackageLine(
            String exam, long version, Instant issuedAt, boolean stale, int sittings, int parts) {}
}
