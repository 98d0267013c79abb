package io.invigil.hub.session;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.TenantId;
import java.util.Optional;

/** Presences of sessions that a room server holds. Stateless and thread-safe. */
public final class RoomPresences {
    private final SessionStore store = new SessionStore();

    /**
     * Takes over what the session's room recorded; a correction by hand stands, whenever the room's
     * facts arrive.
     */
    public void take(
            Tx tx,
            TenantId tenant,
            long session,
            CandidateId student,
            Optional<Presence.Stamp> in,
            Optional<Presence.Stamp> out) {
        ClassSession held = store.find(tx, tenant, session).orElseThrow();
        Presence known = store.presences(tx, held).getOrDefault(student, Presence.none(student));
        Presence told = known.recorded(in, out);
        if (known.reason().isEmpty() && !told.equals(known)) {
            store.put(tx, held, told);
        }
    }
}
