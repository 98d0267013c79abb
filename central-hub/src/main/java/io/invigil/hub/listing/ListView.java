package io.invigil.hub.listing;

import java.util.List;

/**
 * One page of a list as the frame {@code listing/frame.jte} shows it.
 *
 * @param path the list's own address; its export is {@code POST <path>/export}
 * @param total rows of the filter over all pages
 * @param shown rows on this page
 * @param exports whether this visitor may export
 */
public record ListView(ListQuery query, String path, long total, int shown, boolean exports) {
    public static final int ROWS_PER_PAGE = 50;

    /** The rows of the asked page, of a list that is held whole. */
    public static <R> List<R> page(ListQuery query, List<R> all) {
        return all.stream().skip(query.offset()).limit(ROWS_PER_PAGE).toList();
    }

    public long first() {
        return total == 0 ? 0 : (long) query.page() * ROWS_PER_PAGE + 1;
    }

    public long last() {
        return (long) query.page() * ROWS_PER_PAGE + shown;
    }

    public boolean hasPrevious() {
        return query.page() > 0;
    }

    public boolean hasNext() {
        return last() < total;
    }

    /** Address of another page under the same filter. */
    public String page(int number) {
        String filter = query.address();
        return path + "?" + (filter.isEmpty() ? "" : filter + "&") + "page=" + number;
    }
}
