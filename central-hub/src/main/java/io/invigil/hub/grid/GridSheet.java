package io.invigil.hub.grid;

import java.util.List;

/**
 * One sheet of an Excel file; in a PDF each of its pages begins on a new sheet of paper.
 *
 * @param name as on the tab
 * @param columnsMm widths of all columns
 */
public record GridSheet(String name, List<Double> columnsMm, List<List<GridRow>> pages) {

    public GridSheet {
        columnsMm = List.copyOf(columnsMm);
        pages = pages.stream().map(List::copyOf).toList();
        int columns = columnsMm.size();
        pages.forEach(
                rows ->
                        rows.forEach(
                                row ->
                                        row.cells()
                                                .forEach(
                                                        cell -> {
                                                            if (cell.column() + cell.columns()
                                                                    > columns) {
                                                                throw new IllegalArgumentException(
                                                                        "cell beyond column "
                                                                                + columns);
                                                            }
                                                        })));
    }

    /** From the left edge to the column, in millimetres. */
    public double left(int column) {
        return columnsMm.subList(0, column).stream().mapToDouble(Double::doubleValue).sum();
    }

    public double width(GridCell cell) {
        return left(cell.column() + cell.columns()) - left(cell.column());
    }

    public double width() {
        return left(columnsMm.size());
    }
}
