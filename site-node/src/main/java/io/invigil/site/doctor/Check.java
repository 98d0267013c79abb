package io.invigil.site.doctor;

/** What is looked at, in the order of the page. The name is the stable code. */
public enum Check {
    /** The wall clock beside the centre's time and beside the machine's own count of time. */
    CLOCK(Effort.QUICK),
    /** Whether the ledger takes answers, and how long one forced write takes on each device. */
    WRITES(Effort.ASKED),
    SPACE(Effort.QUICK),
    SECOND_DEVICE(Effort.QUICK),
    MEMORY(Effort.QUICK),
    DATABASE(Effort.ASKED),
    LAN(Effort.QUICK),
    HUB(Effort.ASKED),
    BROKER(Effort.ASKED),
    CERTIFICATES(Effort.QUICK),
    PACKAGES(Effort.ASKED),
    MODELS(Effort.ASKED),
    CAMERAS(Effort.ASKED),
    BACKLOG(Effort.QUICK);

    private final Effort effort;

    Check(Effort effort) {
        this.effort = effort;
    }

    /** How much a look costs. */
    public enum Effort {
        /** Made again at each reading of the page. */
        QUICK,
        /** Writes, reads much or waits for others: made when a person asks. */
        ASKED
    }

    public Effort effort() {
        return effort;
    }
}
