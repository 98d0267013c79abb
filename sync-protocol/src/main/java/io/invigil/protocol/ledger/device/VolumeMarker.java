package io.invigil.protocol.ledger.device;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Says whose ledger a device carries, so that an empty or foreign stick in the place of device B is
 * never read as deletion (fault row 69).
 *
 * @param ledger random id of the ledger, the same on both devices
 * @param volume random id of this device
 */
public record VolumeMarker(String ledger, String volume, String realm, String node) {
    public static final String FILE = "volume.json";

    public VolumeMarker {
        Objects.requireNonNull(ledger);
        Objects.requireNonNull(volume);
        Objects.requireNonNull(realm);
        Objects.requireNonNull(node);
    }

    /** Reads the marker; empty when missing or damaged. */
    public static Optional<VolumeMarker> read(LedgerFs fs, List<String> names) throws IOException {
        return CheckedFile.read(fs, names, FILE, VolumeMarker.class);
    }

    public void write(LedgerFs fs) throws IOException {
        CheckedFile.write(fs, FILE, this);
    }
}
