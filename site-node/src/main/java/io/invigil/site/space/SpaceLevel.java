package io.invigil.site.space;

/** The ladder of the full disk, best first (XSP/1 section 7). */
public enum SpaceLevel {
    /** At least 20 % free. */
    AMPLE(20),
    /** Less: people are told. */
    LOW(10),
    /** Less than 10 %: fewer and smaller snapshots. */
    SCARCE(5),
    /** Less than 5 %: no snapshots, no new packages, no lists; the rest is the answers'. */
    ANSWERS_ONLY(0);

    private final int freePercentMin;

    SpaceLevel(int freePercentMin) {
        this.freePercentMin = freePercentMin;
    }

    /** From how much free space on, in per cent of the disk, this level holds. */
    public int freePercentMin() {
        return freePercentMin;
    }

    /** Whether snapshots are taken as often and as large as the policy says. */
    public boolean snapshotsInFull() {
        return compareTo(SCARCE) < 0;
    }

    /** Whether any snapshot is taken. */
    public boolean snapshots() {
        return this != ANSWERS_ONLY;
    }

    /** The level of so many per mille free. */
    static SpaceLevel of(long freePerMille) {
        for (SpaceLevel level : values()) {
            if (freePerMille >= level.freePercentMin * 10L) {
                return level;
            }
        }
        return ANSWERS_ONLY;
    }
}
