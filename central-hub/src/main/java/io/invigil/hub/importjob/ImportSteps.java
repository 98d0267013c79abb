package io.invigil.hub.importjob;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.intake.ImportCounts;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.sheet.RowIssue;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Takes the rows of a claimed job, a step in each transaction. A row that cannot be taken for a
 * reason nobody foresaw fails alone: its step is tried again in halves. Thread-safe.
 */
final class ImportSteps {
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final System.Logger LOG = System.getLogger(ImportSteps.class.getName());

    private final Database database;
    private final ImportJobStore store = new ImportJobStore();
    private final ImportRecords records = new ImportRecords();

    ImportSteps(Database database) {
        this.database = database;
    }

    /**
     * One step of a job.
     *
     * @return the row after it; the total when the import is over
     * @throws ImportJobLost when another hub instance took it over
     */
    int step(ImportJob job, ImportRun run, int from) {
        boolean whole = run.rowsAtOnce() == ImportRun.ALL_AT_ONCE;
        int to = whole ? run.rows() : Math.min(run.rows(), from + run.rowsAtOnce());
        if (whole) {
            return database.inTransaction(tx -> take(tx, job, run, from, to));
        }
        return halved(job, run, from, to);
    }

    private int halved(ImportJob job, ImportRun run, int from, int to) {
        try {
            return database.inTransaction(tx -> take(tx, job, run, from, to));
        } catch (ImportJobLost lost) {
            throw lost;
        } catch (RuntimeException failure) {
            if (!isOfTheRows(failure)) {
                throw failure;
            }
            if (to - from == 1) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "row " + from + " of import " + job.record() + " cannot be taken",
                        failure);
                return database.inTransaction(tx -> fail(tx, job, run, from));
            }
            int middle = from + (to - from) / 2;
            int reached = halved(job, run, from, middle);
            return reached == middle ? halved(job, run, middle, to) : reached;
        }
    }

    /** Whether the data is at fault and not the database as a whole. */
    private static boolean isOfTheRows(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = String.valueOf(sql.getSQLState());
                return state.startsWith("22") || state.startsWith("23");
            }
        }
        return true;
    }

    private int take(Tx tx, ImportJob job, ImportRun run, int from, int to) {
        records.await(tx, job.tenant());
        Taken taken = run.take(tx, from, to);
        boolean over = taken.isRefused();
        if (over) {
            records.refuse(tx, job.tenant(), job.record(), taken.refusal(), taken.refusalDetail());
        }
        return keep(tx, job, run, taken, from, over ? run.rows() : to);
    }

    private int fail(Tx tx, ImportJob job, ImportRun run, int row) {
        RowIssue issue = new RowIssue(0, "", ImportIssue.IMPORT_ROW_BROKEN.name(), "");
        Taken failed = Taken.of(0, 0, 0, List.of(run.failed(row, issue)));
        return keep(tx, job, run, failed, row, row + 1);
    }

    private int keep(Tx tx, ImportJob job, ImportRun run, Taken taken, int from, int to) {
        ImportCounts counts =
                new ImportCounts(
                        taken.added(), taken.changed(), taken.unchanged(), taken.failed().size());
        records.addStep(tx, job.tenant(), job.record(), counts, taken.failed());
        if (!store.advance(tx, job, from, to, tx.at().plus(LEASE))) {
            throw new ImportJobLost(job);
        }
        if (to >= run.rows()) {
            store.remove(tx, job);
        }
        return to;
    }

    /** Another hub instance has the job, after this one was silent for too long. */
    static final class ImportJobLost extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        ImportJobLost(ImportJob job) {
            super("import " + job.record() + " is not held by " + job.holder() + " any more");
        }
    }
}
