package io.invigil.hub.arrangement;

import io.invigil.hub.candidate.CandidateId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One attempt: candidates in an order given by the random source, each with all sittings at once so
 * that they do not overlap; where the wanted rooms are full, a chain of others is moved.
 */
final class ArrangementTry {
    /** Steps of the search over one candidate's sittings. */
    static final int STEPS_MAX = 20_000;

    /** Ways of spreading one candidate's sittings over full rooms that are tried. */
    static final int SPREADS_MAX = 48;

    /** Rooms looked at when making space for one sitting. */
    static final int UNITS_VISITED_MAX = 5_000;

    private final Units units;
    private final Random random;
    private final boolean shuffled;
    private final int[][] load;
    private final Map<WantedSitting, Integer> unitOf = new HashMap<>();
    private final Map<Integer, List<WantedSitting>> inUnit = new HashMap<>();
    private final Map<CandidateId, List<Integer>> fixedSlots = new HashMap<>();
    private final Map<Units.Demand, int[]> options = new HashMap<>();
    private int steps;

    /**
     * @param shuffled whether options are tried in random order; else by slot and room, which fills
     *     rooms one after the other
     */
    ArrangementTry(Units units, Random random, boolean shuffled) {
        this.units = units;
        this.random = random;
        this.shuffled = shuffled;
        this.load = new int[units.rooms.size()][units.slots.size()];
        for (Placement fixed : units.problem.fixed()) {
            int unit = units.unit(fixed);
            load[units.roomOf(unit)][units.slotOf(unit)]++;
            fixedSlots
                    .computeIfAbsent(fixed.sitting().candidate(), key -> new ArrayList<>())
                    .add(units.slotOf(unit));
        }
        units.options.forEach((demand, found) -> options.put(demand, ordered(found)));
    }

