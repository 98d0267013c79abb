package io.invigil.hub.pack;

import io.invigil.exam.pack.RosterKeys;
import io.invigil.hub.plan.SlotId;
import io.invigil.protocol.crypto.KeyDerivation;

/**
 * The keys that packages share with the hub: they follow from the hub's own key, so that none is
 * kept and each is the same in every version. Thread-safe.
 */
public final class SlotKeys {
    /** Purpose for which the hub's data key gives the key of {@link #SlotKeys}. */
    public static final String PURPOSE = "exam-package-secrets";

    private final byte[] secretsKey;

    /**
     * @param secretsKey 32 bytes, the one under which package secrets are kept
     */
    public SlotKeys(byte[] secretsKey) {
        this.secretsKey = secretsKey.clone();
    }

    /** One for every package of a slot, one for this package. */
    public RosterKeys of(SlotId slot, String exam) {
        return RosterKeys.of(derived("xsp1 emergency files\n" + slot.value()), handover(exam));
    }

    byte[] handover(String exam) {
        return derived("xsp1 handover key\n" + exam);
    }

    private byte[] derived(String purpose) {
        return KeyDerivation.hkdf(secretsKey, new byte[0], purpose, RosterKeys.KEY_BYTES);
    }
}
