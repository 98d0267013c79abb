package io.invigil.hub.latechange;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.LateChangeKind;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.staffing.Assignment.Duty;
import io.invigil.hub.staffing.Assignments.Staffed;
import io.invigil.hub.staffing.Proctor;
import io.invigil.hub.staffing.StandIns;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What there is to choose from when a change is accepted: subjects of its slot, rooms of its site,
 * proctors assigned there.
 */
public record ChangeChoices(List<Subject> subjects, List<Room> rooms, List<Proctor> proctors) {
    private static final ChangeChoices NONE = new ChangeChoices(List.of(), List.of(), List.of());
    private static final Set<LateChangeKind> ASKING =
            Set.of(
                    LateChangeKind.EXTRA_CANDIDATE,
                    LateChangeKind.ROOM_SWAP,
                    LateChangeKind.STAND_IN_PROCTOR);

    /** Reads them. Thread-safe. */
    public static final class Reading {
        private final StandIns standIns;
        private final PlanContent content = new PlanContent();
        private final Rooms rooms = new Rooms();

        public Reading(StandIns standIns) {
            this.standIns = standIns;
        }

        /** Nothing for a change that is decided or asks for nothing. */
        public ChangeChoices of(Tx tx, StaffScope scope, Plan plan, RoomChange change) {
            if (change.decision().isPresent() || !ASKING.contains(change.kind())) {
                return NONE;
            }
            Optional<Slot> slot = content.slot(tx, plan.tenant(), change.place().slot());
            List<Staffed> staffed =
                    change.kind() == LateChangeKind.STAND_IN_PROCTOR
                            ? standIns.rooms(tx, scope, plan)
                            : List.of();
            return new ChangeChoices(
                    content.subjects(tx, plan.tenant(), plan.id()).stream()
                            .filter(
                                    one ->
                                            slot.map(Slot::subjects)
                                                    .orElse(List.of())
                                                    .contains(one.id()))
                            .toList(),
                    rooms.ofSite(tx, plan.tenant(), plan.id(), change.place().site()),
                    staffed.stream()
                            .filter(one -> Correction.isAt(one, change.place()))
                            .flatMap(one -> one.of(Duty.PROCTOR).stream())
                            .distinct()
                            .toList());
        }
    }
}
