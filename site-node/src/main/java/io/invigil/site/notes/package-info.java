/**
 * Candidates' own notes (issue 3, part 4). The rule: a note belongs to the candidate while the test
 * lasts. It is kept by the node, so that a reload or another machine shows it again; it is no
 * answer, is never scored, never a fact, never sent to the centre, seen by nobody else, and goes
 * with the paper when the room closes.
 */
package io.invigil.site.notes;
