/**
 * Identity of data (XSP/1 section 3): realms, nodes, epochs, lanes, sequence numbers, positions and
 * the hash chain that makes two records with one number comparable.
 */
package io.invigil.protocol.fact;
