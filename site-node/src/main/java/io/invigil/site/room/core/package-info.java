/**
 * The pure heart of a room: {@link io.invigil.site.room.core.RoomCore} decides commands into facts
 * and folds facts into the state. No input or output, clock, randomness or thread here (a test
 * keeps it so): time, seeds and identifiers come in with the command, so the same class runs under
 * the web server and under the room simulator and every failure replays (XSP/1 sections 2 and 11).
 */
package io.invigil.site.room.core;
