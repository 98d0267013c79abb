package io.invigil.exam.room;

/**
 * How long a page held an answer before it could send it. All of it is the page's own account
 * except {@code silentMillis}; it helps a person to decide and proves nothing by itself (XSP/1
 * section 11).
 *
 * @param heldMillis by the page's monotonic clock, from the last key to the sending
 * @param silentMillis exam time since the node's signed statement that the page named: the answer
 *     cannot have been written on a page that is older
 * @param consistent whether the page ran on from that statement to the sending, and its times agree
 *     with the node's to within five seconds
 * @param beforeEndMillis by this account written so long before the end, negative for after it
 */
public record HeldEvidence(
        long heldMillis, long silentMillis, boolean consistent, long beforeEndMillis) {}
