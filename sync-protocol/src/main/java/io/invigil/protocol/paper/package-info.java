/**
 * Papers that stay ciphertext on the node until released (XSP/1 section 8): the segmented format,
 * the two keys that wrap the content key, the two ways in which the release key arrives, and the
 * rule when opening is early. All of it is pure; time and entropy arrive as arguments.
 */
package io.invigil.protocol.paper;
