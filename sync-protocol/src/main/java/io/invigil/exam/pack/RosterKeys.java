package io.invigil.exam.pack;

import io.invigil.protocol.crypto.Base64Text;
import java.util.Objects;

/**
 * Keys that a node shares with the hub for one package. They travel in the roster, which is sealed
 * to the node.
 *
 * @param files 32 bytes in base64url, the same in all packages of the slot: what a test page saves
 *     to a file opens at each of the slot's nodes and at the hub (XSP/1 section 8)
 */
public record RosterKeys(String files) {
    public static final int KEY_BYTES = 32;

    public RosterKeys {
        Objects.requireNonNull(files, "files");
        if (Base64Text.decodeUrl(files).filter(key -> key.length == KEY_BYTES).isEmpty()) {
            throw new IllegalArgumentException("a roster's key has " + KEY_BYTES + " bytes");
        }
    }

    /** From the bytes of the key. */
    public static RosterKeys of(byte[] files) {
        return new RosterKeys(Base64Text.encodeUrl(files));
    }

    public byte[] filesKey() {
        return Base64Text.decodeUrl(files).orElseThrow();
    }

    @Override
    public String toString() {
        return "RosterKeys[not shown]";
    }
}
