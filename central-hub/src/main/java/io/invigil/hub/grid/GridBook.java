package io.invigil.hub.grid;

import java.time.Instant;
import java.util.List;

/**
 * A whole print.
 *
 * @param time written into files as the time of creation, so that the same print is the same bytes
 */
public record GridBook(String title, Instant time, List<GridSheet> sheets) {

    public GridBook {
        sheets = List.copyOf(sheets);
        if (sheets.isEmpty()) {
            throw new IllegalArgumentException("a print has at least one sheet");
        }
    }

    /** All texts in it, to look for characters that cannot be printed. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (GridSheet sheet : sheets) {
            for (List<GridRow> page : sheet.pages()) {
                for (GridRow row : page) {
                    for (GridCell cell : row.cells()) {
                        if (cell.content() instanceof GridCell.Content.Text written) {
                            text.append(written.text()).append('\n');
                        }
                    }
                }
            }
        }
        return text.toString();
    }
}
