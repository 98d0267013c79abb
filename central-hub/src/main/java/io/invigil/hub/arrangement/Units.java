package io.invigil.hub.arrangement;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.plan.Window;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * The problem with everything looked up once, in arrays of numbers, so that time and memory grow
 * with the sittings alone. A <em>unit</em> is one room in one slot, numbered {@code room * slots +
 * slot} so that what is asked together lies together; a <em>demand</em> is a school's sittings of
 * one subject with the same needs, which all have the same options; wanted sittings and their
 * candidates are numbered from 0.
 */
final class Units {

    /**
     * @param extraMinutes granted beyond the subject's minutes
     * @param accessible whether a wheelchair seat is needed
     */
    record Demand(OrganisationId school, SubjectId subject, int extraMinutes, boolean accessible) {}

    final ArrangementProblem problem;
    final List<Slot> slots;
    final List<Room> rooms;
    final int wanted;

    /** Demands in the order in which they appear; their options, subjects and sizes. */
    final List<Demand> demands = new ArrayList<>();

    final int[][] options;
    final boolean[] needsAccess;
    final int[] subjectOfDemand;

    /** By room: demands that may be seated there. */
    final int[][] demandsOfRoom;

    final int[] demandSize;

    /** By wanted sitting. */
    final int[] demandOf;

    final int[] candidateOf;

    /**
     * Wanted sittings of candidate c: {@code own[ownFrom[c]]} to {@code own[ownFrom[c + 1] - 1]}.
     */
    final int[] own;

    final int[] ownFrom;
    final int candidates;

    /** Slots in which a candidate is seated already; null where there are none. */
    final int[][] fixedSlots;

    /** Seats of a room that are not broken, and those of them that suit a wheelchair. */
    final int[] usable;

    final int[] accessible;

    /** For each slot, the groups of slots that share an instant inside it. */
    final int[][][] togetherWith;

    final boolean[][] overlap;
    private final LongIndex candidateAt;
    private final Map<SlotId, Integer> slotAt = new HashMap<>();
    private final Map<RoomId, Integer> roomAt = new HashMap<>();
    private final Map<SubjectId, Integer> subjectAt = new HashMap<>();

    Units(ArrangementProblem problem) {
        this.problem = problem;
        this.slots = problem.slots();
        this.rooms = problem.rooms();
        this.wanted = problem.wanted().size();
        for (int at = 0; at < slots.size(); at++) {
            slotAt.put(slots.get(at).id(), at);
        }
        usable = new int[rooms.size()];
        accessible = new int[rooms.size()];
        for (int at = 0; at < rooms.size(); at++) {
            roomAt.put(rooms.get(at).id(), at);
            usable[at] = rooms.get(at).usableSeats();
            accessible[at] = rooms.get(at).usableAccessible();
        }
        problem.subjects().keySet().forEach(id -> subjectAt.put(id, subjectAt.size()));
        demandOf = new int[wanted];
        candidateOf = new int[wanted];
        candidateAt = LongIndex.of(wanted, candidateIds());
        int[] sizes = number();
        demandSize = java.util.Arrays.copyOf(sizes, demands.size());
        candidates = candidateAt.size();
        ownFrom = new int[candidates + 1];
        own = group();
        overlap = new boolean[slots.size()][slots.size()];
        for (int one = 0; one < slots.size(); one++) {
            for (int other = 0; other < slots.size(); other++) {
                overlap[one][other] = slots.get(one).time().overlaps(slots.get(other).time());
            }
        }
        togetherWith = new int[slots.size()][][];
        for (int at = 0; at < slots.size(); at++) {
            togetherWith[at] = together(at);
        }
        options = new int[demands.size()][];
        subjectOfDemand = new int[demands.size()];
        Map<SiteId, List<Integer>> roomsAt = new HashMap<>();
        for (int room = 0; room < rooms.size(); room++) {
            roomsAt.computeIfAbsent(rooms.get(room).site(), key -> new ArrayList<>()).add(room);
        }
        for (int at = 0; at < options.length; at++) {
            subjectOfDemand[at] = subjectAt.get(demands.get(at).subject());
            options[at] = optionsOf(demands.get(at), roomsAt);
        }
        needsAccess = new boolean[options.length];
        for (int at = 0; at < options.length; at++) {
            needsAccess[at] = demands.get(at).accessible();
        }
        demandsOfRoom = demandsOfRoom();
        fixedSlots = fixedSlots();
    }

