package io.invigil.protocol.receipt;

import java.util.Objects;

/**
 * What the node's clocks showed: evidence, never a reason to refuse (XSP/1 section 11).
 *
 * @param wallMillis wall clock, epoch milliseconds, may be any value
 * @param upMillis milliseconds since boot
 * @param boot boot id under which {@code upMillis} counts
 */
public record ClockEvidence(long wallMillis, long upMillis, String boot) {
    public ClockEvidence {
        Objects.requireNonNull(boot);
        if (boot.length() > 64) {
            throw new IllegalArgumentException("a boot id is short");
        }
    }
}
