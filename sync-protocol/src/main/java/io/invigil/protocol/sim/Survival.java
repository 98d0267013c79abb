package io.invigil.protocol.sim;

/**
 * What a power cut leaves of bytes that were written but not forced (fault row 9). Renames, creates
 * and deletes survive in order up to some point, as journaling file systems keep them.
 */
public enum Survival {
    /** Nothing that was not forced. */
    LOST(0),
    /** Everything, forced or not. */
    KEPT(0),
    /** A beginning of the unforced bytes, ending at a 512-byte sector. */
    PREFIX_512(512),
    /** Any of the unforced 512-byte sectors, the others as before or zero. */
    SUBSET_512(512),
    /** A beginning of the unforced bytes, ending at a 4 KiB page. */
    PREFIX_4K(4096),
    /** Any of the unforced 4 KiB pages, the others as before or zero. */
    SUBSET_4K(4096),
    /** The length of the file but none of the bytes: zeros. */
    LENGTH_ONLY(0);

    private final int sectorBytes;

    Survival(int sectorBytes) {
        this.sectorBytes = sectorBytes;
    }

    int sectorBytes() {
        return sectorBytes;
    }
}
