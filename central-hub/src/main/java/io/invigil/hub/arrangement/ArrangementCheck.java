package io.invigil.hub.arrangement;

import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.site.Room;
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

    /** One sentence per broken rule; empty when the arrangement keeps them all. */
    public List<String> violations(ArrangementProblem problem, List<Placement> placements) {
        List<String> found = new ArrayList<>();
        Set<WantedSitting> open = new HashSet<>(problem.wanted());
        for (Placement placement : placements) {
            if (!open.remove(placement.sitting())) {
                found.add(name(placement) + " is not wanted or placed twice");
            }
            alone(problem, placement).ifPresent(found::add);
        }
        open.forEach(sitting -> found.add("sitting " + sitting.sitting() + " is not placed"));
        List<Placement> all = new ArrayList<>(problem.fixed());
        all.addAll(placements);
        inTime(problem, all, found);
        return found.size() > VIOLATIONS_NAMED_MAX ? found.subList(0, VIOLATIONS_NAMED_MAX) : found;
    }

    private static Optional<String> alone(ArrangementProblem problem, Placement placement) {
        Slot slot = slot(problem, placement);
        Room room =
                problem.rooms().stream()
                        .filter(one -> one.id().equals(placement.room()))
                        .findAny()
                        .orElse(null);
        if (slot == null || room == null) {
            return Optional.of(name(placement) + " has no slot or room of the plan");
        }
        Subject subject = problem.subjects().get(placement.sitting().subject());
        Set<SiteId> sites = problem.sitesOf().getOrDefault(placement.sitting().school(), Set.of());
        String fault = null;
        if (!slot.subjects().contains(subject.id())) {
            fault = "is in a slot of other subjects";
        } else if (slot.time()
                .from()
                .plus(Duration.ofMinutes(subject.minutes()))
                .isAfter(slot.time().to())) {
            fault = "is in a slot shorter than the subject";
        } else if (!room.types().contains(subject.mode())) {
            fault = "is in a room of another type";
        } else if (!room.levels().contains(subject.level())) {
            fault = "is in a room that does not host the certificate";
        } else if (!sites.contains(room.site())) {
            fault = "is at a site its school may not use";
        } else if (placement.seat() < 1 || placement.seat() > room.seats()) {
            fault = "has a seat that the room does not have";
        }
        return Optional.ofNullable(fault).map(text -> name(placement) + " " + text);
    }

    private static Slot slot(ArrangementProblem problem, Placement placement) {
        return problem.slots().stream()
                .filter(one -> one.id().equals(placement.slot()))
                .findAny()
                .orElse(null);
    }

    private record Seat(Object room, int number) {}

    /** Sorted by start, two that overlap are found by comparing with the latest end so far. */
    private static void inTime(
            ArrangementProblem problem, List<Placement> all, List<String> found) {
        Map<Object, Slot> slots = new HashMap<>();
        problem.slots().forEach(slot -> slots.put(slot.id(), slot));
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
            Map<Object, Slot> slots, Map<Object, Placement> last, Object key, Placement one) {
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

    private static String name(Placement placement) {
        return "sitting " + placement.sitting().sitting();
    }
}
