package io.invigil.hub.sheet;

import java.util.Map;

/**
 * A data row, cells by column name. Columns that the file does not have are absent from the map.
 *
 * @param number as Excel shows it, from 1; the header is row 1
 */
public record SheetRow(int number, Map<String, SheetCell> cells) {

    public SheetRow {
        cells = Map.copyOf(cells);
    }

    /** The cell, blank when the file has no such column. */
    public SheetCell cell(String column) {
        return cells.getOrDefault(column, SheetCell.BLANK);
    }

    public boolean hasColumn(String column) {
        return cells.containsKey(column);
    }
}
