package io.invigil.hub.importjob;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.sheet.SheetRow;
import java.util.List;

/** What a kind of import does with the rows of a workbook. Used by one thread. */
public interface SheetWork {
    /** Rows of one step where nothing speaks for another number. */
    int ROWS_AT_ONCE = 2_000;

    List<SheetColumn> columns();

    /** Headers that may be there without being read. */
    default List<String> ignored() {
        return List.of(SheetRun.REASON);
    }

    default int rowsAtOnce() {
        return ROWS_AT_ONCE;
    }

    /** Told of every row in the file's order before the first is taken. */
    default void seen(SheetRow row) {
        // rows that do not look at each other
    }

    /**
     * Told of rows that are likely to be taken next, on another thread while a step runs: what can
     * be judged without the database is done here. The same list comes to {@link #take}; it may
     * also never come.
     */
    default void ahead(List<SheetRow> rows) {
        // nothing that is worth a second thread
    }

    /**
     * See {@link ImportRun#take}.
     *
     * @param first whether these are the file's first rows; only then the import may be refused
     */
    Taken take(Tx tx, List<SheetRow> rows, boolean first);
}
