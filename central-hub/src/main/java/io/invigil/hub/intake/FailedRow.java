package io.invigil.hub.intake;

import io.invigil.hub.sheet.RowIssue;
import java.util.List;

/**
 * A row that was not taken.
 *
 * @param row as Excel shows it, or the position in a zip, from 1
 * @param cells as read, in the order of the template's columns; control characters and what is over
 *     {@link #CELL_CHARS_MAX} are not kept
 */
public record FailedRow(int row, List<String> cells, List<RowIssue> issues) {

    public static final int CELL_CHARS_MAX = 200;

    public FailedRow {
        cells = cells.stream().map(FailedRow::kept).toList();
        issues = List.copyOf(issues);
    }

    private static String kept(String cell) {
        String plain = cell.replaceAll("\\p{Cntrl}", "");
        if (plain.length() <= CELL_CHARS_MAX) {
            return plain;
        }
        boolean splits = Character.isHighSurrogate(plain.charAt(CELL_CHARS_MAX - 1));
        return plain.substring(0, splits ? CELL_CHARS_MAX - 1 : CELL_CHARS_MAX);
    }
}
