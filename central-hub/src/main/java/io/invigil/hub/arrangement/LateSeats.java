package io.invigil.hub.arrangement;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.registration.Payments;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import io.invigil.protocol.crypto.Entropy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Seats as a room gave them at its door: somebody who was not on its list, and people who sat in
 * another room (issue 3, part 6). Who may decide was asked before; windows and published packages
 * do not stand against it, because it has happened. A seat that the room does not have, that is
 * taken, or a room that does not fit is refused in the arrangement's own words. Thread-safe.
 */
public final class LateSeats {
    /** Conflicts are of people and places: who has no sitting yet has no number either. */
    private static final SittingId NO_NUMBER_YET = new SittingId(1);

    private final Issuing issuing;
    private final ArrangementInputs inputs = new ArrangementInputs(Payments.none());
    private final ArrangementStore store = new ArrangementStore();
    private final Plans plans = new Plans();
    private final Audit audit = new Audit();

    public LateSeats(Entropy entropy) {
        this.issuing = new Issuing(entropy);
    }

    /** Why somebody new cannot have had this seat; empty when it is free and fits. */
    public Optional<FieldIssue> conflict(
            Tx tx,
            Plan plan,
            Candidate candidate,
            Subject subject,
            Slot slot,
            Room room,
            int seat) {
        ArrangementProblem problem = problem(tx, plan, one -> false);
        var wanted =
                new WantedSitting(NO_NUMBER_YET, candidate.id(), candidate.school(), subject.id());
        return new SeatConflicts(problem)
                .of(List.of(new Placement(wanted, slot.id(), room.id(), seat))).stream()
                        .findFirst();
    }

    /** Gives the seat, with a PIN and, to who has none in this plan, an admission number. */
    public void seat(
            Tx tx,
            AuditActor who,
            Plan plan,
            Candidate candidate,
            Sitting sitting,
            Slot slot,
            Room room,
            int seat) {
        Map<CandidateId, String> known = store.admissions(tx, plan.tenant(), plan.id());
        store.admit(
                tx,
                plan.tenant(),
                plan.id(),
                issuing.numbered(plan, List.of(candidate.id()), known));
        var wanted =
                new WantedSitting(
                        sitting.id(), candidate.id(), candidate.school(), sitting.subject());
        store.seat(
                tx,
                plan.tenant(),
                plan.id(),
                List.of(
                        new ArrangementStore.Seated(
                                new Placement(wanted, slot.id(), room.id(), seat),
                                room.site(),
                                issuing.pin())));
        audit.changed(
                tx,
                who,
                "arrangement",
                plan.id(),
                Map.of("moved", List.of()),
                Map.of("moved", List.of(moved(sitting.id(), slot.id(), room.id(), seat))));
    }

    /** What became of a change of rooms. */
    public sealed interface Move {
        record Done(int moved) implements Move {}

        record Refused(FieldIssue issue) implements Move {}

        /** Nobody is arranged there. */
        record Nobody() implements Move {}
    }

    /** One candidate to a seat of another room; who is arranged there gets the seat left. */
    public Move move(
            Tx tx, AuditActor who, Plan plan, SittingId sitting, SlotId slot, Room to, int seat) {
        List<Sitting> all = held(tx, plan, slot);
        Optional<Seating> left =
                all.stream()
                        .filter(one -> one.id().equals(sitting))
                        .flatMap(one -> one.seating().stream())
                        .findFirst();
        if (left.isEmpty()) {
            return new Move.Nobody();
        }
        Map<SittingId, Target> moves = new HashMap<>();
        for (Sitting one : all) {
            Seating at = one.seating().orElseThrow();
            if (one.id().equals(sitting)) {
                moves.put(one.id(), new Target(to.id(), seat));
            } else if (at.room().equals(to.id()) && at.seat() == seat) {
                moves.put(one.id(), new Target(left.get().room(), left.get().seat()));
            }
        }
        return carry(tx, who, plan, slot, moves);
    }

    /** Everybody of two rooms in each other's, at the seats of the same number. */
    public Move exchange(Tx tx, AuditActor who, Plan plan, SlotId slot, Room one, Room other) {
        Map<SittingId, Target> moves = new HashMap<>();
        for (Sitting each : held(tx, plan, slot)) {
            Seating at = each.seating().orElseThrow();
            if (at.room().equals(one.id())) {
                moves.put(each.id(), new Target(other.id(), at.seat()));
            } else if (at.room().equals(other.id())) {
                moves.put(each.id(), new Target(one.id(), at.seat()));
            }
        }
        boolean same = one.id().equals(other.id());
        return moves.isEmpty() || same ? new Move.Nobody() : carry(tx, who, plan, slot, moves);
    }

    private record Target(RoomId room, int seat) {}

    /** The slot's arranged sittings; the plan is held from here on. */
    private List<Sitting> held(Tx tx, Plan plan, SlotId slot) {
        plans.lock(tx, plan.tenant(), plan.id());
        return inputs.sittings(tx, plan).stream()
                .filter(one -> one.seating().filter(at -> at.slot().equals(slot)).isPresent())
                .toList();
    }

    private Move carry(
            Tx tx, AuditActor who, Plan plan, SlotId slot, Map<SittingId, Target> moves) {
        ArrangementProblem problem = problem(tx, plan, one -> moves.containsKey(one.id()));
        Map<SittingId, Seating> seats = new HashMap<>();
        inputs.sittings(tx, plan).stream()
                .filter(one -> moves.containsKey(one.id()))
                .forEach(one -> seats.put(one.id(), one.seating().orElseThrow()));
        List<Placement> before = new ArrayList<>();
        List<Placement> after = new ArrayList<>();
        for (WantedSitting one : problem.wanted()) {
            Seating at = seats.get(one.sitting());
            Target target = moves.get(one.sitting());
            before.add(new Placement(one, slot, at.room(), at.seat()));
            after.add(new Placement(one, slot, target.room(), target.seat()));
        }
        // what stood against it before is not the move's doing
        SeatConflicts conflicts = new SeatConflicts(problem);
        List<FieldIssue> known = conflicts.of(before);
        Optional<FieldIssue> issue =
                conflicts.of(after).stream().filter(one -> !known.contains(one)).findFirst();
        if (issue.isPresent()) {
            return new Move.Refused(issue.get());
        }
        Map<RoomId, Room> rooms = new HashMap<>();
        problem.rooms().forEach(room -> rooms.put(room.id(), room));
        store.reseat(tx, plan.tenant(), after, room -> rooms.get(room).site());
        audit.changed(
                tx,
                who,
                "arrangement",
                plan.id(),
                Map.of("moved", before.stream().limit(50).map(LateSeats::moved).toList()),
                Map.of("moved", after.stream().limit(50).map(LateSeats::moved).toList()));
        return new Move.Done(after.size());
    }

    /** Slots that have begun keep their subjects here. */
    private ArrangementProblem problem(Tx tx, Plan plan, Predicate<Sitting> wanted) {
        return inputs.problem(
                tx,
                plan,
                inputs.sittings(tx, plan),
                wanted,
                Arrangements.SiteChoice.ALL_SITES,
                Instant.EPOCH);
    }

    private static String moved(Placement one) {
        return moved(one.sitting().sitting(), one.slot(), one.room(), one.seat());
    }

    private static String moved(SittingId sitting, SlotId slot, RoomId room, int seat) {
        return sitting + " → " + slot + "/" + room + "/" + seat;
    }
}
