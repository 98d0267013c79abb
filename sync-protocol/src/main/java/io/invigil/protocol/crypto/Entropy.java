package io.invigil.protocol.crypto;

import java.security.SecureRandom;

/**
 * Source of random bytes. A parameter everywhere, so that a simulator run is a seed.
 *
 * <p>Implementations are thread-safe when made by {@link #secure()}.
 */
@FunctionalInterface
public interface Entropy {

    /** Fills the whole array with random bytes. */
    void fill(byte[] target);

    /** Returns {@code count} fresh random bytes. */
    default byte[] bytes(int count) {
        byte[] out = new byte[count];
        fill(out);
        return out;
    }

    /** The operating system's generator. */
    static Entropy secure() {
        SecureRandom random = new SecureRandom();
        return random::nextBytes;
    }
}
