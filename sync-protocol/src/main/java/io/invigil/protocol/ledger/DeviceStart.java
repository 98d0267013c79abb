package io.invigil.protocol.ledger;

import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.device.LedgerFs;
import io.invigil.protocol.ledger.device.Membership;
import io.invigil.protocol.ledger.device.VolumeMarker;
import io.invigil.protocol.ledger.segment.SegmentName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What one device says of itself when the ledger opens. */
sealed interface DeviceStart {
    DeviceRole role();

    /**
     * It can be read.
     *
     * @param marker empty on a new device, or when the marker was lost
     */
    record Readable(
            DeviceRole role,
            LedgerFs fs,
            List<String> names,
            Optional<VolumeMarker> marker,
            Membership membership)
            implements DeviceStart {

        boolean hasSegments() {
            return names.stream().anyMatch(name -> SegmentName.parse(name).isPresent());
        }

        boolean isNew() {
            return marker.isEmpty() && !hasSegments();
        }

        String volume() {
            return marker.map(VolumeMarker::volume).orElse("");
        }

        Readable marked(VolumeMarker written) {
            return new Readable(role, fs, names, Optional.of(written), membership);
        }
    }

    /** It failed to answer. */
    record Failed(DeviceRole role, IOException cause) implements DeviceStart {}

    static DeviceStart of(DeviceRole role, LedgerFs fs) {
        try {
            List<String> names = fs.list();
            return new Readable(
                    role,
                    fs,
                    names,
                    VolumeMarker.read(fs, names),
                    Membership.read(fs, names).orElse(Membership.NONE));
        } catch (IOException failure) {
            return new Failed(role, failure);
        }
    }
}
