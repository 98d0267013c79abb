package io.invigil.protocol.ledger;

import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.device.LedgerFs;
import io.invigil.protocol.ledger.device.Membership;
import io.invigil.protocol.ledger.device.VolumeMarker;
import io.invigil.protocol.ledger.segment.SegmentName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What one device says of itself when the ledger opens.
 *
 * @param marker empty on a new device, or when the marker was lost
 */
record DeviceStart(
        DeviceRole role,
        LedgerFs fs,
        String store,
        List<String> names,
        Optional<VolumeMarker> marker,
        Membership membership) {

    /** Looks at a device. */
    static DeviceStart of(DeviceRole role, LedgerFs fs) {
        try {
            List<String> names = fs.list();
            return new DeviceStart(
                    role,
                    fs,
                    fs.store(),
                    names,
                    VolumeMarker.read(fs, names),
                    Membership.read(fs, names).orElse(Membership.NONE));
        } catch (IOException failure) {
            throw new LedgerInventory.DeviceLost(role, failure);
        }
    }

    boolean hasSegments() {
        return names.stream().anyMatch(name -> SegmentName.parse(name).isPresent());
    }

    boolean isNew() {
        return marker.isEmpty() && !hasSegments();
    }

    String volume() {
        return marker.map(VolumeMarker::volume).orElse("");
    }

    DeviceStart marked(VolumeMarker written) {
        return new DeviceStart(role, fs, store, names, Optional.of(written), membership);
    }
}
