package io.invigil.site;

import io.invigil.exam.room.StampedFact;
import io.invigil.site.attendance.StaffRoster;
import io.invigil.site.room.RoomListener;
import io.invigil.site.room.core.RoomState;
import io.invigil.site.web.SavedSessions;
import java.util.List;
import java.util.Optional;

/**
 * Carries the room's word to the staff's accounts and from there to their sessions: the room's
 * engine starts before either is there. What it published before is in the state that the roster
 * reads. Thread-safe.
 */
final class StaffDoor implements RoomListener {
    private volatile Optional<StaffRoster> roster = Optional.empty();
    private volatile Optional<SavedSessions> sessions = Optional.empty();

    void opened(StaffRoster known) {
        roster = Optional.of(known);
    }

    void opened(SavedSessions known) {
        sessions = Optional.of(known);
    }

    /** An account is good no more, or has another password: its sessions end. */
    void ended(long account) {
        sessions.ifPresent(open -> open.deleteAccount(StaffRoster.TENANT, account));
    }

    @Override
    public void published(RoomState state, List<StampedFact> facts, boolean gap) {
        roster.ifPresent(known -> known.published(state, facts, gap));
    }
}
