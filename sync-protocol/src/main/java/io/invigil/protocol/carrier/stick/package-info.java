/**
 * Directories on USB sticks as a carrier (XSP/1 section 9): FAT32 and exFAT, no journal, case
 * folding, pulled at any moment. Names and index are for people; only content counts.
 */
package io.invigil.protocol.carrier.stick;
