package io.invigil.exam.room;

/**
 * When and by whom, as evidence. Ordering comes from the ledger's position, durations from {@code
 * up}; nothing is ever rejected for wall-clock skew (XSP/1 section 11).
 *
 * @param at wall clock of the node, epoch milliseconds
 * @param up milliseconds since boot, monotonic
 * @param boot boot id under which {@code up} counts
 * @param by author: {@code node}, {@code staff:<login>} or {@code candidate:<sitting>}
 */
public record FactStamp(long at, long up, String boot, String by) {
    public FactStamp {
        if (up < 0 || boot.isEmpty() || by.isEmpty()) {
            throw new IllegalArgumentException("a stamp needs uptime, boot id and author");
        }
    }
}
