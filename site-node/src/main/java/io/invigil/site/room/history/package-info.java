/**
 * What happened in the room, as lists for people: a projection of the ledger into Derby, applied
 * beside the room and rebuilt whenever it is damaged, missing or ahead (fault rows 3, 12, 13, 85).
 * Nobody's answer waits for it and the exam goes on without it.
 */
package io.invigil.site.room.history;
