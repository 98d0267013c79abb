/**
 * Exam packages (XSP/1 section 8): what one node needs for one slot, sealed to it, signed, with a
 * version that only rises; and the release of its papers by two people. The body's staff publish
 * and approve; the state of a package is none → published → fetched → active → opened.
 */
package io.invigil.hub.pack;
