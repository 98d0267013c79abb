package io.invigil.hub.listing;

import io.invigil.appliance.web.Problem;
import io.invigil.appliance.web.Reply;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.sheet.SheetWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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
    /**
     * Rows of one export: what a sheet of Excel holds below its header. A list that is longer is
     * refused by name and asks for a narrower filter; it never ends silently.
     */
    public static final int ROWS_MAX = 1_048_575;

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

    /** Adds a column of a template, with its star where one belongs. */
    public ListSheet<R> column(SheetColumn column, Function<R, String> cell) {
        columns.add(column);
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
        each(rows).forEach(all::add);
        return all;
    }

    private Iterable<List<String>> each(Iterable<R> rows) {
        return () -> {
            Iterator<R> each = rows.iterator();
            return new Iterator<>() {
                private int at;

                @Override
                public boolean hasNext() {
                    return each.hasNext();
                }

                @Override
                public List<String> next() {
                    R row = each.next();
                    int number = ++at;
                    return cells.stream().map(cell -> cell.apply(row, number)).toList();
                }
            };
        };
    }

    /** Why a list of so many rows is not exported; empty when it is. */
    public static Optional<Reply> refusal(long total) {
        return total > ROWS_MAX
                ? Optional.of(Reply.problem(Problem.of(422, "EXPORT_TOO_LONG", total, ROWS_MAX)))
                : Optional.empty();
    }

    /** The workbook as a download. */
    public Reply reply(Collection<R> rows) {
        return reply(rows.size(), rows);
    }

    /**
     * The workbook of a list that need not fit into memory.
     *
     * @param total of all its rows, counted before
     */
    public Reply reply(long total, ExportPages.Next<R> rows) {
        return reply(total, new ExportPages<>(rows));
    }

    private Reply reply(long total, Iterable<R> rows) {
        return refusal(total)
                .orElseGet(
                        () ->
                                Reply.download(
                                        name + ".xlsx",
                                        XLSX,
                                        out ->
                                                new SheetWriter()
                                                        .write(
                                                                out,
                                                                name,
                                                                columns,
                                                                each(rows),
                                                                "",
                                                                List.of())));
    }
}
