package io.invigil.appliance.web.session;

import io.invigil.protocol.crypto.Digest;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sessions of one process. At most {@link #SESSIONS_MAX}; one more ends the one that was saved
 * first. Thread-safe.
 */
public final class MemorySessions implements SessionStore {
    public static final int SESSIONS_MAX = 10_000;

    private final Map<Digest, Session> sessions = new LinkedHashMap<>();

    @Override
    public synchronized Optional<Session> find(Digest idHash) {
        return Optional.ofNullable(sessions.get(idHash));
    }

    @Override
    public synchronized void save(Session session) {
        sessions.put(session.idHash(), session);
        if (sessions.size() > SESSIONS_MAX) {
            sessions.remove(sessions.keySet().iterator().next());
        }
    }

    @Override
    public synchronized void seen(Digest idHash, Instant now) {
        sessions.computeIfPresent(idHash, (id, session) -> session.seen(now));
    }

    @Override
    public synchronized void delete(Digest idHash) {
        sessions.remove(idHash);
    }

    @Override
    public synchronized List<Session> ofAccount(long tenant, long account) {
        return sessions.values().stream()
                .filter(s -> isOf(s, tenant, account))
                .sorted(Comparator.comparing(Session::seenAt).reversed())
                .toList();
    }

    @Override
    public synchronized void deleteAccount(long tenant, long account) {
        sessions.values().removeIf(s -> isOf(s, tenant, account));
    }

    @Override
    public synchronized void deleteExpired(Instant now, Instant idleSince) {
        sessions.values()
                .removeIf(s -> !s.expiresAt().isAfter(now) || s.seenAt().isBefore(idleSince));
    }

    private static boolean isOf(Session session, long tenant, long account) {
        return session.person().tenant() == tenant && session.person().account() == account;
    }
}
