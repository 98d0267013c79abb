package io.invigil.hub.arrangement;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Gives everyone in a room a seat that nobody has at an overlapping time. */
final class SeatNumbers {
    private final Units units;
    private final Random random;

    SeatNumbers(Units units, Random random) {
        this.units = units;
        this.random = random;
    }

    /** Empty when fixed seats leave a gap that cannot be used. Neighbours are random. */
    Optional<Map<WantedSitting, Placement>> number(Map<WantedSitting, Integer> unitOf) {
        BitSet[] taken = new BitSet[units.count()];
        for (int unit = 0; unit < taken.length; unit++) {
            taken[unit] = new BitSet();
        }
        for (Placement fixed : units.problem.fixed()) {
            taken[units.unit(fixed)].set(fixed.seat());
        }
        Map<Integer, List<WantedSitting>> groups = new HashMap<>();
        for (WantedSitting sitting : units.problem.wanted()) {
            groups.computeIfAbsent(unitOf.get(sitting), key -> new ArrayList<>()).add(sitting);
        }
        Map<WantedSitting, Placement> placed = new HashMap<>();
        for (int unit : byStart(groups)) {
            List<WantedSitting> group = groups.get(unit);
            Collections.shuffle(group, random);
            int room = units.roomOf(unit);
            BitSet busy = busy(taken, unit);
            for (WantedSitting sitting : group) {
                int seat = busy.nextClearBit(1);
                if (seat > units.rooms.get(room).seats()) {
                    return Optional.empty();
                }
                busy.set(seat);
                taken[unit].set(seat);
                placed.put(
                        sitting,
                        new Placement(
                                sitting,
                                units.slots.get(units.slotOf(unit)).id(),
                                units.rooms.get(room).id(),
                                seat));
            }
        }
        return Optional.of(placed);
    }

    /** In order of start the lowest free seat is enough whenever the room's capacity is kept. */
    private List<Integer> byStart(Map<Integer, List<WantedSitting>> groups) {
        List<Integer> order = new ArrayList<>(groups.keySet());
        order.sort(
                (one, other) -> {
                    int byTime =
                            units.slots
                                    .get(units.slotOf(one))
                                    .time()
                                    .from()
                                    .compareTo(units.slots.get(units.slotOf(other)).time().from());
                    return byTime != 0 ? byTime : Integer.compare(one, other);
                });
        return order;
    }

    private BitSet busy(BitSet[] taken, int unit) {
        BitSet busy = new BitSet();
        int slot = units.slotOf(unit);
        for (int other = 0; other < units.slots.size(); other++) {
            if (units.overlap[slot][other]) {
                busy.or(taken[units.unit(other, units.roomOf(unit))]);
            }
        }
        return busy;
    }
}
