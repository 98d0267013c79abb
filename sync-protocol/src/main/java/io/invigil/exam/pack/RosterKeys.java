package io.invigil.exam.pack;

import io.invigil.protocol.crypto.Base64Text;
import java.util.Objects;
import java.util.Optional;

/**
 * Keys that a node shares with the hub for one package. They travel in the roster, which is sealed
 * to the node.
 *
 * @param files 32 bytes in base64url, the same in all packages of the slot: what a test page saves
 *     to a file opens at each of the slot's nodes (XSP/1 section 8)
 * @param handover 32 bytes in base64url, of this package alone: by it the node proves to the hub,
 *     by telephone, that it gave a sitting up; empty in older packages
 */
public record RosterKeys(String files, Optional<String> handover) {
    public static final int KEY_BYTES = 32;

    public RosterKeys {
        Objects.requireNonNull(files, "files");
        handover = handover == null ? Optional.empty() : handover;
        check(files);
        handover.ifPresent(RosterKeys::check);
    }

    private static void check(String key) {
        if (Base64Text.decodeUrl(key).filter(bytes -> bytes.length == KEY_BYTES).isEmpty()) {
            throw new IllegalArgumentException("a roster's key has " + KEY_BYTES + " bytes");
        }
    }

    /** From the bytes of the keys. */
    public static RosterKeys of(byte[] files, byte[] handover) {
        return new RosterKeys(
                Base64Text.encodeUrl(files), Optional.of(Base64Text.encodeUrl(handover)));
    }

    public byte[] filesKey() {
        return Base64Text.decodeUrl(files).orElseThrow();
    }

    public Optional<byte[]> handoverKey() {
        return handover.flatMap(Base64Text::decodeUrl);
    }

    @Override
    public String toString() {
        return "RosterKeys[not shown]";
    }
}
