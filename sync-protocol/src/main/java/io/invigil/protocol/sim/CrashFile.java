package io.invigil.protocol.sim;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Content of one simulated file: what is seen, and what is forced. */
final class CrashFile {
    private byte[] seen = new byte[256];
    private int length;
    private byte[] forced = new byte[0];

    /** Bytes from here on were never forced successfully; nothing before it is pending. */
    private int pendingFrom;

    /** A failed force lost the pages: a later one will claim success without them. */
    private boolean lostPages;

    static CrashFile of(byte[] content) {
        CrashFile file = new CrashFile();
        file.append(content);
        file.force();
        return file;
    }

    int length() {
        return length;
    }

    byte[] read(long offset, int count) {
        int from = (int) Math.min(offset, length);
        return Arrays.copyOfRange(seen, from, Math.min(length, from + count));
    }

    void append(byte[] bytes) {
        if (length + bytes.length > seen.length) {
            seen = Arrays.copyOf(seen, Math.max(2 * seen.length, length + bytes.length));
        }
        System.arraycopy(bytes, 0, seen, length, bytes.length);
        length += bytes.length;
    }

    void force() {
        if (!lostPages) {
            forced = Arrays.copyOf(seen, length);
            pendingFrom = length;
        }
    }

    void failForce() {
        lostPages = true;
    }

    void flipBit(int offset, int bit) {
        seen[offset] ^= (byte) (1 << bit);
        if (offset < forced.length) {
            forced[offset] ^= (byte) (1 << bit);
        }
    }

    /** The content after a power cut. */
    byte[] survive(Survival how, RandomGenerator random) {
        return switch (how) {
            case LOST -> forced.clone();
            case KEPT -> lostPages ? forced.clone() : Arrays.copyOf(seen, length);
            case LENGTH_ONLY -> Arrays.copyOf(forced, length);
            case PREFIX_512, PREFIX_4K -> prefix(how.sectorBytes(), random);
            case SUBSET_512, SUBSET_4K -> subset(how.sectorBytes(), random);
        };
    }

    private byte[] prefix(int sector, RandomGenerator random) {
        int sectors = (length - 1) / sector - pendingFrom / sector + 1;
        int kept = length > pendingFrom ? random.nextInt(sectors + 1) : 0;
        int end = Math.min(length, (pendingFrom / sector + kept) * sector);
        return end <= forced.length ? forced.clone() : Arrays.copyOf(seen, end);
    }

    private byte[] subset(int sector, RandomGenerator random) {
        byte[] out = forced.clone();
        for (int at = pendingFrom; at < length; ) {
            int end = Math.min(length, (at / sector + 1) * sector);
            if (random.nextBoolean()) {
                out = out.length < end ? Arrays.copyOf(out, end) : out;
                System.arraycopy(seen, at, out, at, end - at);
            }
            at = end;
        }
        return out;
    }
}
