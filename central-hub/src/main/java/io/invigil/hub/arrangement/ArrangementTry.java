package io.invigil.hub.arrangement;

import java.util.Arrays;
import java.util.Random;

/**
 * One attempt: candidates one after the other, each with all sittings at once so that they do not
 * overlap; where the wanted rooms are full, a chain of others is moved.
 */
final class ArrangementTry {
    /** Steps of the search over one candidate's sittings. */
    static final int STEPS_MAX = 20_000;

    /** Ways of spreading one candidate's sittings over full rooms that are tried. */
    static final int SPREADS_MAX = 48;

    /** Rooms looked at when making space for one sitting. */
    static final int UNITS_VISITED_MAX = 5_000;

    private final Units units;
    private final boolean mixed;
    private final int[][] options;

    /** By unit. */
    private final int[] load;

    private final int[] accessibleLoad;
    private final int[] subjectIn;

    /** Sittings in a unit as a list through two arrays. */
    private final int[] firstIn;

    private final int[] next;
    private final int[] previous;

    /** By wanted sitting; -1 while it has no place. */
    final int[] unitOf;

    /** By demand: options before it have no space. */
    private final int[] cursor;

    /** Of the search for a chain of moves. */
    private final int[] seenIn;

    private final int[] cameWith;
    private final int[] cameFrom;
    private final int[] queue;
    private int search;
    private int steps;
    private int spreads;

    /**
     * @param shuffle whether options are tried in random order; else by slot and room, which fills
     *     rooms one after the other
     */
    ArrangementTry(Units units, Random random, boolean shuffle) {
        this.units = units;
        this.mixed = units.problem.mixedSubjects();
        load = new int[units.count()];
        accessibleLoad = new int[units.count()];
        subjectIn = new int[units.count()];
        firstIn = new int[units.count()];
        Arrays.fill(firstIn, -1);
        seenIn = new int[units.count()];
        cameWith = new int[units.count()];
        cameFrom = new int[units.count()];
        queue = new int[units.count()];
        next = new int[units.wanted];
        previous = new int[units.wanted];
        unitOf = new int[units.wanted];
        Arrays.fill(unitOf, -1);
        cursor = new int[units.demands.size()];
        options = new int[units.options.length][];
        for (int at = 0; at < options.length; at++) {
            options[at] = shuffle ? shuffled(units.options[at], random) : units.options[at];
        }
        for (Placement fixed : units.problem.fixed()) {
            int unit = units.unit(fixed);
            load[unit]++;
            accessibleLoad[unit] += fixed.sitting().accessible() ? 1 : 0;
            subjectIn[unit] = units.subject(fixed.sitting().subject());
        }
    }

    private static int[] shuffled(int[] values, Random random) {
        int[] copy = values.clone();
        for (int at = copy.length - 1; at > 0; at--) {
            int other = random.nextInt(at + 1);
            int kept = copy[at];
            copy[at] = copy[other];
            copy[other] = kept;
        }
        return copy;
    }

    /**
     * Places the candidates in this order.
     *
     * @return the first one that found no place, or -1
     */
    int run(int[] order) {
        for (int candidate : order) {
            if (!place(candidate)) {
                return candidate;
            }
        }
        return -1;
    }

    private boolean place(int candidate) {
        int from = units.ownFrom[candidate];
        int count = units.ownFrom[candidate + 1] - from;
        int[] chosen = new int[count];
        steps = 0;
        if (choose(candidate, from, 0, chosen, true)) {
            for (int at = 0; at < count; at++) {
                put(units.own[from + at], chosen[at]);
            }
            return true;
        }
        steps = 0;
        spreads = 0;
        return choose(candidate, from, 0, chosen, false) && unitOf[units.own[from]] >= 0;
    }