    private int[] ordered(int[] found) {
        if (!shuffled) {
            return found;
        }
        List<Integer> list = new ArrayList<>();
        for (int unit : found) {
            list.add(unit);
        }
        Collections.shuffle(list, random);
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Room in slot of every wanted sitting; or the first candidate that found no place. */
    record Result(Map<WantedSitting, Integer> unitOf, Optional<CandidateId> stuck) {}

    Result run() {
        List<CandidateId> order = new ArrayList<>(units.byCandidate.keySet());
        Collections.shuffle(order, random);
        order.sort(java.util.Comparator.comparingLong(this::freedom));
        for (CandidateId candidate : order) {
            if (!place(units.byCandidate.get(candidate))) {
                return new Result(unitOf, Optional.of(candidate));
            }
        }
        return new Result(unitOf, Optional.empty());
    }

    /** Few options first; among equals those with more sittings. */
    private long freedom(CandidateId candidate) {
        List<WantedSitting> own = units.byCandidate.get(candidate);
        long least = Long.MAX_VALUE;
        for (WantedSitting sitting : own) {
            least = Math.min(least, options.get(Units.demand(sitting)).length);
        }
        return least * 100 - Math.min(own.size(), 99);
    }

    private boolean place(List<WantedSitting> own) {
        steps = 0;
        int[] chosen = new int[own.size()];
        if (choose(own, 0, chosen, true, all -> true)) {
            for (int at = 0; at < chosen.length; at++) {
                put(own.get(at), chosen[at]);
            }
            return true;
        }
        steps = 0;
        int[] spreads = {0};
        return choose(own, 0, chosen, false, all -> spreads[0]++ >= SPREADS_MAX || force(own, all))
                && unitOf.keySet().containsAll(own);
    }

    private interface Acceptance {
        boolean accept(int[] chosen);
    }

    /** Depth-first over the candidate's sittings; no two in overlapping slots. */
    private boolean choose(
            List<WantedSitting> own, int at, int[] chosen, boolean needSpace, Acceptance last) {
        if (at == own.size()) {
            return last.accept(chosen);
        }
        for (int unit : options.get(Units.demand(own.get(at)))) {
            if (++steps > STEPS_MAX) {
                return false;
            }
            int slot = units.slotOf(unit);
            if (overlapsFixed(own.get(at).candidate(), slot)
                    || overlapsChosen(chosen, at, slot)
                    || (needSpace && !hasSpace(unit))) {
                continue;
            }
            chosen[at] = unit;
            if (choose(own, at + 1, chosen, needSpace, last)) {
                return true;
            }
        }
        return false;
    }

    private boolean overlapsChosen(int[] chosen, int count, int slot) {
        for (int at = 0; at < count; at++) {
            if (units.overlap[units.slotOf(chosen[at])][slot]) {
                return true;
            }
        }
        return false;
    }

    private boolean overlapsFixed(CandidateId candidate, int slot) {
        for (int busy : fixedSlots.getOrDefault(candidate, List.of())) {
            if (units.overlap[busy][slot]) {
                return true;
            }
        }
        return false;
    }

    /** Puts the sittings into these rooms, moving others away where they are full. */
    private boolean force(List<WantedSitting> own, int[] chosen) {
        for (int at = 0; at < chosen.length; at++) {
            if (!hasSpace(chosen[at]) && !makeSpace(chosen[at])) {
                own.stream().filter(unitOf::containsKey).forEach(this::take);
                return false;
            }
            put(own.get(at), chosen[at]);
        }
        return true;
    }

    private record Move(WantedSitting sitting, int from, int to) {}

    /** Breadth-first for a chain of single moves that ends in a room with a free seat. */
    private boolean makeSpace(int target) {
        Map<Integer, Move> cameBy = new HashMap<>();
        Deque<Integer> queue = new ArrayDeque<>(List.of(target));
        while (!queue.isEmpty() && cameBy.size() < UNITS_VISITED_MAX) {
            int full = queue.remove();
            for (WantedSitting sitting : inUnit.getOrDefault(full, List.of())) {
                for (int to : options.get(Units.demand(sitting))) {
                    if (to == target || cameBy.containsKey(to) || !mayMove(sitting, to)) {
                        continue;
                    }
                    cameBy.put(to, new Move(sitting, full, to));
                    if (hasSpace(to)) {
                        return shift(target, to, cameBy);
                    }
                    queue.add(to);
                }
            }
        }
        return false;
    }

    /**
     * Moves along the chain from its end; each step is checked again, for one may touch the next.
     */
    private boolean shift(int target, int end, Map<Integer, Move> cameBy) {
        int at = end;
        while (at != target) {
            Move move = cameBy.get(at);
            if (!hasSpace(at) || !mayMove(move.sitting(), at)) {
                return false;
            }
            take(move.sitting());
            put(move.sitting(), at);
            at = move.from();
        }
        return hasSpace(target);
    }

    private boolean mayMove(WantedSitting sitting, int to) {
        int slot = units.slotOf(to);
        if (overlapsFixed(sitting.candidate(), slot)) {
            return false;
        }
        for (WantedSitting own : units.byCandidate.get(sitting.candidate())) {
            Integer unit = unitOf.get(own);
            if (!own.equals(sitting) && unit != null && units.overlap[units.slotOf(unit)][slot]) {
                return false;
            }
        }
        return true;
    }

    private boolean hasSpace(int unit) {
        int[] ofRoom = load[units.roomOf(unit)];
        int seats = units.rooms.get(units.roomOf(unit)).seats();
        for (int[] together : units.togetherWith[units.slotOf(unit)]) {
            int taken = 0;
            for (int slot : together) {
                taken += ofRoom[slot];
            }
            if (taken >= seats) {
                return false;
            }
        }
        return true;
    }

    private void put(WantedSitting sitting, int unit) {
        unitOf.put(sitting, unit);
        inUnit.computeIfAbsent(unit, key -> new ArrayList<>()).add(sitting);
        load[units.roomOf(unit)][units.slotOf(unit)]++;
    }

    private void take(WantedSitting sitting) {
        int unit = unitOf.remove(sitting);
        inUnit.get(unit).remove(sitting);
        load[units.roomOf(unit)][units.slotOf(unit)]--;
    }
}
