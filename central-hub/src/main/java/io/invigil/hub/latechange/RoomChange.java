package io.invigil.hub.latechange;

import io.invigil.exam.room.LateChangeKind;
import java.time.Instant;
import java.util.Optional;

/**
 * A late change as the room recorded it, beside what is registered.
 *
 * @param id made by the room; unique with the node
 * @param registered empty when it concerns nobody who is registered
 * @param decision empty while it waits
 */
public record RoomChange(
        String node,
        String id,
        String exam,
        LateChangeKind kind,
        String detail,
        String reason,
        String by,
        Instant at,
        String site,
        Optional<Registered> registered,
        Optional<Decided> decision) {

    /** Who sits where by registration and arrangement. */
    public record Registered(long candidate, String name, String number, String room, int seat) {}

    /** What the centre said. */
    public record Decided(Verdict verdict, String reason, String login, Instant at) {}

    /** Names stand in the database. */
    public enum Verdict {
        ACCEPTED,
        REJECTED
    }
}
