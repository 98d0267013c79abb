/**
 * The format of the ledger's files (XSP/1 section 2): names, headers with their wrapped keys, batch
 * frames, and the scan that tells a torn tail from corruption. A segment is byte for byte the same
 * on every device that holds it, so repair is copying.
 */
package io.invigil.protocol.ledger.segment;
