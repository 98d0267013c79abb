package io.invigil.protocol.node;

import io.invigil.protocol.receipt.ClockEvidence;

/**
 * Time as an argument. Timeouts count on {@code monotonicMillis} only; the wall clock is evidence
 * (fault rows 19 and 20).
 *
 * @param monotonicMillis never goes back within a process
 */
public record SyncTime(long monotonicMillis, long wallMillis, String boot) {
    public ClockEvidence evidence() {
        return new ClockEvidence(wallMillis, monotonicMillis, boot);
    }
}
