/**
 * Packages from the centre on this node (XSP/1 section 8): fetched over mutual TLS or from a stick,
 * verified, staged, synced, activated, the previous one kept; sealed papers opened in memory alone
 * once they are released. Names and ID numbers stay sealed on the disk.
 */
package io.invigil.site.pack;