    /** Numbers candidates and demands; returns how many sittings each demand has. */
    private int[] number() {
        Map<Demand, Integer> demandAt = new HashMap<>();
        int[] sizes = new int[16];
        Demand last = null;
        int lastAt = -1;
        for (int at = 0; at < wanted; at++) {
            WantedSitting sitting = problem.wanted().get(at);
            candidateOf[at] = candidateAt.of(sitting.candidate().value());
            Demand demand = demand(sitting);
            if (!demand.equals(last)) {
                Integer known = demandAt.putIfAbsent(demand, demands.size());
                if (known == null) {
                    demands.add(demand);
                }
                last = demand;
                lastAt = known == null ? demands.size() - 1 : known;
            }
            demandOf[at] = lastAt;
            if (lastAt >= sizes.length) {
                sizes = java.util.Arrays.copyOf(sizes, sizes.length * 2);
            }
            sizes[lastAt]++;
        }
        return sizes;
    }

    private LongStream candidateIds() {
        return problem.wanted().stream().mapToLong(one -> one.candidate().value());
    }

    private int[] group() {
        for (int candidate : candidateOf) {
            ownFrom[candidate + 1]++;
        }
        for (int at = 0; at < candidates; at++) {
            ownFrom[at + 1] += ownFrom[at];
        }
        int[] next = java.util.Arrays.copyOf(ownFrom, candidates);
        int[] grouped = new int[wanted];
        for (int at = 0; at < wanted; at++) {
            grouped[next[candidateOf[at]]++] = at;
        }
        return grouped;
    }

    private int[][] fixedSlots() {
        int[][] found = new int[candidates][];
        for (Placement placement : problem.fixed()) {
            int candidate = candidateAt.find(placement.sitting().candidate().value());
            if (candidate >= 0) {
                int[] before = found[candidate] == null ? new int[0] : found[candidate];
                int[] longer = java.util.Arrays.copyOf(before, before.length + 1);
                longer[before.length] = slotOf(unit(placement));
                found[candidate] = longer;
            }
        }
        return found;
    }

    private int[][] demandsOfRoom() {
        List<List<Integer>> found = new ArrayList<>();
        rooms.forEach(room -> found.add(new ArrayList<>(4)));
        for (int demand = 0; demand < options.length; demand++) {
            for (int unit : options[demand]) {
                List<Integer> there = found.get(roomOf(unit));
                if (there.isEmpty() || there.getLast() != demand) {
                    there.add(demand);
                }
            }
        }
        return found.stream()
                .map(there -> there.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    static Demand demand(WantedSitting sitting) {
        return new Demand(
                sitting.school(), sitting.subject(), sitting.extraMinutes(), sitting.accessible());
    }

    int subject(SubjectId id) {
        return subjectAt.get(id);
    }

    int slotOf(int unit) {
        return unit % slots.size();
    }

    int roomOf(int unit) {
        return unit / slots.size();
    }

    int unit(int slot, int room) {
        return room * slots.size() + slot;
    }

    int unit(Placement placement) {
        return unit(slotAt.get(placement.slot()), roomAt.get(placement.room()));
    }

    int count() {
        return slots.size() * rooms.size();
    }

    static boolean isLongEnough(Subject subject, int extraMinutes, Slot slot) {
        Window time = slot.time();
        return Duration.between(time.from(), time.to()).toMinutes()
                >= subject.minutes() + extraMinutes;
    }

    private int[] optionsOf(Demand demand, Map<SiteId, List<Integer>> roomsAt) {
        Subject subject = problem.subjects().get(demand.subject());
        Set<SiteId> sites = problem.sitesOf().getOrDefault(demand.school(), Set.of());
        List<Integer> fit = new ArrayList<>();
        Set<Integer> open = new TreeSet<>();
        sites.forEach(site -> open.addAll(roomsAt.getOrDefault(site, List.of())));
        for (RoomId lent : problem.lent().getOrDefault(demand.school(), Set.of())) {
            Integer room = roomAt.get(lent);
            if (room != null) {
                open.add(room);
            }
        }
        for (int room : open) {
            Room one = rooms.get(room);
            if (one.types().contains(subject.mode())
                    && one.levels().contains(subject.level())
                    && (!demand.accessible() || accessible[room] > 0)) {
                fit.add(room);
            }
        }
        List<Integer> found = new ArrayList<>();
        for (int slot = 0; slot < slots.size(); slot++) {
            if (slots.get(slot).subjects().contains(subject.id())
                    && isLongEnough(subject, demand.extraMinutes(), slots.get(slot))) {
                for (int room : fit) {
                    found.add(unit(slot, room));
                }
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Occupancy changes only where a slot starts, so those instants suffice. */
    private int[][] together(int at) {
        Window inside = slots.get(at).time();
        List<int[]> groups = new ArrayList<>();
        for (int other = 0; other < slots.size(); other++) {
            Instant instant = slots.get(other).time().from();
            if (!overlap[at][other] || !inside.contains(instant)) {
                continue;
            }
            List<Integer> group = new ArrayList<>();
            for (int third = 0; third < slots.size(); third++) {
                if (slots.get(third).time().contains(instant)) {
                    group.add(third);
                }
            }
            groups.add(group.stream().mapToInt(Integer::intValue).toArray());
        }
        return groups.toArray(int[][]::new);
    }
}
