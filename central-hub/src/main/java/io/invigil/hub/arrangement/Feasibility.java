package io.invigil.hub.arrangement;

import io.invigil.hub.arrangement.Bottleneck.Kind;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.plan.Window;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.SiteId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for what makes a problem impossible and names it for people: what is missing first, then
 * overlapping slots, then seats (by maximum flow: the sittings on the source's side of the minimum
 * cut are those for which the seats are too few). Rooms that are fit for the same things are one
 * node of the flow, and slots that share an instant share its seats, so that the network grows with
 * schools, subjects and sites and not with sittings.
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
            found = seats(false);
        }
        if (found.isEmpty()) {
            found = seats(true);
        }
        return found;
    }

    private List<Bottleneck> missing() {
        List<Bottleneck> found = new ArrayList<>();
        Set<Object> reported = new HashSet<>();
        for (int at = 0; at < units.demands.size(); at++) {
            Units.Demand demand = units.demands.get(at);
            Subject subject = units.problem.subjects().get(demand.subject());
            List<Slot> slots =
                    units.slots.stream()
                            .filter(slot -> slot.subjects().contains(subject.id()))
                            .toList();
            if (slots.stream()
                    .anyMatch(slot -> Units.isLongEnough(subject, demand.extraMinutes(), slot))) {
                roomMissing(at, subject, reported, found);
            } else if (slots.stream().anyMatch(slot -> Units.isLongEnough(subject, 0, slot))) {
                found.add(concerning(Kind.EXTRA_TIME_TOO_LONG, at));
            } else if (reported.add(subject.id())) {
                found.add(
                        concerning(
                                slots.isEmpty() ? Kind.SUBJECT_WITHOUT_SLOT : Kind.SLOTS_TOO_SHORT,
                                at));
            }
        }
        return found;
    }

    private void roomMissing(
            int at, Subject subject, Set<Object> reported, List<Bottleneck> found) {
        Units.Demand demand = units.demands.get(at);
        Set<SiteId> sites = units.problem.sitesOf().getOrDefault(demand.school(), Set.of());
        Set<RoomId> lent = units.problem.lent().getOrDefault(demand.school(), Set.of());
        List<Room> rooms =
                units.rooms.stream()
                        .filter(room -> sites.contains(room.site()) || lent.contains(room.id()))
                        .toList();
        if (rooms.isEmpty()) {
            if (reported.add(demand.school())) {
                found.add(
                        new Bottleneck(
                                Kind.SCHOOL_WITHOUT_ROOM,
                                List.of(),
                                List.of(demand.school()),
                                units.demandSize[at],
                                0));
            }
            return;
        }
        List<Room> fit =
                rooms.stream().filter(room -> room.types().contains(subject.mode())).toList();
        if (fit.isEmpty()) {
            found.add(concerning(Kind.NO_ROOM_OF_TYPE, at));
            return;
        }
        List<Room> hosting =
                fit.stream().filter(room -> room.levels().contains(subject.level())).toList();
        if (hosting.isEmpty()) {
            found.add(concerning(Kind.CERTIFICATE_NOT_HOSTED, at));
        } else if (demand.accessible()
                && hosting.stream().noneMatch(room -> room.usableAccessible() > 0)) {
            found.add(concerning(Kind.ACCESSIBLE_SEATS_SHORT, at));
        }
    }

    private Bottleneck concerning(Kind kind, int at) {
        Units.Demand demand = units.demands.get(at);
        return new Bottleneck(
                kind, List.of(demand.subject()), List.of(demand.school()), units.demandSize[at], 0);
    }

    private record Load(List<Integer> demands, Set<Integer> fixedSlots) {}

    /** Candidates with the same demands and fixed slots are judged once. */
    private List<Bottleneck> overlapping() {
        Map<Load, Long> loads = new LinkedHashMap<>();
        LongIndex pairs = new LongIndex(1024);
        List<Long> pairOf = new ArrayList<>();
        long[] pairSizes = new long[1024];
        for (int candidate = 0; candidate < units.candidates; candidate++) {
            int from = units.ownFrom[candidate];
            int to = units.ownFrom[candidate + 1];
            int[] fixed = units.fixedSlots[candidate];
            if (to - from == 1 && fixed == null) {
                continue;
            }
            if (to - from == 2 && fixed == null) {
                // most candidates: counted without an object for each
                long pair =
                        (long) units.demandOf[units.own[from]] << 32
                                | units.demandOf[units.own[from + 1]];
                int at = pairs.of(pair);
                if (at == pairOf.size()) {
                    pairOf.add(pair);
                    if (at == pairSizes.length) {
                        pairSizes = Arrays.copyOf(pairSizes, at * 2);
                    }
                }
                pairSizes[at]++;
                continue;
            }
            List<Integer> demands = new ArrayList<>(to - from);
            for (int at = from; at < to; at++) {
                demands.add(units.demandOf[units.own[at]]);
            }
            Set<Integer> busy = new HashSet<>();
            for (int at = 0; fixed != null && at < fixed.length; at++) {
                busy.add(fixed[at]);
            }
            loads.merge(new Load(demands, busy), 1L, Long::sum);
        }
        for (int at = 0; at < pairOf.size(); at++) {
            long pair = pairOf.get(at);
            List<Integer> demands = List.of((int) (pair >>> 32), (int) pair);
            loads.merge(new Load(demands, Set.of()), pairSizes[at], Long::sum);
        }
        List<Bottleneck> found = new ArrayList<>();
        loads.forEach(
                (load, candidates) -> {
                    int[] steps = {0};
                    if (!spreads(load, 0, new ArrayList<>(load.fixedSlots()), steps)
                            && steps[0] <= ArrangementTry.STEPS_MAX) {
                        found.add(
                                new Bottleneck(
                                        Kind.CANDIDATE_SLOTS_OVERLAP,
                                        load.demands().stream()
                                                .map(at -> units.demands.get(at).subject())
                                                .toList(),
                                        List.of(units.demands.get(load.demands().get(0)).school()),
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
        for (int unit : units.options[load.demands().get(at)]) {
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

    /** Rooms with equal options. */
    private record RoomClass(SiteId site, Object types, Object levels, Object borrowers) {}

    private Map<RoomId, Set<OrganisationId>> borrowers() {
        Map<RoomId, Set<OrganisationId>> found = new HashMap<>();
        units.problem
                .lent()
                .forEach(
                        (school, rooms) ->
                                rooms.forEach(
                                        room ->
                                                found.computeIfAbsent(room, key -> new HashSet<>())
                                                        .add(school)));
        return found;
    }

    /** Each slot's group; slots of one group all share an instant. */
    private int[] slotGroups() {
        List<Integer> byStart = new ArrayList<>();
        for (int slot = 0; slot < units.slots.size(); slot++) {
            byStart.add(slot);
        }
        byStart.sort(Comparator.comparing(slot -> units.slots.get(slot).time().from()));
        int[] group = new int[units.slots.size()];
        int current = -1;
        Instant earliestEnd = Instant.MIN;
        for (int slot : byStart) {
            Window time = units.slots.get(slot).time();
            if (current < 0 || !time.from().isBefore(earliestEnd)) {
                current++;
                earliestEnd = time.to();
            } else if (time.to().isBefore(earliestEnd)) {
                earliestEnd = time.to();
            }
            group[slot] = current;
        }
        return group;
    }

    /**
     * @param onlyAccessible whether wheelchair seats alone are compared with those who need them
     */
    private List<Bottleneck> seats(boolean onlyAccessible) {
        Map<RoomId, Set<OrganisationId>> borrowers = borrowers();
        int[] classOf = new int[units.rooms.size()];
        Map<RoomClass, Integer> classes = new HashMap<>();
        for (int room = 0; room < classOf.length; room++) {
            Room one = units.rooms.get(room);
            RoomClass same =
                    new RoomClass(
                            one.site(),
                            one.types(),
                            one.levels(),
                            borrowers.getOrDefault(one.id(), Set.of()));
            classOf[room] = classes.computeIfAbsent(same, key -> classes.size());
        }
        int[] groups = slotGroups();
        int groupCount =
                groups.length == 0 ? 0 : java.util.Arrays.stream(groups).max().orElse(0) + 1;
        int nodes = groupCount * classes.size();
        long[] free = new long[nodes];
        for (int group = 0; group < groupCount; group++) {
            for (int room = 0; room < classOf.length; room++) {
                free[group * classes.size() + classOf[room]] +=
                        onlyAccessible ? units.accessible[room] : units.usable[room];
            }
        }
        for (Placement placement : units.problem.fixed()) {
            if (!onlyAccessible || placement.sitting().accessible()) {
                int unit = units.unit(placement);
                free[groups[units.slotOf(unit)] * classes.size() + classOf[units.roomOf(unit)]]--;
            }
        }
        int firstNode = 1 + units.demands.size();
        int sink = firstNode + nodes;
        FlowNetwork network = new FlowNetwork(sink + 1);
        long total = 0;
        for (int at = 0; at < units.demands.size(); at++) {
            if (onlyAccessible && !units.demands.get(at).accessible()) {
                continue;
            }
            total += units.demandSize[at];
            network.edge(0, 1 + at, units.demandSize[at]);
            Set<Integer> reached = new LinkedHashSet<>();
            for (int unit : units.options[at]) {
                reached.add(
                        groups[units.slotOf(unit)] * classes.size() + classOf[units.roomOf(unit)]);
            }
            for (int node : reached) {
                network.edge(1 + at, firstNode + node, units.demandSize[at]);
            }
        }
        for (int node = 0; node < nodes; node++) {
            network.edge(firstNode + node, sink, Math.clamp(free[node], 0, 1_000_000_000));
        }
        if (network.maximum(0, sink) == total) {
            return List.of();
        }
        return List.of(
                shortage(
                        network.reachable(0),
                        firstNode,
                        free,
                        onlyAccessible ? Kind.ACCESSIBLE_SEATS_SHORT : Kind.SEATS_SHORT));
    }

    private Bottleneck shortage(boolean[] reachable, int firstNode, long[] free, Kind kind) {
        Set<SubjectId> subjects = new LinkedHashSet<>();
        Set<OrganisationId> schools = new LinkedHashSet<>();
        long needed = 0;
        for (int at = 0; at < units.demands.size(); at++) {
            if (reachable[1 + at]) {
                subjects.add(units.demands.get(at).subject());
                schools.add(units.demands.get(at).school());
                needed += units.demandSize[at];
            }
        }
        long available = 0;
        for (int node = 0; node < free.length; node++) {
            if (reachable[firstNode + node]) {
                available += Math.max(0, free[node]);
            }
        }
        return new Bottleneck(kind, List.copyOf(subjects), List.copyOf(schools), needed, available);
    }
}
