package io.invigil.hub.arrangement;

import io.invigil.hub.candidate.CandidateId;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The problem with everything looked up once. A <em>unit</em> is one room in one slot, numbered
 * {@code slot * rooms + room}; a <em>demand</em> is a school's sittings of one subject, which all
 * have the same options.
 */
final class Units {

    record Demand(OrganisationId school, SubjectId subject) {}

    final ArrangementProblem problem;
    final List<Slot> slots;
    final List<Room> rooms;
    final Map<Demand, List<WantedSitting>> demands = new LinkedHashMap<>();
    final Map<Demand, int[]> options = new HashMap<>();
    final Map<CandidateId, List<WantedSitting>> byCandidate = new LinkedHashMap<>();

    /** For each slot, the groups of slots that share an instant inside it. */
    final int[][][] togetherWith;

    final boolean[][] overlap;
    private final Map<SlotId, Integer> slotAt = new HashMap<>();
    private final Map<RoomId, Integer> roomAt = new HashMap<>();

    Units(ArrangementProblem problem) {
        this.problem = problem;
        this.slots = problem.slots();
        this.rooms = problem.rooms();
        for (int at = 0; at < slots.size(); at++) {
            slotAt.put(slots.get(at).id(), at);
        }
        for (int at = 0; at < rooms.size(); at++) {
            roomAt.put(rooms.get(at).id(), at);
        }
        for (WantedSitting sitting : problem.wanted()) {
            Demand demand = demand(sitting);
            demands.computeIfAbsent(demand, key -> new ArrayList<>()).add(sitting);
            byCandidate.computeIfAbsent(sitting.candidate(), key -> new ArrayList<>()).add(sitting);
        }
        for (Demand demand : demands.keySet()) {
            options.put(demand, optionsOf(demand));
        }
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
    }

    static Demand demand(WantedSitting sitting) {
        return new Demand(sitting.school(), sitting.subject());
    }

    int slotOf(int unit) {
        return unit / rooms.size();
    }

    int roomOf(int unit) {
        return unit % rooms.size();
    }

    int unit(int slot, int room) {
        return slot * rooms.size() + room;
    }

    int unit(Placement placement) {
        return unit(slotAt.get(placement.slot()), roomAt.get(placement.room()));
    }

    int count() {
        return slots.size() * rooms.size();
    }

    /** Whether the subject may be sat in the slot. */
    boolean fits(Subject subject, Slot slot) {
        return slot.subjects().contains(subject.id()) && isLongEnough(subject, slot);
    }

    static boolean isLongEnough(Subject subject, Slot slot) {
        Window time = slot.time();
        return Duration.between(time.from(), time.to()).toMinutes() >= subject.minutes();
    }

    private int[] optionsOf(Demand demand) {
        Subject subject = problem.subjects().get(demand.subject());
        Set<SiteId> sites = problem.sitesOf().getOrDefault(demand.school(), Set.of());
        List<Integer> found = new ArrayList<>();
        for (int slot = 0; slot < slots.size(); slot++) {
            if (!fits(subject, slots.get(slot))) {
                continue;
            }
            for (int room = 0; room < rooms.size(); room++) {
                Room one = rooms.get(room);
                if (sites.contains(one.site())
                        && one.types().contains(subject.mode())
                        && one.levels().contains(subject.level())) {
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
