package io.invigil.hub.arrangement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * In which order candidates are placed: few options first, among equals those with more sittings;
 * within that as the strategy says. Linear in the candidates.
 */
final class CandidateOrder {
    /** Above every school's number in practice; equal keys only cost order, never soundness. */
    private static final long SCHOOL_FACTOR = 1_000_003L;

    private final Units units;

    CandidateOrder(Units units) {
        this.units = units;
    }

    /**
     * @param shuffle whether the strategy's own order is given up, which tries after the first do
     */
    int[] of(Strategy strategy, Random random, boolean shuffle) {
        int[] base =
                switch (strategy) {
                    case BY_NUMBER -> shuffle ? random(random) : given();
                    case RANDOM -> random(random);
                    case DIFFERENT_SCHOOLS -> shuffle ? random(random) : interleaved();
                };
        return sorted(base, strategy != Strategy.DIFFERENT_SCHOOLS);
    }

    /**
     * A stable counting sort by freedom, then by school where that does not matter: who competes
     * for the same rooms is placed together, which keeps the memory that is touched small.
     */
    private int[] sorted(int[] base, boolean bySchool) {
        LongIndex groups = new LongIndex(1024);
        int[] groupOf = new int[units.candidates];
        List<long[]> keys = new ArrayList<>();
        int[] sizes = new int[16];
        // in the order of memory, not of the base: what is read lies side by side
        for (int candidate = 0; candidate < units.candidates; candidate++) {
            long freedom = freedom(candidate);
            long school = bySchool ? school(candidate) : 0;
            int group = groups.of(freedom * SCHOOL_FACTOR + school);
            if (group == keys.size()) {
                keys.add(new long[] {freedom, school, group});
            }
            if (group >= sizes.length) {
                sizes = Arrays.copyOf(sizes, sizes.length * 2);
            }
            groupOf[candidate] = group;
            sizes[group]++;
        }
        keys.sort(Comparator.<long[]>comparingLong(key -> key[0]).thenComparingLong(key -> key[1]));
        int[] next = new int[keys.size()];
        int from = 0;
        for (long[] key : keys) {
            next[(int) key[2]] = from;
            from += sizes[(int) key[2]];
        }
        int[] order = new int[base.length];
        for (int candidate : base) {
            order[next[groupOf[candidate]]++] = candidate;
        }
        return order;
    }

    private long school(int candidate) {
        return units.demands
                .get(units.demandOf[units.own[units.ownFrom[candidate]]])
                .school()
                .value();
    }

    private long freedom(int candidate) {
        long least = Long.MAX_VALUE;
        int from = units.ownFrom[candidate];
        int to = units.ownFrom[candidate + 1];
        for (int at = from; at < to; at++) {
            least = Math.min(least, units.options[units.demandOf[units.own[at]]].length);
        }
        return least * 100 - Math.min(to - from, 99);
    }

    private int[] given() {
        int[] order = new int[units.candidates];
        for (int at = 0; at < order.length; at++) {
            order[at] = at;
        }
        return order;
    }

    private int[] random(Random random) {
        int[] order = given();
        for (int at = order.length - 1; at > 0; at--) {
            int other = random.nextInt(at + 1);
            int kept = order[at];
            order[at] = order[other];
            order[other] = kept;
        }
        return order;
    }

    /** Schools in turn, each as often as its share, so that every room gets a mixture. */
    private int[] interleaved() {
        Map<Long, List<Integer>> bySchool = new HashMap<>();
        List<List<Integer>> schools = new ArrayList<>();
        for (int candidate = 0; candidate < units.candidates; candidate++) {
            long school = school(candidate);
            List<Integer> own = bySchool.get(school);
            if (own == null) {
                own = new ArrayList<>();
                bySchool.put(school, own);
                schools.add(own);
            }
            own.add(candidate);
        }
        int longest = schools.stream().mapToInt(List::size).max().orElse(0);
        int[] order = new int[units.candidates];
        int at = 0;
        int[] used = new int[schools.size()];
        for (long round = 1; round <= longest; round++) {
            for (int school = 0; school < used.length; school++) {
                List<Integer> own = schools.get(school);
                long due = (own.size() * round + longest - 1) / longest;
                while (used[school] < due) {
                    order[at++] = own.get(used[school]++);
                }
            }
        }
        return order;
    }
}
