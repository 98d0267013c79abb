package io.invigil.protocol.hub;

import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.receipt.LaneKey;
import java.util.Map;

/**
 * A key and how far it holds (XSP/1 section 10).
 *
 * @param revoked records beyond {@code validThrough} are parked for two-person review
 * @param validThrough last good number by lane; a lane not named has none
 */
public record KeyStanding(VerifyKey key, boolean revoked, Map<LaneKey, Long> validThrough) {
    public KeyStanding {
        validThrough = Map.copyOf(validThrough);
    }

    public static KeyStanding good(VerifyKey key) {
        return new KeyStanding(key, false, Map.of());
    }

    /** Whether the key holds for a lane up to a number. */
    public boolean holds(LaneKey lane, long seq) {
        return !revoked || seq <= validThrough.getOrDefault(lane, 0L);
    }
}
