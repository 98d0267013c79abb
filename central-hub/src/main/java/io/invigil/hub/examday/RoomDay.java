package io.invigil.hub.examday;

import io.invigil.exam.room.CaseKind;
import io.invigil.exam.room.RoomPhase;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.Window;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One room in one slot, as far as the centre heard. Times of the room are its node's wall clock.
 *
 * @param box the node that serves it, with the package of the slot; empty while none is published
 * @param cases open ones of this room or of all rooms of its node, the oldest first
 * @param incidents newest first
 * @param changes late changes that nobody decided yet
 * @param unread when words were sent that no proctor there has acknowledged, oldest first
 * @param contacts who can be called, the room's proctors first
 */
public record RoomDay(
        PlanId plan,
        SlotId slot,
        Window time,
        SiteId site,
        RoomId room,
        String name,
        Counts counts,
        Optional<Box> box,
        List<Case> cases,
        List<Incident> incidents,
        int changes,
        List<Instant> unread,
        List<Contact> contacts) {

    public RoomDay {
        cases = List.copyOf(cases);
        incidents = List.copyOf(incidents);
        unread = List.copyOf(unread);
        contacts = List.copyOf(contacts);
    }

    /** 未考, 考试中, 已考 and who came, in people. */
    public record Counts(int seated, int arrived, int absent, int inProgress, int taken) {
        public int notTaken() {
            return seated - inProgress - taken;
        }

        Counts plus(Counts other) {
            return new Counts(
                    seated + other.seated,
                    arrived + other.arrived,
                    absent + other.absent,
                    inProgress + other.inProgress,
                    taken + other.taken);
        }

        static final Counts NONE = new Counts(0, 0, 0, 0, 0);
    }

    /**
     * @param papersOpen whether the room said that its papers are open
     * @param phase empty while the room has said nothing of this exam
     */
    public record Box(
            String exam,
            String node,
            boolean connected,
            Instant lastSeen,
            boolean papersOpen,
            Optional<RoomPhase> phase) {}

    /** {@code sitting} 0 for a case of the whole room. */
    public record Case(
            String id,
            CaseKind kind,
            CaseKind.Owner owner,
            long sitting,
            String statement,
            String by,
            Instant at,
            Instant due) {
        /** Waits for the centre: somebody here has to act. */
        public boolean callsTheCentre() {
            return owner == CaseKind.Owner.CENTRE;
        }
    }

    /** {@code sitting} 0 for one of the whole room. */
    public record Incident(
            String category, long sitting, String statement, String by, Instant at) {}

    /** Someone to call; {@code duty} is the key of a text. */
    public record Contact(String duty, String name, String phone) {}
}
