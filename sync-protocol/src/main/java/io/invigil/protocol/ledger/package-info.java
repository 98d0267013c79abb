/**
 * The node's ledger (XSP/1 section 2): every fact of the room, encrypted, chained, in epochs, on
 * two devices, durable before anyone is told "saved". {@link io.invigil.protocol.ledger.Ledger} is
 * the way in; what a raw device of a dead node holds is read by {@code LedgerReader}.
 */
package io.invigil.protocol.ledger;
