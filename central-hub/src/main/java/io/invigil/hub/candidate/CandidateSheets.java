package io.invigil.hub.candidate;

import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.sheet.RowIssue;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.sheet.SheetWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Workbooks of candidates: template, export, failed rows. Stateless and thread-safe. */
public final class CandidateSheets {
    private final SheetWriter writer = new SheetWriter();

    /**
     * The import template, optionally with rows.
     *
     * @param rows cells in the order of {@link CandidateImport#columns}
     * @param notes how to fill it in, shown on a second sheet
     */
    public void template(
            OutputStream out,
            CandidateImport.Mode mode,
            Iterable<List<String>> rows,
            List<String> notes)
            throws IOException {
        writer.write(
                out, CandidateColumns.SHEET, CandidateImport.columns(mode), rows, "填写说明", notes);
    }

    /**
     * Candidates in the columns of the template, so that a changed export can be imported.
     *
     * @param shown what the reader may see of each
     */
    static ListSheet<Candidate> export(UnaryOperator<Candidate> shown) {
        ListSheet<Candidate> sheet = new ListSheet<>(CandidateColumns.SHEET);
        for (SheetColumn column : CandidateImport.columns(CandidateImport.Mode.ADD)) {
            sheet.column(column, one -> cell(shown.apply(one), column.name()));
        }
        return sheet;
    }

    private static String cell(Candidate one, String column) {
        return switch (column) {
            case CandidateColumns.NAME -> one.name();
            case CandidateColumns.PINYIN -> one.pinyin();
            case CandidateColumns.ID_NUMBER -> one.idNumber();
            case CandidateColumns.MOBILE -> one.mobile();
            case CandidateColumns.MAJOR -> one.major();
            case CandidateColumns.PROGRAMME_LEVEL -> one.programmeLevel();
            case CandidateColumns.ENROLMENT_YEAR ->
                    one.enrolmentYear() == 0 ? "" : Integer.toString(one.enrolmentYear());
            case CandidateColumns.TYPE -> one.type();
            case CandidateColumns.MAIL -> one.mail();
            default -> throw new IllegalArgumentException("no cell for " + column);
        };
    }

    /**
     * The failed rows as the same sheet with a reason column.
     *
     * @param text an issue in the reader's language
     */
    public void failed(
            OutputStream out,
            List<SheetColumn> columns,
            List<FailedRow> failed,
            Function<RowIssue, String> text)
            throws IOException {
        List<SheetColumn> widened = new ArrayList<>(columns);
        widened.add(new SheetColumn(CandidateColumns.REASON, false, 60));
        List<List<String>> rows = new ArrayList<>();
        for (FailedRow row : failed) {
            List<String> cells = new ArrayList<>(row.cells());
            while (cells.size() < columns.size()) {
                cells.add("");
            }
            cells.add(String.join("；", row.issues().stream().map(text).toList()));
            rows.add(cells);
        }
        writer.write(out, CandidateColumns.SHEET, widened, rows, "", List.of());
    }
}
