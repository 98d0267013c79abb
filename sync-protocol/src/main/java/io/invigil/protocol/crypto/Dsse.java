package io.invigil.protocol.crypto;

import java.nio.charset.StandardCharsets;

/**
 * Pre-authentication encoding of DSSE v1: what is signed is the type and the payload, each with its
 * length, so that a receipt can never pass for a bundle (fault row 44).
 */
public final class Dsse {
    private Dsse() {}

    /**
     * {@code "DSSEv1" SP len(type) SP type SP len(payload) SP payload}.
     *
     * @param type the payload type, such as {@code application/vnd.xsp.bundle.v1}
     */
    public static byte[] pae(String type, byte[] payload) {
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        byte[] head =
                ("DSSEv1 " + typeBytes.length + " " + type + " " + payload.length + " ")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[head.length + payload.length];
        System.arraycopy(head, 0, out, 0, head.length);
        System.arraycopy(payload, 0, out, head.length, payload.length);
        return out;
    }
}
