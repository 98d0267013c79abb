package io.invigil.hub.examday;

import java.util.List;

/**
 * All rooms of a day, trouble first.
 *
 * @param rows at most {@link #ROWS_MAX}
 * @param more rooms beyond that, the calmest
 * @param calls rooms that need a phone call
 * @param looks rooms with something to look at and no call
 * @param counts people of all rooms
 */
public record Board(List<BoardRow> rows, int more, int calls, int looks, RoomDay.Counts counts) {
    /** Rooms drawn at once; a day in a province has more, and those without trouble wait. */
    public static final int ROWS_MAX = 1_000;

    public Board {
        rows = List.copyOf(rows);
    }

    static Board of(List<BoardRow> sorted) {
        int shown = Math.min(sorted.size(), ROWS_MAX);
        RoomDay.Counts counts =
                sorted.stream()
                        .map(row -> row.room().counts())
                        .reduce(RoomDay.Counts.NONE, RoomDay.Counts::plus);
        return new Board(
                sorted.subList(0, shown),
                sorted.size() - shown,
                of(sorted, Trouble.Level.CALL),
                of(sorted, Trouble.Level.LOOK),
                counts);
    }

    private static int of(List<BoardRow> rows, Trouble.Level level) {
        return (int)
                rows.stream().filter(row -> row.level().filter(level::equals).isPresent()).count();
    }

    /** Rows that need a call. */
    public List<BoardRow> urgent() {
        return rows.stream()
                .filter(row -> row.level().filter(Trouble.Level.CALL::equals).isPresent())
                .toList();
    }

    /** All other rows. */
    public List<BoardRow> calm() {
        return rows.stream()
                .filter(row -> row.level().filter(Trouble.Level.CALL::equals).isEmpty())
                .toList();
    }
}
