package io.invigil.protocol.node;

import io.invigil.protocol.crypto.Entropy;

/** Receipt and Cursor timeouts: 10 s, doubled up to 60 s, ± 20 % jitter (XSP/1 section 5). */
final class Backoff {
    static final long FIRST_MILLIS = 10_000;
    static final long MILLIS_MAX = 60_000;

    private final Entropy entropy;

    Backoff(Entropy entropy) {
        this.entropy = entropy;
    }

    /** How long to wait after try number {@code tries}, from 0. */
    long afterMillis(int tries) {
        long base = Math.min(MILLIS_MAX, FIRST_MILLIS << Math.min(tries, 10));
        byte[] random = entropy.bytes(2);
        int draw = (random[0] & 0xff) << 8 | random[1] & 0xff;
        return base * 4 / 5 + base * 2 / 5 * draw / 65_536;
    }
}
