package io.invigil.hub.pack;

/** What came of publishing one package. */
public sealed interface PackDecision {

    /** Published, or unchanged since the last version. */
    record Published(ExamPackage published, int partsSealed, int partsKept)
            implements PackDecision {}

    /**
     * @param detail room, subject or node concerned; empty when there is none
     */
    record Refused(PackRefusal reason, String detail) implements PackDecision {}
}
