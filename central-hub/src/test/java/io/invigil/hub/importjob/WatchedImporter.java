package io.invigil.hub.importjob;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.sheet.RowIssue;
import java.io.IOException;

/** An importer whose steps are watched, or disturbed, before and after they are carried out. */
final class WatchedImporter implements Importer {
    private final Importer inner;
    private final Watch before;
    private final Watch after;

    /** Told of a step inside its transaction. */
    interface Watch {
        Watch NONE = (tx, from, to) -> {};

        void step(Tx tx, int from, int to);
    }

    WatchedImporter(Importer inner, Watch before, Watch after) {
        this.inner = inner;
        this.before = before;
        this.after = after;
    }

    @Override
    public Opening open(ImportOrder order, ImportFile file) throws IOException {
        return inner.open(order, file) instanceof Opening.Opened opened
                ? new Opening.Opened(new Run(opened.run()))
                : inner.open(order, file);
    }

    private final class Run implements ImportRun {
        private final ImportRun run;

        Run(ImportRun run) {
            this.run = run;
        }

        @Override
        public int rows() {
            return run.rows();
        }

        @Override
        public int rowsAtOnce() {
            return run.rowsAtOnce();
        }

        @Override
        public Taken take(Tx tx, int from, int to) {
            before.step(tx, from, to);
            Taken taken = run.take(tx, from, to);
            after.step(tx, from, to);
            return taken;
        }

        @Override
        public FailedRow failed(int row, RowIssue issue) {
            return run.failed(row, issue);
        }

        @Override
        public void close() throws IOException {
            run.close();
        }
    }
}
