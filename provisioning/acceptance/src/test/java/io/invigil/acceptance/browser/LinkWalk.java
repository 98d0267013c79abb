package io.invigil.acceptance.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Follows every link that a signed-in person is shown, from page to page, once for each kind of
 * page: two plans' pages are one kind. What is a file and no page is left where it is.
 */
final class LinkWalk {
    private static final int PAGES_MAX = 200;
    private static final Pattern CHANGING = Pattern.compile("/[^/]*[0-9%][^/]*");
    private static final Pattern NO_PAGE =
            Pattern.compile(
                    "/(preferences|assets|logout)/?.*|.*\\.(pdf|xlsx|zip|csv|png|json|seb)");

    private final Page page;
    private final String url;
    private final AxeWalk axe;
    private final Set<String> kinds = new TreeSet<>();

    LinkWalk(Page page, String url) {
        this.page = page;
        this.url = url;
        this.axe = new AxeWalk(page, url);
    }

    /** Starts at the page of entry and ends when every link leads to a kind of page seen before. */
    LinkWalk walk() {
        Deque<String> open = new ArrayDeque<>(List.of("/"));
        while (!open.isEmpty() && kinds.size() < PAGES_MAX) {
            String path = open.poll();
            if (!kinds.add(kind(path)) || !opens(path)) {
                continue;
            }
            axe.look(path);
            for (Object link :
                    (List<?>)
                            page.evaluate(
                                    "[...document.querySelectorAll('a[href]:not([download])')]"
                                            + ".map(a => a.href)")) {
                URI target = URI.create(link.toString());
                boolean ours = target.toString().startsWith(url + "/");
                if (ours && !NO_PAGE.matcher(target.getPath()).matches()) {
                    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
                    open.add(target.getRawPath() + query);
                }
            }
        }
        return this;
    }

    /** Two addresses of one kind differ in parts with digits and in what was asked for only. */
    private static String kind(String path) {
        return CHANGING.matcher(path.replaceFirst("\\?.*", "")).replaceAll("/*");
    }

    private boolean opens(String path) {
        try {
            page.navigate(url + path);
            return page.locator("main").count() > 0;
        } catch (PlaywrightException file) {
            if (file.getMessage().contains("Download is starting")) {
                return false;
            }
            throw file;
        }
    }

    /** Kinds of pages that were looked at. */
    Set<String> kinds() {
        return Set.copyOf(kinds);
    }

    /** Serious and critical findings, with page and place. */
    List<String> found() {
        return axe.found();
    }
}
