/**
 * Late changes of rooms (issue 3, part 6): a stand-in proctor, a wrong photo or name, an extra
 * candidate, a swap of seats or rooms, recorded in the room while the package did not know of it.
 * The centre holds each against the registration and accepts or rejects it with a reason.
 */
package io.invigil.hub.latechange;
