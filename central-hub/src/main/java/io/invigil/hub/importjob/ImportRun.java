package io.invigil.hub.importjob;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.sheet.RowIssue;
import java.io.IOException;
import java.util.Optional;

/** An opened file whose rows are taken step by step. Used by one thread. */
public interface ImportRun extends AutoCloseable {
    /** The rows hold together: all of them are one step. */
    int ALL_AT_ONCE = Integer.MAX_VALUE;

    /** Rows of the file. */
    int rows();

    /** Rows of one step; {@link #ALL_AT_ONCE} when they cannot be parted. */
    int rowsAtOnce();

    /**
     * Takes rows in one transaction. The same rows may be asked for again after a rollback, also by
     * another process: what counts is what stands in the database.
     *
     * @param from the first, counted from 0
     * @param to the one after the last
     */
    Taken take(Tx tx, int from, int to);

    /** What the import's record says beside its rows: a code of a text, or nothing. */
    default Optional<String> remark() {
        return Optional.empty();
    }

    /** A row as it stood in the file, with why it was not taken. */
    FailedRow failed(int row, RowIssue issue);

    @Override
    void close() throws IOException;
}
