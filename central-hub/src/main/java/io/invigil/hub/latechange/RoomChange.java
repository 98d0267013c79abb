package io.invigil.hub.latechange;

import io.invigil.exam.room.LateChangeDetails;
import io.invigil.exam.room.LateChangeKind;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.site.SiteId;
import java.time.Instant;
import java.util.Optional;

/**
 * A late change as the room recorded it, beside what is registered.
 *
 * @param id made by the room; unique with the node
 * @param details what the room said beyond words
 * @param account login opened at the node for a stand-in, empty text for none
 * @param witness the second official who opened it
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
        Place place,
        LateChangeDetails details,
        String account,
        String witness,
        Optional<Registered> registered,
        Optional<Decided> decision) {

    /** Where and when the room sat. */
    public record Place(String siteName, SiteId site, SlotId slot) {}

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
