package io.invigil.hub.arrangement;

import io.invigil.hub.site.Room;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Gives everyone in a room a seat that nobody has at an overlapping time: never a broken one, an
 * accessible one to those who need it, and otherwise in the strategy's order.
 */
final class SeatNumbers {
    private final Units units;
    private final Strategy strategy;
    private final Random random;

    SeatNumbers(Units units, Strategy strategy, Random random) {
        this.units = units;
        this.strategy = strategy;
        this.random = random;
    }

    /** Placements by wanted sitting; empty when fixed seats leave a gap that cannot be used. */
    Optional<Placement[]> number(int[] unitOf) {
        BitSet[] taken = new BitSet[units.count()];
        List<List<Placement>> fixedIn = new ArrayList<>(Collections.nCopies(taken.length, null));
        for (Placement fixed : units.problem.fixed()) {
            int unit = units.unit(fixed);
            seats(taken, unit).set(fixed.seat());
            if (fixedIn.get(unit) == null) {
                fixedIn.set(unit, new ArrayList<>());
            }
            fixedIn.get(unit).add(fixed);
        }
        int[] from = new int[units.count() + 1];
        int[] grouped = grouped(unitOf, from);
        Placement[] placed = new Placement[unitOf.length];
        for (int unit : byStart(from)) {
            int[] group = java.util.Arrays.copyOfRange(grouped, from[unit], from[unit + 1]);
            Optional<int[]> seats = seat(unit, group, busy(taken, unit), fixedIn.get(unit));
            if (seats.isEmpty()) {
                return Optional.empty();
            }
            for (int at = 0; at < group.length; at++) {
                seats(taken, unit).set(seats.get()[at]);
                placed[group[at]] =
                        new Placement(
                                units.problem.wanted().get(group[at]),
                                units.slots.get(units.slotOf(unit)).id(),
                                units.rooms.get(units.roomOf(unit)).id(),
                                seats.get()[at]);
            }
        }
        return Optional.of(placed);
    }

    private static BitSet seats(BitSet[] taken, int unit) {
        if (taken[unit] == null) {
            taken[unit] = new BitSet();
        }
        return taken[unit];
    }

    /** Sittings by unit, in the order of the problem. */
    private int[] grouped(int[] unitOf, int[] from) {
        for (int unit : unitOf) {
            from[unit + 1]++;
        }
        for (int at = 0; at < from.length - 1; at++) {
            from[at + 1] += from[at];
        }
        int[] next = java.util.Arrays.copyOf(from, from.length - 1);
        int[] grouped = new int[unitOf.length];
        for (int at = 0; at < unitOf.length; at++) {
            grouped[next[unitOf[at]]++] = at;
        }
        return grouped;
    }

    /** The seats of the group's members, in their order. */
    private Optional<int[]> seat(int unit, int[] group, BitSet busy, List<Placement> fixed) {
        Room room = units.rooms.get(units.roomOf(unit));
        List<Integer> plain = new ArrayList<>();
        List<Integer> accessible = new ArrayList<>();
        for (int seat = 1; seat <= room.seats(); seat++) {
            if (!busy.get(seat) && !room.broken().contains(seat)) {
                (room.accessible().contains(seat) ? accessible : plain).add(seat);
            }
        }
        int[] seats = new int[group.length];
        List<Integer> others = new ArrayList<>();
        for (int at = 0; at < group.length; at++) {
            if (!units.needsAccess[units.demandOf[group[at]]]) {
                others.add(at);
            } else if (accessible.isEmpty()) {
                return Optional.empty();
            } else {
                seats[at] = accessible.remove(0);
            }
        }
        if (others.size() > plain.size() + accessible.size()) {
            return Optional.empty();
        }
        List<Integer> used =
                new ArrayList<>(plain.subList(0, Math.min(plain.size(), others.size())));
        used.addAll(accessible.subList(0, others.size() - used.size()));
        used.sort(null);
        order(others, group, used, room, seats, fixed);
        return Optional.of(seats);
    }

    private void order(
            List<Integer> others,
            int[] group,
            List<Integer> used,
            Room room,
            int[] seats,
            List<Placement> fixed) {
        if (strategy == Strategy.DIFFERENT_SCHOOLS) {
            Map<Integer, Long> around = new HashMap<>();
            if (fixed != null) {
                fixed.forEach(one -> around.put(one.seat(), one.sitting().school().value()));
            }
            for (int at = 0; at < group.length; at++) {
                if (seats[at] > 0) {
                    around.put(seats[at], school(group[at]));
                }
            }
            long[] schools = others.stream().mapToLong(at -> school(group[at])).toArray();
            int[] given = new Neighbours(room.columns(), around).seat(schools, used);
            for (int at = 0; at < given.length; at++) {
                seats[others.get(at)] = given[at];
            }
            return;
        }
        if (strategy == Strategy.RANDOM) {
            Collections.shuffle(others, random);
        }
        for (int at = 0; at < others.size(); at++) {
            seats[others.get(at)] = used.get(at);
        }
    }

    private long school(int sitting) {
        return units.demands.get(units.demandOf[sitting]).school().value();
    }

    /** In order of start any free seat is enough whenever the room's capacity is kept. */
    private int[] byStart(int[] from) {
        List<Integer> slots = new ArrayList<>();
        for (int slot = 0; slot < units.slots.size(); slot++) {
            slots.add(slot);
        }
        slots.sort(Comparator.comparing(slot -> units.slots.get(slot).time().from()));
        int[] order = new int[units.count()];
        int used = 0;
        for (int slot : slots) {
            for (int room = 0; room < units.rooms.size(); room++) {
                int unit = units.unit(slot, room);
                if (from[unit] < from[unit + 1]) {
                    order[used++] = unit;
                }
            }
        }
        return java.util.Arrays.copyOf(order, used);
    }

    private BitSet busy(BitSet[] taken, int unit) {
        BitSet busy = new BitSet();
        int slot = units.slotOf(unit);
        for (int other = 0; other < units.slots.size(); other++) {
            BitSet there = taken[units.unit(other, units.roomOf(unit))];
            if (units.overlap[slot][other] && there != null) {
                busy.or(there);
            }
        }
        return busy;
    }
}
