/**
 * The two devices under a node's ledger: the port through which files are written and forced, its
 * implementation over a directory, and the small files that say which device this is and which
 * devices hold everything (XSP/1 section 2).
 */
package io.invigil.protocol.ledger.device;
