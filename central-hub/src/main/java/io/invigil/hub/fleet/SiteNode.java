package io.invigil.hub.fleet;

import io.invigil.hub.site.SiteId;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An enrolled node.
 *
 * @param siteName as told to the node; its bundles name it
 * @param rooms names of the rooms it serves; empty: all rooms of the site
 * @param recordKey key that signs its bundles now
 * @param sealKey key to which packages are sealed
 * @param lanNames names and addresses in its certificate for the room
 * @param lastSeen its last Hello, or the enrolment
 */
public record SiteNode(
        NodeId id,
        SiteId site,
        String siteName,
        List<String> rooms,
        VerifyKey recordKey,
        SealPublicKey sealKey,
        List<String> lanNames,
        String software,
        Instant enrolledAt,
        Instant lastSeen,
        boolean connected,
        Optional<Revoked> revoked) {

    public SiteNode {
        rooms = List.copyOf(rooms);
        lanNames = List.copyOf(lanNames);
    }

    /** When, by whom and why it was shut out. */
    public record Revoked(Instant at, String login, String reason) {}

    /** Whether it serves a room of its site. */
    public boolean serves(String room) {
        return rooms.isEmpty() || rooms.contains(room);
    }
}
