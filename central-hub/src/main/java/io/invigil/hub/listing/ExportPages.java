package io.invigil.hub.listing;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The rows of an export, read a page at a time while the sheet is written, so that memory does not
 * follow their number. Each page is asked for by the row before it, in a transaction of its own: a
 * row that is there all the while comes once. Iterated once, by one thread.
 *
 * @param <R> a row
 */
public final class ExportPages<R> implements Iterable<R> {
    /** Rows of one page. */
    public static final int PAGE_ROWS = 2_000;

    private final Next<R> next;

    public ExportPages(Next<R> next) {
        this.next = next;
    }

    /** Where the rows come from. */
    @FunctionalInterface
    public interface Next<R> {
        /**
         * The rows after one in the export's order.
         *
         * @param last the row before them; empty for the first page
         * @param limit a page with fewer rows is the last one
         */
        List<R> after(Optional<R> last, int limit);
    }

    @Override
    public Iterator<R> iterator() {
        return new Iterator<>() {
            private Iterator<R> page = List.<R>of().iterator();
            private Optional<R> last = Optional.empty();
            private boolean over;

            @Override
            public boolean hasNext() {
                if (!page.hasNext() && !over) {
                    List<R> rows = next.after(last, PAGE_ROWS);
                    over = rows.size() < PAGE_ROWS;
                    page = rows.iterator();
                }
                return page.hasNext();
            }

            @Override
            public R next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                R row = page.next();
                last = Optional.of(row);
                return row;
            }
        };
    }
}
