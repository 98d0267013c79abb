package io.invigil.hub.sheet;

import java.util.List;

/** What became of reading a workbook: all its rows, or a refusal of the whole file. */
public sealed interface SheetReading {

    /** Every non-blank data row, in order. */
    record Rows(List<SheetRow> rows) implements SheetReading {
        public Rows {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Nothing of the file is used.
     *
     * @param detail headers, limits or the detected kind; empty when the code says it all
     */
    record Refused(SheetRefusal code, String detail) implements SheetReading {}
}
