package io.invigil.protocol.ledger;

import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.device.LedgerFs;
import io.invigil.protocol.ledger.device.Membership;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What recovery found and made of it.
 *
 * @param devices the usable ones
 * @param volumes volume id of each usable device
 * @param missing segments a device lacks wholly or in part, to be copied to it
 * @param membership of the highest generation on any usable device
 * @param members devices that hold everything and are relied on from the start
 */
record Recovered(
        Map<DeviceRole, LedgerFs> devices,
        Map<DeviceRole, String> volumes,
        Map<DeviceRole, List<StoredSegment>> missing,
        Membership membership,
        Set<DeviceRole> members,
        List<EpochLog> epochs,
        EpochTree tree,
        List<LedgerAlarm> alarms) {

    long lastPosition() {
        return epochs.stream().mapToLong(EpochLog::lastPosition).max().orElse(0);
    }
}
