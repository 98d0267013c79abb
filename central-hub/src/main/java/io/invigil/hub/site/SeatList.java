package io.invigil.hub.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Seat numbers as people write them: {@code 3, 7-9}. */
final class SeatList {
    private SeatList() {}

    /** The numbers; what is no number becomes 0, which no room has, so that it is refused. */
    static Set<Integer> read(String text) {
        Set<Integer> seats = new TreeSet<>();
        for (String part : text.split("[\\s,，;；、]+")) {
            if (part.isEmpty()) {
                continue;
            }
            if (!part.matches("\\d{1,4}([-–~]\\d{1,4})?")) {
                seats.add(0);
                continue;
            }
            String[] ends = part.split("[-–~]");
            int first = Integer.parseInt(ends[0]);
            int last = Integer.parseInt(ends[ends.length - 1]);
            if (last < first) {
                seats.add(0);
            }
            for (int seat = first; seat <= last; seat++) {
                seats.add(seat);
            }
        }
        return seats;
    }

    /** In order, runs of three and more as a range. */
    static String text(Set<Integer> seats) {
        List<String> parts = new ArrayList<>();
        List<Integer> sorted = seats.stream().sorted().toList();
        int at = 0;
        while (at < sorted.size()) {
            int end = at;
            while (end + 1 < sorted.size() && sorted.get(end + 1) == sorted.get(end) + 1) {
                end++;
            }
            if (end - at >= 2) {
                parts.add(sorted.get(at) + "-" + sorted.get(end));
            } else {
                sorted.subList(at, end + 1).forEach(seat -> parts.add(seat.toString()));
            }
            at = end + 1;
        }
        return String.join(", ", parts);
    }
}
