package io.invigil.exam.paper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Places interactions and pictures in an item's sanitised body. Pure. */
public final class ItemBody {
    private static final Pattern PLACE =
            Pattern.compile("<(div|span) data-interaction=\"([^\"]+)\"></\\1>");
    private static final Pattern ASSET = Pattern.compile(" src=\"asset:([^\"]+)\"");
    private static final String ATTRIBUTE = " data-interaction=\"";

    private ItemBody() {}

    /**
     * The body as HTML for a page.
     *
     * @param interactionHtml HTML of an interaction, escaped by the caller
     * @param assetUrl address of an asset by its name; inserted escaped
     */
    public static String render(
            Item item,
            Function<Interaction, String> interactionHtml,
            Function<String, String> assetUrl) {
        String markup = withAssets(item.body(), assetUrl);
        return PLACE.matcher(markup)
                .replaceAll(
                        place ->
                                Matcher.quoteReplacement(
                                        interactionHtml.apply(
                                                item.interaction(place.group(2)).orElseThrow())));
    }

    /** Any markup without placeholders, such as a prompt or an option, with its pictures. */
    public static String withAssets(Xhtml xhtml, Function<String, String> assetUrl) {
        return ASSET.matcher(xhtml.markup())
                .replaceAll(
                        src ->
                                Matcher.quoteReplacement(
                                        " src=\""
                                                + XhtmlFilter.escape(assetUrl.apply(src.group(1)))
                                                + "\""));
    }

    /** Names of the assets that the markup shows. */
    public static Set<String> assetsIn(Xhtml xhtml) {
        Set<String> names = new HashSet<>();
        Matcher matcher = ASSET.matcher(xhtml.markup());
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** Text is written with quotes escaped, so the attribute cannot be confused with text. */
    static boolean placesExactly(Xhtml body, List<String> responseIdentifiers) {
        List<String> placed = new ArrayList<>();
        Matcher matcher = PLACE.matcher(body.markup());
        while (matcher.find()) {
            placed.add(matcher.group(2));
        }
        int attributes = body.markup().split(ATTRIBUTE, -1).length - 1;
        return attributes == placed.size()
                && placed.size() == responseIdentifiers.size()
                && new HashSet<>(placed).size() == placed.size()
                && new HashSet<>(placed).equals(new HashSet<>(responseIdentifiers));
    }
}
