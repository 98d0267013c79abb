package io.invigil.hub.importjob;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.sheet.RowIssue;
import io.invigil.hub.sheet.RowSpool;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.sheet.SheetReader;
import io.invigil.hub.sheet.SheetReading;
import io.invigil.hub.sheet.SheetRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A workbook whose rows were read once and are kept packed until they are taken. While the database
 * works on a step, a second thread unpacks the rows of the next.
 */
public final class SheetRun implements ImportRun {
    /** Column of failed rows; ignored when such a sheet comes back corrected. */
    public static final String REASON = "失败原因";

    private final SheetWork work;
    private final RowSpool rows;
    private final ExecutorService reader =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("import-ahead").daemon(true).factory());
    private Optional<Ahead> ahead = Optional.empty();

    /** Rows that are being unpacked. */
    private record Ahead(int from, int to, Future<List<SheetRow>> rows) {}

    private SheetRun(SheetWork work, RowSpool rows) {
        this.work = work;
        this.rows = rows;
    }

    /** Reads the workbook, or refuses it. */
    public static Importer.Opening open(SheetWork work, Path file) throws IOException {
        RowSpool spool = new RowSpool(work.columns());
        Optional<SheetReading.Refused> refused =
                new SheetReader(work.columns(), work.ignored())
                        .read(
                                file,
                                row -> {
                                    work.seen(row);
                                    return spool.add(row);
                                });
        return refused.<Importer.Opening>map(
                        one -> new Importer.Opening.Refused(one.code().name(), one.detail()))
                .orElseGet(() -> new Importer.Opening.Opened(new SheetRun(work, spool)));
    }

    @Override
    public int rows() {
        return rows.size();
    }

    @Override
    public int rowsAtOnce() {
        return work.rowsAtOnce();
    }

    @Override
    public Taken take(Tx tx, int from, int to) {
        List<SheetRow> taken = unpacked(from, to);
        int end = Math.min(rows.size(), to + (to - from));
        if (end > to && rowsAtOnce() != ALL_AT_ONCE) {
            ahead = Optional.of(new Ahead(to, end, reader.submit(() -> unpack(to, end))));
        }
        return work.take(tx, taken, from == 0);
    }

    private List<SheetRow> unpack(int from, int to) {
        List<SheetRow> read = rows.read(from, to);
        work.ahead(read);
        return read;
    }

    /** Those unpacked ahead when they are these: after a rollback others may be asked for. */
    private List<SheetRow> unpacked(int from, int to) {
        Optional<Ahead> held = ahead.filter(one -> one.from() == from && one.to() == to);
        ahead = Optional.empty();
        if (held.isEmpty()) {
            return rows.read(from, to);
        }
        try {
            return held.get().rows().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while rows were unpacked", e);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("rows cannot be unpacked", failure);
        }
    }

    @Override
    public FailedRow failed(int row, RowIssue issue) {
        SheetRow read = rows.read(row, row + 1).get(0);
        return failed(
                work.columns(),
                read,
                List.of(new RowIssue(read.number(), issue.column(), issue.code(), issue.detail())));
    }

    /** A row as it stood in the file, in the template's order, with why it was not taken. */
    public static FailedRow failed(List<SheetColumn> columns, SheetRow row, List<RowIssue> issues) {
        List<String> cells =
                columns.stream().map(column -> row.cell(column.name()).text()).toList();
        return new FailedRow(row.number(), cells, issues);
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
