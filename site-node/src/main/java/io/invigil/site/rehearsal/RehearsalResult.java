package io.invigil.site.rehearsal;

import java.time.Instant;
import java.util.List;

/**
 * What a rehearsal showed. Kept as JSON; holds no personal data.
 *
 * @param exam the made-up exam's name
 * @param problem why it broke off; empty text when it went to its end
 */
public record RehearsalResult(
        String exam,
        Instant at,
        int candidates,
        long seconds,
        String software,
        List<Line> lines,
        String problem) {

    public RehearsalResult {
        lines = List.copyOf(lines);
    }

    /** What is judged, in the order of the page; the name is the stable code. */
    public enum Figure {
        /** Requests that were refused or broke. */
        FAILED,
        /** Acknowledged answers that the ledger on the disks does not have. */
        LOST,
        /** Answers that stand in the ledger more than once. */
        DUPLICATED,
        HANDED_IN,
        SAVE_P50,
        SAVE_P99,
        LOGIN_P99,
        TWO_DEVICES,
        HEAP,
        DISK
    }

    /**
     * One figure.
     *
     * @param measured with its unit
     * @param limit what it must keep; empty text for information
     */
    public record Line(Figure figure, String measured, String limit, boolean passed) {}

    /** Whether the room may be trusted with an exam. */
    public boolean passed() {
        return problem.isEmpty() && lines.stream().allMatch(Line::passed);
    }

    static RehearsalResult brokenOff(
            String exam, Instant at, RehearsalOrder order, String software, String problem) {
        return new RehearsalResult(
                exam,
                at,
                order.candidates(),
                order.lasting().toSeconds(),
                software,
                List.of(),
                problem);
    }
}
