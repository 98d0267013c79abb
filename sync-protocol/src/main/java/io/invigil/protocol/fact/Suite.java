package io.invigil.protocol.fact;

/** Cipher suites; fixed per realm by the trust root, never negotiated (XSP/1 section 4). */
public final class Suite {
    public static final String ED25519_X25519_AES256GCM = "ed25519-x25519-aes256gcm";

    private Suite() {}
}
