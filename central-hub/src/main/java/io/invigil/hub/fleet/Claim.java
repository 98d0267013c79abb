package io.invigil.hub.fleet;

import io.invigil.hub.site.SiteId;
import io.invigil.protocol.fact.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A claim code that was given out; the code itself is not kept.
 *
 * @param id public name of the claim
 * @param proofKey what proves possession of the code
 * @param rooms names of rooms the node will serve; empty: all of the site
 * @param used when, and the digest of the request that used it
 */
@SuppressWarnings("ArrayRecordComponent")
public record Claim(
        String id,
        byte[] proofKey,
        NodeId node,
        SiteId site,
        String siteName,
        List<String> rooms,
        String login,
        Instant createdAt,
        Instant expiresAt,
        Optional<Use> used) {

    public Claim {
        rooms = List.copyOf(rooms);
    }

    /** The one request that used a claim; the same request again gets the same answer. */
    public record Use(Instant at, String requestDigest) {}
}
