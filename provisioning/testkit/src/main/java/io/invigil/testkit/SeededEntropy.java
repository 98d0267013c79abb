package io.invigil.testkit;

import io.invigil.protocol.crypto.Entropy;
import java.util.Random;

/** Repeatable "random" bytes. Thread-safe; with several threads the order is theirs. */
public final class SeededEntropy implements Entropy {
    private final Random random;

    public SeededEntropy(long seed) {
        random = new Random(seed);
    }

    @Override
    public synchronized void fill(byte[] target) {
        random.nextBytes(target);
    }
}
