package io.invigil.hub.arrangement;

import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.SiteId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Explains to a person why a seat cannot be given (domain, section 7). Used by one thread. */
final class SeatConflicts {
    private final ArrangementProblem problem;
    private final Map<SlotId, Slot> slots = new HashMap<>();
    private final Map<RoomId, Room> rooms = new HashMap<>();

    SeatConflicts(ArrangementProblem problem) {
        this.problem = problem;
        problem.slots().forEach(slot -> slots.put(slot.id(), slot));
        problem.rooms().forEach(room -> rooms.put(room.id(), room));
    }

    /** Every reason against these placements beside all that is fixed; empty when they fit. */
    List<FieldIssue> of(List<Placement> wanted) {
        List<FieldIssue> issues = new ArrayList<>();
        for (Placement one : wanted) {
            Slot slot = slots.get(one.slot());
            Room room = rooms.get(one.room());
            if (slot == null || room == null) {
                issues.add(FieldIssue.of("room", ArrangementRefusal.ARR_PLACE_UNKNOWN));
                continue;
            }
            alone(one, slot, room, issues);
            List<Placement> others = new ArrayList<>(problem.fixed());
            wanted.stream().filter(other -> other != one).forEach(others::add);
            beside(one, slot, others, issues);
        }
        return issues;
    }

    private void alone(Placement one, Slot slot, Room room, List<FieldIssue> issues) {
        WantedSitting sitting = one.sitting();
        Subject subject = problem.subjects().get(sitting.subject());
        Set<SiteId> sites = problem.sitesOf().getOrDefault(sitting.school(), Set.of());
        long minutes = Duration.between(slot.time().from(), slot.time().to()).toMinutes();
        if (!slot.subjects().contains(subject.id())) {
            add(issues, "slot", ArrangementRefusal.ARR_SLOT_SUBJECT, subject.name());
        } else if (minutes < (long) subject.minutes() + sitting.extraMinutes()) {
            add(
                    issues,
                    "slot",
                    ArrangementRefusal.ARR_SLOT_SHORT,
                    Integer.toString(subject.minutes() + sitting.extraMinutes()));
        }
        if (!room.types().contains(subject.mode())) {
            add(issues, "room", ArrangementRefusal.ARR_ROOM_TYPE, subject.mode().chinese());
        }
        if (!room.levels().contains(subject.level())) {
            add(issues, "room", ArrangementRefusal.ARR_ROOM_LEVEL, room.name());
        }
        Set<RoomId> lent = problem.lent().getOrDefault(sitting.school(), Set.of());
        if (!sites.contains(room.site()) && !lent.contains(room.id())) {
            add(issues, "room", ArrangementRefusal.ARR_SITE_UNUSABLE, room.name());
        }
        if (one.seat() < 1 || one.seat() > room.seats()) {
            add(
                    issues,
                    "seat",
                    ArrangementRefusal.ARR_SEAT_UNKNOWN,
                    Integer.toString(room.seats()));
        } else if (room.broken().contains(one.seat())) {
            add(issues, "seat", ArrangementRefusal.ARR_SEAT_BROKEN, "" + one.seat());
        } else if (sitting.accessible() && !room.accessible().contains(one.seat())) {
            add(issues, "seat", ArrangementRefusal.ARR_SEAT_NOT_ACCESSIBLE, "" + one.seat());
        }
    }

    private void beside(Placement one, Slot slot, List<Placement> others, List<FieldIssue> issues) {
        for (Placement other : others) {
            Slot time = slots.get(other.slot());
            if (time == null || !time.time().overlaps(slot.time())) {
                continue;
            }
            Subject theirs = problem.subjects().get(other.sitting().subject());
            if (other.sitting().candidate().equals(one.sitting().candidate())) {
                add(issues, "slot", ArrangementRefusal.ARR_CANDIDATE_BUSY, theirs.name());
            } else if (other.room().equals(one.room())) {
                if (other.seat() == one.seat()) {
                    add(issues, "seat", ArrangementRefusal.ARR_SEAT_TAKEN, "" + one.seat());
                }
                if (!problem.mixedSubjects()
                        && !other.sitting().subject().equals(one.sitting().subject())) {
                    add(issues, "room", ArrangementRefusal.ARR_ROOM_NOT_MIXED, theirs.name());
                }
            }
        }
    }

    private static void add(
            List<FieldIssue> issues, String field, ArrangementRefusal code, String detail) {
        FieldIssue issue = FieldIssue.of(field, code, detail);
        if (!issues.contains(issue)) {
            issues.add(issue);
        }
    }
}
