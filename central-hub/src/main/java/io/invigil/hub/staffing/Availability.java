package io.invigil.hub.staffing;

import io.invigil.hub.arrangement.ArrangementView.RoomSession;
import io.invigil.hub.staffing.Assignment.Duty;
import io.invigil.hub.staffing.AssignmentStore.Busy;
import io.invigil.hub.staffing.Assignments.Staffed;
import io.invigil.hub.staffing.Qualification.Need;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything that decides about assignments, read once. */
record Availability(Map<ProctorId, Set<Need>> certified, List<Busy> busy) {

    boolean isCertified(ProctorId who, Set<Need> needs) {
        return certified.getOrDefault(who, Set.of()).containsAll(needs);
    }

    /** Duties in the same room in the same slot do not count: they are being replaced. */
    boolean isFree(ProctorId who, RoomSession session, Duty duty) {
        return busy.stream()
                .filter(one -> one.assignment().proctor().equals(who))
                .filter(one -> !isHere(one.assignment(), session))
                .filter(
                        one ->
                                one.from().isBefore(session.slot().time().to())
                                        && session.slot().time().from().isBefore(one.to()))
                .allMatch(
                        one ->
                                duty == Duty.PATROL
                                        && one.assignment().duty() == Duty.PATROL
                                        && one.assignment().slot().equals(session.slot().id())
                                        && one.site() == session.site().id().value());
    }

    private static boolean isHere(Assignment one, RoomSession session) {
        return one.slot().equals(session.slot().id()) && one.room().equals(session.room().id());
    }

    /** As if one person were certified for what a room needs. */
    Availability waived(ProctorId who, Set<Need> needs) {
        Map<ProctorId, Set<Need>> more = new HashMap<>(certified);
        more.put(who, needs);
        return new Availability(more, busy);
    }

    long load(ProctorId who) {
        return busy.stream().filter(one -> one.assignment().proctor().equals(who)).count();
    }

    /** Why somebody of the pool cannot take a duty beside those seen so far. */
    Optional<StaffingRefusal> refusal(
            Map<ProctorId, Proctor> pool,
            Set<ProctorId> seen,
            Staffed room,
            Duty duty,
            ProctorId who) {
        if (!seen.add(who)) {
            return Optional.of(StaffingRefusal.ASSIGN_TWICE);
        }
        if (!pool.containsKey(who)) {
            return Optional.of(StaffingRefusal.ASSIGN_UNKNOWN);
        }
        if (!isCertified(who, room.needs())) {
            return Optional.of(StaffingRefusal.ASSIGN_NOT_CERTIFIED);
        }
        return isFree(who, room.session(), duty)
                ? Optional.empty()
                : Optional.of(StaffingRefusal.ASSIGN_OVERLAP);
    }
}
