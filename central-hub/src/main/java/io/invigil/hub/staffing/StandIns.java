package io.invigil.hub.staffing;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.staffing.Assignment.Duty;
import io.invigil.hub.staffing.Assignments.Staffed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Stand-in proctors, written down after the fact (issue 3, part 6). Thread-safe. */
public final class StandIns {
    private final Proctors proctors;
    private final Assignments assignments;

    public StandIns(Proctors proctors, Assignments assignments) {
        this.proctors = proctors;
        this.assignments = assignments;
    }

    /** Rooms of the plan with who is assigned. */
    public List<Staffed> rooms(Tx tx, StaffScope scope, Plan plan) {
        return assignments.rooms(tx, scope, plan);
    }

    /** The teacher with this number (教师编号), of whatever school. */
    public Optional<Proctor> find(Tx tx, StaffScope scope, String number) {
        return proctors.all(tx, scope.tenant()).stream()
                .filter(one -> one.number().equalsIgnoreCase(number.strip()))
                .findFirst();
    }

    /**
     * Writes down who stood in for a proctor in a room of a slot that has begun: it has happened,
     * so neither hours nor the school's right to assign are asked, certification and double duty
     * are.
     *
     * @param replaced who was assigned and did not come; empty for a place that was free
     * @param uncertified whether the body takes somebody who is not certified for all of the room
     */
    public StaffingDecision standIn(
            Tx tx,
            StaffScope scope,
            Plan plan,
            Staffed room,
            Proctor standIn,
            Optional<ProctorId> replaced,
            boolean uncertified) {
        if (!scope.mayRunPlansOf(plan.body())) {
            return StaffingDecision.refused(StaffingRefusal.PROCTOR_NOT_ALLOWED);
        }
        assignments.queue(tx, scope);
        List<Assignment> before = assignments.of(tx, plan, room.session());
        List<Assignment> after =
                new ArrayList<>(
                        before.stream()
                                .filter(
                                        one ->
                                                one.duty() != Duty.PROCTOR
                                                        || !replaced.filter(one.proctor()::equals)
                                                                .isPresent())
                                .toList());
        if (replaced.isPresent() && after.size() == before.size()) {
            return StaffingDecision.refused("replaces", StaffingRefusal.ASSIGN_UNKNOWN, "");
        }
        Set<ProctorId> here = after.stream().map(Assignment::proctor).collect(Collectors.toSet());
        Availability state = assignments.state(tx, scope, plan);
        Optional<StaffingRefusal> refusal =
                (uncertified ? state.waived(standIn.id(), room.needs()) : state)
                        .refusal(
                                Map.of(standIn.id(), standIn),
                                here,
                                room,
                                Duty.PROCTOR,
                                standIn.id());
        if (refusal.isPresent()) {
            return StaffingDecision.refused("person", refusal.get(), standIn.titled());
        }
        if (after.stream().filter(one -> one.duty() == Duty.PROCTOR).count()
                >= Duty.PROCTOR.most()) {
            return StaffingDecision.refused(
                    "replaces", StaffingRefusal.ASSIGN_TOO_MANY, "" + Duty.PROCTOR.most());
        }
        after.add(
                new Assignment(
                        room.session().slot().id(),
                        room.session().room().id(),
                        standIn.id(),
                        Duty.PROCTOR));
        assignments.write(tx, scope, plan, room.session(), after);
        return new StaffingDecision.Saved(standIn.id());
    }
}
