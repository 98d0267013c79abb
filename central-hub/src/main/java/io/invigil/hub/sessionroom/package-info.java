/**
 * Class sessions that a room server holds (domain, section 9; S0 sections 5 and 7 to 9): a
 * comprehensive test whose roster is the class, or a plain session whose students check in at the
 * room. The teacher names server and room, and for a test the paper; the list becomes a sealed
 * package through the same builder as any exam's, and what happens in the room comes back to the
 * class: presence, score, review. Kept by the teachers of the course and the school's clerks.
 */
package io.invigil.hub.sessionroom;
