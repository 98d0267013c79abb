package io.invigil.hub.print;

import io.invigil.hub.grid.GridBook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which characters of prints no font has, and where they stand; asked before anything is printed.
 * Thread-safe.
 */
public final class PrintCheck {
    /** Places named for one character. */
    public static final int PLACES_MAX = 20;

    private final PdfFonts fonts;

    public PrintCheck(PdfFonts fonts) {
        this.fonts = fonts;
    }

    /**
     * A character that cannot be printed.
     *
     * @param code such as U+20BB7
     * @param places texts of cells in which it stands, at most {@link #PLACES_MAX}
     */
    public record Unprintable(String character, String code, List<String> places) {}

    /** Empty when everything can be printed. */
    public List<Unprintable> check(Iterable<GridBook> books) {
        Map<String, List<String>> places = new LinkedHashMap<>();
        for (GridBook book : books) {
            String whole = book.text();
            for (String character : fonts.missing(whole)) {
                List<String> named = places.computeIfAbsent(character, c -> new ArrayList<>());
                whole.lines()
                        .filter(line -> line.contains(character) && !named.contains(line))
                        .limit(Math.max(0, PLACES_MAX - named.size()))
                        .forEach(named::add);
            }
        }
        List<Unprintable> all = new ArrayList<>();
        places.forEach(
                (character, named) ->
                        all.add(
                                new Unprintable(
                                        character,
                                        String.format(
                                                Locale.ROOT, "U+%04X", character.codePointAt(0)),
                                        List.copyOf(named))));
        return all;
    }
}
