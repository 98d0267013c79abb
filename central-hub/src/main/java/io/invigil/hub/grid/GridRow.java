package io.invigil.hub.grid;

import java.util.List;

/** A row of cells; columns that no cell covers stay empty. */
public record GridRow(double heightMm, List<GridCell> cells) {

    public GridRow {
        cells = List.copyOf(cells);
    }

    public static GridRow of(double heightMm, GridCell... cells) {
        return new GridRow(heightMm, List.of(cells));
    }
}
