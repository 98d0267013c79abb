package io.invigil.hub.arrangement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Seats people of one room so that those beside, before and behind each other come from different
 * schools as far as possible. Largest schools first fill the fields of one colour of a chessboard,
 * then those of the other: no school with at most half of the people meets itself but where it goes
 * over from one colour to the other; swaps mend what is left.
 */
final class Neighbours {
    /** Rounds of swapping. */
    static final int ROUNDS_MAX = 4;

    private final int columns;
    private final Map<Integer, Long> schoolAt;

    /**
     * @param columns seats in one row
     * @param around schools of people who keep their seats
     */
    Neighbours(int columns, Map<Integer, Long> around) {
        this.columns = columns;
        this.schoolAt = new HashMap<>(around);
    }

    /**
     * @param schools by person
     * @param seats as many as persons
     * @return seats by person
     */
    int[] seat(long[] schools, List<Integer> seats) {
        Map<Long, Integer> sizes = new HashMap<>();
        for (long school : schools) {
            sizes.merge(school, 1, Integer::sum);
        }
        List<Integer> people = new ArrayList<>();
        for (int at = 0; at < schools.length; at++) {
            people.add(at);
        }
        people.sort(
                Comparator.<Integer>comparingInt(at -> -sizes.get(schools[at]))
                        .thenComparingLong(at -> schools[at]));
        List<Integer> fields = new ArrayList<>(seats);
        fields.sort(Comparator.<Integer>comparingInt(this::colour).thenComparing(seat -> seat));
        int[] given = new int[schools.length];
        for (int at = 0; at < given.length; at++) {
            given[people.get(at)] = fields.get(at);
            schoolAt.put(fields.get(at), schools[people.get(at)]);
        }
        if (sizes.size() > 1) {
            mend(schools, given);
        }
        return given;
    }

    private int colour(int seat) {
        return ((seat - 1) / columns + (seat - 1) % columns) % 2;
    }

    private void mend(long[] schools, int[] given) {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            boolean better = false;
            for (int one = 0; one < given.length; one++) {
                for (int other = 0; other < given.length && clashes(given[one]) > 0; other++) {
                    better |= schools[one] != schools[other] && swapped(given, one, other);
                }
            }
            if (!better) {
                return;
            }
        }
    }

    private boolean swapped(int[] given, int one, int other) {
        int before = clashes(given[one]) + clashes(given[other]);
        exchange(given, one, other);
        if (clashes(given[one]) + clashes(given[other]) < before) {
            return true;
        }
        exchange(given, one, other);
        return false;
    }

    private void exchange(int[] given, int one, int other) {
        Long first = schoolAt.get(given[one]);
        schoolAt.put(given[one], schoolAt.get(given[other]));
        schoolAt.put(given[other], first);
        int kept = given[one];
        given[one] = given[other];
        given[other] = kept;
    }

    private int clashes(int seat) {
        Long own = schoolAt.get(seat);
        int column = (seat - 1) % columns;
        int found = 0;
        found += column > 0 && own.equals(schoolAt.get(seat - 1)) ? 1 : 0;
        found += column < columns - 1 && own.equals(schoolAt.get(seat + 1)) ? 1 : 0;
        found += own.equals(schoolAt.get(seat - columns)) ? 1 : 0;
        found += own.equals(schoolAt.get(seat + columns)) ? 1 : 0;
        return found;
    }
}
