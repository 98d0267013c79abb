package io.invigil.hub.listing;

import io.invigil.appliance.web.Visit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a list was asked for: the filter's fields, the page, the ticked rows. Immutable.
 *
 * <p>How a list is made, all in one way:
 *
 * <ol>
 *   <li>The page's handler reads {@link #of(Visit, String...)} from the URL, asks its store for
 *       {@code offset()} and {@link ListView#ROWS_PER_PAGE} rows and for the count, and gives the
 *       template a {@link ListView}.
 *   <li>The template shows its filter as {@code <form class="filter" method="get">} with inputs of
 *       the same names, and its table inside {@code @template.listing.frame(visit = visit, list =
 *       list, actions = @`…`, content = @`<table>…`)}; each row that may be ticked begins with
 *       {@code @template.listing.tick(visit = visit, id = …, name = …)}. The frame brings paging,
 *       the export button with its counting dialog, and a form that sends ticks and filter by POST.
 *   <li>The export's handler, {@code POST <path>/export}, reads {@link #sent(Visit, String...)},
 *       asks its store for {@link #ticked()} or, when nothing is ticked, for the filter, and
 *       answers with {@link ListSheet#reply}.
 * </ol>
 *
 * @param fields the filter's fields in the order of their declaration; empty texts where not given
 * @param page from 0
 * @param ticked ids of ticked rows, at most {@link #TICKED_MAX}; empty when none are
 */
public record ListQuery(Map<String, String> fields, int page, List<Long> ticked) {
    public static final int PAGE_MAX = 100_000;
    public static final int TICKED_MAX = 2_000;
    public static final int FIELD_CHARS_MAX = 200;

    public ListQuery {
        fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        ticked = List.copyOf(ticked);
    }

    /** From the URL of a page. */
    public static ListQuery of(Visit visit, String... names) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : names) {
            fields.put(name, bounded(visit.query(name).orElse("")));
        }
        int page =
                visit.queryNumber("page")
                        .filter(number -> number <= PAGE_MAX)
                        .orElse(0L)
                        .intValue();
        return new ListQuery(fields, page, List.of());
    }

    /** From the form that the list's frame sends, with ticked rows. */
    public static ListQuery sent(Visit visit, String... names) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : names) {
            fields.put(name, bounded(visit.form().text(name)));
        }
        List<Long> ticked =
                visit.form().numbers("row").stream()
                        .filter(id -> id > 0)
                        .distinct()
                        .limit(TICKED_MAX)
                        .toList();
        return new ListQuery(fields, 0, ticked);
    }

    private static String bounded(String text) {
        return text.length() > FIELD_CHARS_MAX ? text.substring(0, FIELD_CHARS_MAX) : text;
    }

    /** The field's text, empty when not given. */
    public String text(String name) {
        return fields.getOrDefault(name, "");
    }

    /** The field as a positive whole number. */
    public Optional<Long> number(String name) {
        return Optional.of(text(name))
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .filter(number -> number > 0);
    }

    /** The field as one of the type's constants; empty when not given or unknown. */
    public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> one.name().equals(text(name)))
                .findFirst();
    }

    public int offset() {
        return page * ListView.ROWS_PER_PAGE;
    }

    public boolean hasTicks() {
        return !ticked.isEmpty();
    }

    /** Whether an export takes the row: when it is ticked, or when none is. */
    public boolean keeps(long id) {
        return ticked.isEmpty() || ticked.contains(id);
    }

    /** The filter as a query string, without the page; empty fields are left out. */
    public String address() {
        return fields.entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
