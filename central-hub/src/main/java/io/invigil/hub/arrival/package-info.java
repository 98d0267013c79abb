/**
 * Check-in of an exam room by the candidate's phone through the portal (issue 3, part 1; domain,
 * section 9; XSP-039): the candidate is signed in here and types the code of the room's screen; the
 * claim goes, signed and sealed, to the node that holds the sitting. The node alone judges it and
 * its answer comes back as a fact. A claim that no answer came to in time leads the candidate to
 * the room's own page or to the proctor.
 */
package io.invigil.hub.arrival;
