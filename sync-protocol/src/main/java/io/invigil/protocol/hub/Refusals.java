package io.invigil.protocol.hub;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.receipt.LineStatus;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Rows for refused things (P6): one for each thing and reason, however often it comes. */
final class Refusals {
    /** Of what is not authentic, no more than this is kept. */
    static final int QUARANTINE_BYTES_MAX = 64 * 1024;

    private Refusals() {}

    /** Quarantine of bytes that are not authentic. */
    static ParkedItem rejected(String node, String reason, String detail, byte[] bytes) {
        byte[] kept = Arrays.copyOf(bytes, Math.min(bytes.length, QUARANTINE_BYTES_MAX));
        Digest key = Digest.sha256(text(reason), text(node), Digest.sha256(bytes).bytes());
        return new ParkedItem(key, LineStatus.REJECTED, node, reason, detail, kept);
    }

    /**
     * An authentic bundle for review. Sealing differs each time, so the key is made of what it
     * says, not of its bytes.
     */
    static ParkedItem parked(
            String node, String reason, String detail, Digest content, byte[] bytes) {
        Digest key = Digest.sha256(text(reason), text(node), content.bytes());
        return new ParkedItem(key, LineStatus.PARKED, node, reason, detail, bytes);
    }

    private static byte[] text(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
