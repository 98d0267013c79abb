package io.invigil.hub.listing;

import io.invigil.appliance.web.Reply;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.sheet.SheetWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The export of a list: its columns in their order, each with what stands in its cells. Column
 * names are those of the source documents and stay Chinese in every language. Built once with
 * {@link #column}, then only read; {@link #reply} may be called by several threads.
 *
 * @param <R> a row of the list
 */
public final class ListSheet<R> {
    /** Rows of one export; a list that is longer asks for a narrower filter. */
    public static final int ROWS_MAX = 200_000;

    /** Media type of a workbook. */
    public static final String XLSX =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final String name;
    private final List<SheetColumn> columns = new ArrayList<>();
    private final List<BiFunction<R, Integer, String>> cells = new ArrayList<>();

    /**
     * @param name of the sheet, and of the file without its ending
     */
    public ListSheet(String name) {
        this.name = name;
    }

    /** Adds a column. */
    public ListSheet<R> column(String header, int widthChars, Function<R, String> cell) {
        columns.add(new SheetColumn(header, false, widthChars));
        cells.add((row, at) -> cell.apply(row));
        return this;
    }

    /** Adds the running number (序号), from 1. */
    public ListSheet<R> numbered(String header) {
        columns.add(new SheetColumn(header, false, 8));
        cells.add((row, at) -> Integer.toString(at));
        return this;
    }

    public List<String> headers() {
        return columns.stream().map(SheetColumn::name).toList();
    }

    /** The rows as cells. */
    public List<List<String>> cells(Collection<R> rows) {
        List<List<String>> all = new ArrayList<>(rows.size());
        int at = 0;
        for (R row : rows) {
            int number = ++at;
            all.add(cells.stream().map(cell -> cell.apply(row, number)).toList());
        }
        return all;
    }

    /** The workbook as a download. */
    public Reply reply(Collection<R> rows) {
        return Reply.download(
                name + ".xlsx",
                XLSX,
                out -> new SheetWriter().write(out, name, columns, cells(rows), "", List.of()));
    }
}
