package io.invigil.hub.arrangement;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.SiteId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Judges an arrangement against the rules of domain section 7. Shares nothing with {@link Arranger}
 * but the problem's records: it looks at each placement alone and at neighbours in time, and runs
 * before any arrangement is stored. Stateless and thread-safe.
 */
public final class ArrangementCheck {
    public static final int VIOLATIONS_NAMED_MAX = 100;

    private record Places(Map<SlotId, Slot> slots, Map<RoomId, Room> rooms) {
        static Places of(ArrangementProblem problem) {
            Places places = new Places(new HashMap<>(), new HashMap<>());
            problem.slots().forEach(slot -> places.slots().put(slot.id(), slot));
            problem.rooms().forEach(room -> places.rooms().put(room.id(), room));
            return places;
        }
    }

    /** One sentence per broken rule; empty when the arrangement keeps them all. */
    public List<String> violations(ArrangementProblem problem, List<Placement> placements) {
        List<String> found = new ArrayList<>();
        Places places = Places.of(problem);
        Set<WantedSitting> open = new HashSet<>(problem.wanted());
        for (Placement placement : placements) {
            if (!open.remove(placement.sitting())) {
                found.add(name(placement) + " is not wanted or placed twice");
            }
            alone(problem, places, placement).ifPresent(found::add);
        }
        open.forEach(sitting -> found.add("sitting " + sitting.sitting() + " is not placed"));
        List<Placement> all = new ArrayList<>(problem.fixed());
        all.addAll(placements);
        inTime(places, all, found);
        if (!problem.mixedSubjects()) {
            sharedRooms(places, all, found);
        }
        return found.size() > VIOLATIONS_NAMED_MAX ? found.subList(0, VIOLATIONS_NAMED_MAX) : found;
    }

    private static Optional<String> alone(
            ArrangementProblem problem, Places places, Placement placement) {
        Slot slot = places.slots().get(placement.slot());
        Room room = places.rooms().get(placement.room());
        if (slot == null || room == null) {
            return Optional.of(name(placement) + " has no slot or room of the plan");
        }
        WantedSitting sitting = placement.sitting();
        Subject subject = problem.subjects().get(sitting.subject());
        Set<SiteId> sites = problem.sitesOf().getOrDefault(sitting.school(), Set.of());
        Set<RoomId> lent = problem.lent().getOrDefault(sitting.school(), Set.of());
        String fault = null;
        if (!slot.subjects().contains(subject.id())) {
            fault = "is in a slot of other subjects";
        } else if (slot.time()
                .from()
                .plus(Duration.ofMinutes((long) subject.minutes() + sitting.extraMinutes()))
                .isAfter(slot.time().to())) {
            fault = "is in a slot shorter than the subject and the extra time";
        } else if (!room.types().contains(subject.mode())) {
            fault = "is in a room of another type";
        } else if (!room.levels().contains(subject.level())) {
            fault = "is in a room that does not host the certificate";
        } else if (!sites.contains(room.site()) && !lent.contains(room.id())) {
            fault = "is at a site its school may not use";
        } else if (placement.seat() < 1 || placement.seat() > room.seats()) {
            fault = "has a seat that the room does not have";
        } else if (room.broken().contains(placement.seat())) {
            fault = "has a broken seat";
        } else if (sitting.accessible() && !room.accessible().contains(placement.seat())) {
            fault = "needs a wheelchair seat";
        }
        return Optional.ofNullable(fault).map(text -> name(placement) + " " + text);
    }

    private record Seat(RoomId room, int number) {}

    /** Sorted by start, two that overlap are found by comparing with the latest end so far. */
    private static void inTime(Places places, List<Placement> all, List<String> found) {
        Map<SlotId, Slot> slots = places.slots();
        List<Placement> byStart =
                all.stream()
                        .filter(one -> Objects.nonNull(slots.get(one.slot())))
                        .sorted(Comparator.comparing(one -> slots.get(one.slot()).time().from()))
                        .toList();
        Map<Object, Placement> lastOfPerson = new HashMap<>();
        Map<Object, Placement> lastOnSeat = new HashMap<>();
        for (Placement one : byStart) {
            clash(slots, lastOfPerson, one.sitting().candidate(), one)
                    .ifPresent(
                            other ->
                                    found.add(
                                            name(one)
                                                    + " overlaps the same candidate's "
                                                    + name(other)));
            clash(slots, lastOnSeat, new Seat(one.room(), one.seat()), one)
                    .ifPresent(other -> found.add(name(one) + " has the seat of " + name(other)));
        }
    }

    private static Optional<Placement> clash(
            Map<SlotId, Slot> slots, Map<Object, Placement> last, Object key, Placement one) {
        Placement before = last.get(key);
        if (before == null) {
            last.put(key, one);
            return Optional.empty();
        }
        Slot earlier = slots.get(before.slot());
        Slot later = slots.get(one.slot());
        if (earlier.time().to().isBefore(later.time().to())) {
            last.put(key, one);
        }
        return later.time().from().isBefore(earlier.time().to())
                ? Optional.of(before)
                : Optional.empty();
    }

    private record Use(Slot slot, Object subject) {}

    /** Where subjects may not share a room, two at overlapping times are of one subject. */
    private static void sharedRooms(Places places, List<Placement> all, List<String> found) {
        Map<RoomId, Set<Use>> uses = new HashMap<>();
        for (Placement one : all) {
            Slot slot = places.slots().get(one.slot());
            if (slot == null) {
                continue;
            }
            Set<Use> own = uses.computeIfAbsent(one.room(), key -> new HashSet<>());
            Use use = new Use(slot, one.sitting().subject());
            if (own.add(use)
                    && own.stream()
                            .anyMatch(
                                    other ->
                                            !other.subject().equals(use.subject())
                                                    && other.slot().time().overlaps(slot.time()))) {
                found.add(name(one) + " shares its room with another subject");
            }
        }
    }

    private record Chair(SlotId slot, RoomId room, int row, int column) {}

    /**
     * How often two candidates of one school sit beside or behind each other at the same time.
     *
     * @param placements of whole rooms
     */
    public int sameSchoolNeighbours(ArrangementProblem problem, List<Placement> placements) {
        Places places = Places.of(problem);
        Map<Chair, OrganisationId> chairs = new HashMap<>();
        List<Placement> all = new ArrayList<>(problem.fixed());
        all.addAll(placements);
        for (Placement one : all) {
            chairs.put(chair(places, one), one.sitting().school());
        }
        int found = 0;
        for (Map.Entry<Chair, OrganisationId> one : chairs.entrySet()) {
            Chair chair = one.getKey();
            Chair beside = new Chair(chair.slot(), chair.room(), chair.row(), chair.column() + 1);
            Chair behind = new Chair(chair.slot(), chair.room(), chair.row() + 1, chair.column());
            found += one.getValue().equals(chairs.get(beside)) ? 1 : 0;
            found += one.getValue().equals(chairs.get(behind)) ? 1 : 0;
        }
        return found;
    }

    private static Chair chair(Places places, Placement one) {
        int columns = places.rooms().get(one.room()).columns();
        return new Chair(
                one.slot(), one.room(), (one.seat() - 1) / columns, (one.seat() - 1) % columns);
    }

    private static String name(Placement placement) {
        return "sitting " + placement.sitting().sitting();
    }
}