    /** Depth-first over the candidate's sittings; no two in overlapping slots. */
    private boolean choose(int candidate, int from, int at, int[] chosen, boolean needSpace) {
        if (at == chosen.length) {
            return needSpace || spreads++ >= SPREADS_MAX || force(from, chosen);
        }
        int demand = units.demandOf[units.own[from + at]];
        int[] ways = options[demand];
        int first = 0;
        if (needSpace) {
            while (cursor[demand] < ways.length && !hasSpace(ways[cursor[demand]], demand)) {
                cursor[demand]++;
            }
            first = cursor[demand];
        }
        for (int way = first; way < ways.length; way++) {
            if (++steps > STEPS_MAX) {
                return false;
            }
            int unit = ways[way];
            int slot = units.slotOf(unit);
            if (overlapsFixed(candidate, slot)
                    || overlapsChosen(chosen, at, slot)
                    || (needSpace ? !hasSpace(unit, demand) : !mayShare(unit, demand))) {
                continue;
            }
            chosen[at] = unit;
            if (choose(candidate, from, at + 1, chosen, needSpace)) {
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

    private boolean overlapsFixed(int candidate, int slot) {
        int[] busy = units.fixedSlots[candidate];
        if (busy != null) {
            for (int one : busy) {
                if (units.overlap[one][slot]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Puts the sittings into these rooms, moving others away where they are full. */
    private boolean force(int from, int[] chosen) {
        for (int at = 0; at < chosen.length; at++) {
            int sitting = units.own[from + at];
            int demand = units.demandOf[sitting];
            if (!hasSpace(chosen[at], demand) && !makeSpace(chosen[at], demand)) {
                for (int before = 0; before < at; before++) {
                    take(units.own[from + before]);
                }
                return false;
            }
            put(sitting, chosen[at]);
        }
        return true;
    }

    /** Breadth-first for a chain of single moves that ends in a room with a free seat. */
    private boolean makeSpace(int target, int demand) {
        search++;
        int head = 0;
        int tail = 0;
        queue[tail++] = target;
        seenIn[target] = search;
        while (head < tail && tail < UNITS_VISITED_MAX) {
            int full = queue[head++];
            for (int sitting = firstIn[full]; sitting >= 0; sitting = next[sitting]) {
                for (int to : options[units.demandOf[sitting]]) {
                    if (seenIn[to] == search || !mayMove(sitting, to)) {
                        continue;
                    }
                    seenIn[to] = search;
                    cameWith[to] = sitting;
                    cameFrom[to] = full;
                    if (hasSpace(to, units.demandOf[sitting])) {
                        return shift(target, to, demand);
                    }
                    queue[tail++] = to;
                }
            }
        }
        return false;
    }

    /**
     * Moves along the chain from its end; each step is checked again, for one may touch the next.
     */
    private boolean shift(int target, int end, int demand) {
        int at = end;
        while (at != target) {
            int sitting = cameWith[at];
            if (!hasSpace(at, units.demandOf[sitting]) || !mayMove(sitting, at)) {
                return false;
            }
            take(sitting);
            put(sitting, at);
            at = cameFrom[at];
        }
        return hasSpace(target, demand);
    }

    private boolean mayMove(int sitting, int to) {
        int slot = units.slotOf(to);
        int candidate = units.candidateOf[sitting];
        if (overlapsFixed(candidate, slot) || !mayShare(to, units.demandOf[sitting])) {
            return false;
        }
        for (int at = units.ownFrom[candidate]; at < units.ownFrom[candidate + 1]; at++) {
            int other = units.own[at];
            if (other != sitting
                    && unitOf[other] >= 0
                    && units.overlap[units.slotOf(unitOf[other])][slot]) {
                return false;
            }
        }
        return true;
    }

    /** Whether nobody of another subject is in the room at that time, where that matters. */
    private boolean mayShare(int unit, int demand) {
        if (mixed) {
            return true;
        }
        int room = units.roomOf(unit);
        boolean[] overlap = units.overlap[units.slotOf(unit)];
        for (int slot = 0; slot < overlap.length; slot++) {
            int other = units.unit(slot, room);
            if (overlap[slot]
                    && load[other] > 0
                    && subjectIn[other] != units.subjectOfDemand[demand]) {
                return false;
            }
        }
        return true;
    }

    private boolean hasSpace(int unit, int demand) {
        int room = units.roomOf(unit);
        boolean needsAccess = units.needsAccess[demand];
        for (int[] together : units.togetherWith[units.slotOf(unit)]) {
            int taken = 0;
            int access = 0;
            for (int slot : together) {
                taken += load[units.unit(slot, room)];
                access += accessibleLoad[units.unit(slot, room)];
            }
            if (taken >= units.usable[room] || (needsAccess && access >= units.accessible[room])) {
                return false;
            }
        }
        return mayShare(unit, demand);
    }

    private void put(int sitting, int unit) {
        int demand = units.demandOf[sitting];
        unitOf[sitting] = unit;
        previous[sitting] = -1;
        next[sitting] = firstIn[unit];
        if (firstIn[unit] >= 0) {
            previous[firstIn[unit]] = sitting;
        }
        firstIn[unit] = sitting;
        load[unit]++;
        accessibleLoad[unit] += units.needsAccess[demand] ? 1 : 0;
        subjectIn[unit] = units.subjectOfDemand[demand];
    }

    private void take(int sitting) {
        int unit = unitOf[sitting];
        unitOf[sitting] = -1;
        if (previous[sitting] >= 0) {
            next[previous[sitting]] = next[sitting];
        } else {
            firstIn[unit] = next[sitting];
        }
        if (next[sitting] >= 0) {
            previous[next[sitting]] = previous[sitting];
        }
        load[unit]--;
        accessibleLoad[unit] -= units.needsAccess[units.demandOf[sitting]] ? 1 : 0;
        // a seat came free: what was full before may have space again
        for (int demand : units.demandsOfRoom[units.roomOf(unit)]) {
            cursor[demand] = 0;
        }
    }

    int placed() {
        int placed = 0;
        for (int unit : unitOf) {
            placed += unit >= 0 ? 1 : 0;
        }
        return placed;
    }
}
