package io.invigil.hub.arrangement;

import io.invigil.hub.arrangement.Bottleneck.Kind;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.SiteId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for what makes a problem impossible and names it for people: what is missing first, then
 * overlapping slots, then seats (by maximum flow: the sittings on the source's side of the minimum
 * cut are those for which the seats are too few).
 */
final class Feasibility {
    private final Units units;

    Feasibility(Units units) {
        this.units = units;
    }

    List<Bottleneck> bottlenecks() {
        List<Bottleneck> found = missing();
        if (found.isEmpty()) {
            found = overlapping();
        }
        if (found.isEmpty()) {
            found = seats();
        }
        return found;
    }

    private List<Bottleneck> missing() {
        List<Bottleneck> found = new ArrayList<>();
        Set<SubjectId> reported = new HashSet<>();
        Set<OrganisationId> roomless = new HashSet<>();
        units.demands.forEach(
                (demand, sittings) -> {
                    Subject subject = units.problem.subjects().get(demand.subject());
                    List<Slot> slots =
                            units.slots.stream()
                                    .filter(slot -> slot.subjects().contains(subject.id()))
                                    .toList();
                    if (slots.stream().noneMatch(slot -> Units.isLongEnough(subject, slot))) {
                        if (reported.add(subject.id())) {
                            Kind kind =
                                    slots.isEmpty()
                                            ? Kind.SUBJECT_WITHOUT_SLOT
                                            : Kind.SLOTS_TOO_SHORT;
                            found.add(concerning(kind, demand, sittings.size()));
                        }
                        return;
                    }
                    roomMissing(demand, subject, sittings.size(), roomless, found);
                });
        return found;
    }

    private void roomMissing(
            Units.Demand demand,
            Subject subject,
            int needed,
            Set<OrganisationId> roomless,
            List<Bottleneck> found) {
        Set<SiteId> sites = units.problem.sitesOf().getOrDefault(demand.school(), Set.of());
        List<Room> rooms =
                units.rooms.stream().filter(room -> sites.contains(room.site())).toList();
        if (rooms.isEmpty()) {
            if (roomless.add(demand.school())) {
                found.add(
                        new Bottleneck(
                                Kind.SCHOOL_WITHOUT_ROOM,
                                List.of(),
                                List.of(demand.school()),
                                needed,
                                0));
            }
            return;
        }
        List<Room> fit =
                rooms.stream().filter(room -> room.types().contains(subject.mode())).toList();
        if (fit.isEmpty()) {
            found.add(concerning(Kind.NO_ROOM_OF_TYPE, demand, needed));
        } else if (fit.stream().noneMatch(room -> room.levels().contains(subject.level()))) {
            found.add(concerning(Kind.CERTIFICATE_NOT_HOSTED, demand, needed));
        }
    }

    private static Bottleneck concerning(Kind kind, Units.Demand demand, long needed) {
        return new Bottleneck(kind, List.of(demand.subject()), List.of(demand.school()), needed, 0);
    }

    private record Load(List<Units.Demand> demands, Set<Integer> fixedSlots) {}

    /** Candidates with the same subjects and fixed slots are judged once. */
    private List<Bottleneck> overlapping() {
        Map<CandidateId, Set<Integer>> fixed = new HashMap<>();
        for (Placement placement : units.problem.fixed()) {
            fixed.computeIfAbsent(placement.sitting().candidate(), key -> new HashSet<>())
                    .add(units.slotOf(units.unit(placement)));
        }
        Map<Load, Long> loads = new LinkedHashMap<>();
        units.byCandidate.forEach(
                (candidate, own) ->
                        loads.merge(
                                new Load(
                                        own.stream().map(Units::demand).toList(),
                                        fixed.getOrDefault(candidate, Set.of())),
                                1L,
                                Long::sum));
        List<Bottleneck> found = new ArrayList<>();
        loads.forEach(
                (load, candidates) -> {
                    int[] steps = {0};
                    if (!spreads(load, 0, new ArrayList<>(load.fixedSlots()), steps)
                            && steps[0] <= ArrangementTry.STEPS_MAX) {
                        found.add(
                                new Bottleneck(
                                        Kind.CANDIDATE_SLOTS_OVERLAP,
                                        load.demands().stream().map(Units.Demand::subject).toList(),
                                        List.of(load.demands().get(0).school()),
                                        candidates,
                                        0));
                    }
                });
        return found;
    }

    private boolean spreads(Load load, int at, List<Integer> busy, int[] steps) {
        if (at == load.demands().size()) {
            return true;
        }
        Set<Integer> tried = new HashSet<>();
        for (int unit : units.options.get(load.demands().get(at))) {
            int slot = units.slotOf(unit);
            if (!tried.add(slot) || busy.stream().anyMatch(own -> units.overlap[own][slot])) {
                continue;
            }
            if (++steps[0] > ArrangementTry.STEPS_MAX) {
                return false;
            }
            busy.add(slot);
            if (spreads(load, at + 1, busy, steps)) {
                return true;
            }
            busy.remove(busy.size() - 1);
        }
        return false;
    }

    private List<Bottleneck> seats() {
        List<Units.Demand> demands = List.copyOf(units.demands.keySet());
        int source = 0;
        int firstUnit = 1 + demands.size();
        int sink = firstUnit + units.count();
        FlowNetwork network = new FlowNetwork(sink + 1);
        long total = 0;
        for (int at = 0; at < demands.size(); at++) {
            int needed = units.demands.get(demands.get(at)).size();
            total += needed;
            network.edge(source, 1 + at, needed);
            for (int unit : units.options.get(demands.get(at))) {
                network.edge(1 + at, firstUnit + unit, needed);
            }
        }
        int[] free = freeSeats();
        for (int unit = 0; unit < free.length; unit++) {
            network.edge(firstUnit + unit, sink, free[unit]);
        }
        if (network.maximum(source, sink) == total) {
            return List.of();
        }
        return List.of(shortage(demands, network.reachable(source), firstUnit, free));
    }

    private Bottleneck shortage(
            List<Units.Demand> demands, boolean[] reachable, int firstUnit, int[] free) {
        List<Units.Demand> concerned = new ArrayList<>();
        long needed = 0;
        for (int at = 0; at < demands.size(); at++) {
            if (reachable[1 + at]) {
                concerned.add(demands.get(at));
                needed += units.demands.get(demands.get(at)).size();
            }
        }
        long available = 0;
        for (int unit = 0; unit < free.length; unit++) {
            if (reachable[firstUnit + unit]) {
                available += free[unit];
            }
        }
        return new Bottleneck(
                Kind.SEATS_SHORT,
                concerned.stream().map(Units.Demand::subject).distinct().toList(),
                concerned.stream().map(Units.Demand::school).distinct().toList(),
                needed,
                available);
    }

    private int[] freeSeats() {
        int[] free = new int[units.count()];
        for (int unit = 0; unit < free.length; unit++) {
            free[unit] = units.rooms.get(units.roomOf(unit)).seats();
        }
        for (Placement placement : units.problem.fixed()) {
            free[units.unit(placement)]--;
        }
        return free;
    }
}
