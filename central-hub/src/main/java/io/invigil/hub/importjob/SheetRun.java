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

/** A workbook whose rows were read once and are kept packed until they are taken. */
public final class SheetRun implements ImportRun {
    /** Column of failed rows; ignored when such a sheet comes back corrected. */
    public static final String REASON = "失败原因";

    private final SheetWork work;
    private final RowSpool rows;

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
        return work.take(tx, rows.read(from, to), from == 0);
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
        // the rows are in memory only
    }
}
