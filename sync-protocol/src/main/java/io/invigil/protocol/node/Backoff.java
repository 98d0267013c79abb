package io.invigil.protocol.node;

import io.invigil.protocol.crypto.Entropy;

/**
 * Receipt and Cursor timeouts: 10 s, doubled, ± 20 % jitter, never more than 50 s: so lanes move
 * again within 60 s of a fault's end (XSP/1 section 5, invariant I6).
 */
final class Backoff {
    static final long FIRST_MILLIS = 10_000;
    static final long MILLIS_MAX = 50_000;

    private final Entropy entropy;

    Backoff(Entropy entropy) {
        this.entropy = entropy;
    }

    /** How long to wait after try number {@code tries}, from 0. */
    long afterMillis(int tries) {
        long base = Math.min(MILLIS_MAX, FIRST_MILLIS << Math.min(tries, 10));
        byte[] random = entropy.bytes(2);
        int draw = (random[0] & 0xff) << 8 | random[1] & 0xff;
        return Math.min(MILLIS_MAX, base * 4 / 5 + base * 2 / 5 * draw / 65_536);
    }
}
