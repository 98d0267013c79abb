package io.invigil.appliance.web.session;

import io.invigil.protocol.crypto.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where sessions are kept: {@link MemorySessions} on a node, {@link SqlSessions} on the hub. */
public interface SessionStore {

    Optional<Session> find(Digest idHash);

    void save(Session session);

    /** Notes a use; nothing happens when the session is gone. */
    void seen(Digest idHash, Instant now);

    void delete(Digest idHash);

    /** The sessions of one account, newest use first. */
    List<Session> ofAccount(long tenant, long account);

    /** Ends all sessions of an account. */
    void deleteAccount(long tenant, long account);

    /** Removes what expired or was last seen before {@code idleSince}. */
    void deleteExpired(Instant now, Instant idleSince);
}
