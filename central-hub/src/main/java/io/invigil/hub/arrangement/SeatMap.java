package io.invigil.hub.arrangement;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.site.Room;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The seats of a room in one slot as they stand in it (issue 4 parts 4 and 7): rows of cells, the
 * first row in front, seat 1 at its beginning. Immutable.
 *
 * @param oneSubject whether all who sit here sit the same subject
 */
public record SeatMap(List<Row> rows, boolean oneSubject) {

    public SeatMap {
        rows = List.copyOf(rows);
    }

    /** Seats beside each other; the last row may be shorter. */
    public record Row(int number, List<Cell> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * One seat.
     *
     * @param broken nobody new is placed there
     * @param accessible suits a wheelchair
     * @param lent whether who sits there comes from another school (借考)
     * @param banned whether who sits there was banned after the arrangement
     */
    public record Cell(
            int seat,
            boolean broken,
            boolean accessible,
            Optional<ArrangedSitting> sitting,
            boolean lent,
            boolean banned) {

        /** Whether somebody sits here or could be placed here. */
        public boolean canBeChosen() {
            return sitting.isPresent() || !broken;
        }

        /** The seat and who was shown on it, for {@link SeatChanges.Pick#read}. */
        public String pick() {
            return seat + "-" + sitting.map(one -> one.sitting().id().value()).orElse(0L);
        }

        /** The cell's look; the same is said in words. */
        public String style() {
            return "seat-cell"
                    + (sitting.isPresent() ? " seat-taken" : " seat-free")
                    + (broken ? " seat-broken" : "")
                    + (accessible ? " seat-wheelchair" : "")
                    + (banned ? " seat-banned" : "");
        }
    }

    /**
     * @param owner the school whose site the room is in
     * @param seated who sits in the room in the slot
     * @param banned those of them who were banned after the arrangement
     */
    public static SeatMap of(
            Room room, OrganisationId owner, List<ArrangedSitting> seated, Set<SittingId> banned) {
        Map<Integer, ArrangedSitting> bySeat = new HashMap<>();
        seated.forEach(one -> bySeat.put(one.sitting().seating().orElseThrow().seat(), one));
        List<Row> rows = new ArrayList<>();
        for (int first = 1; first <= room.seats(); first += room.columns()) {
            List<Cell> cells = new ArrayList<>();
            int end = Math.min(room.seats(), first + room.columns() - 1);
            for (int seat = first; seat <= end; seat++) {
                Optional<ArrangedSitting> here = Optional.ofNullable(bySeat.get(seat));
                cells.add(
                        new Cell(
                                seat,
                                room.broken().contains(seat),
                                room.accessible().contains(seat),
                                here,
                                here.filter(one -> !one.school().id().equals(owner)).isPresent(),
                                here.filter(one -> banned.contains(one.sitting().id()))
                                        .isPresent()));
            }
            rows.add(new Row(rows.size() + 1, cells));
        }
        long subjects = seated.stream().map(one -> one.subject().id()).distinct().count();
        return new SeatMap(rows, subjects <= 1);
    }
}
