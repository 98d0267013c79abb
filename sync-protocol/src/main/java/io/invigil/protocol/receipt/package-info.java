/**
 * What hub and node say to each other besides bundles (XSP/1 sections 5 to 8): Hello, Cursor,
 * receipts, gap requests, blob offers and bitmaps, commands passed through. Each is one {@link
 * io.invigil.protocol.receipt.SignedMessage} with its own payload type.
 */
package io.invigil.protocol.receipt;
