package io.invigil.testkit.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Check;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Goes from page to page as whoever is signed in there and lets axe-core look at each, in light and
 * in dark, for what keeps people out. Works for the room's pages and for the centre's.
 */
public final class AxeWalk {
    private static final Set<String> GRAVE = Set.of("serious", "critical");

    private static final List<String> COLOUR = List.of("color-contrast", "link-in-text-block");

    /** Colours that are still changing are no finding. */
    private static final String STILL =
            """
            async () => {
              await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
              await Promise.all(document.getAnimations()
                .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime))
                .map((one) => one.finished.catch(() => null)));
            }
            """;

    private final Page page;
    private final String url;
    private final List<String> found = new ArrayList<>();
    private int looks;

    /**
     * @param url of the server, without a path
     */
    public AxeWalk(Page page, String url) {
        this.page = page;
        this.url = url;
    }

    /** Opens these pages one after the other. */
    public AxeWalk visit(String... paths) {
        for (String path : paths) {
            in(ColorScheme.LIGHT);
            page.navigate(url + path);
            Journey.visible(page, "body");
            look(path);
        }
        return this;
    }

    /** Looks at the page as it stands, such as with a dialog open. */
    public AxeWalk look(String name) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            in(scheme);
            page.evaluate(STILL);
            for (Rule rule : axe(scheme).analyze().getViolations()) {
                if (GRAVE.contains(rule.getImpact())) {
                    found.add(name + " " + scheme + ": " + rule.getId() + " at " + places(rule));
                }
            }
            looks++;
        }
        return this;
    }

    /**
     * All rules in light; in dark those of colour, for nothing else changes with the scheme. Legacy
     * mode spares a second page for each look; what it leaves out, frames of other origins, these
     * pages have none of.
     */
    private AxeBuilder axe(ColorScheme scheme) {
        AxeBuilder axe = new AxeBuilder(page).setLegacyMode(true);
        return scheme == ColorScheme.LIGHT ? axe : axe.withRules(COLOUR);
    }

    private void in(ColorScheme scheme) {
        page.emulateMedia(
                new Page.EmulateMediaOptions()
                        .setColorScheme(scheme)
                        .setReducedMotion(ReducedMotion.REDUCE));
    }

    private static String places(Rule rule) {
        return rule.getNodes().stream()
                .map(node -> node.getHtml() + " (" + why(node) + ")")
                .limit(3)
                .collect(Collectors.joining(" | "));
    }

    private static String why(CheckedNode node) {
        return node.getAny().stream().map(Check::getMessage).collect(Collectors.joining("; "));
    }

    /** Serious and critical findings, with page and place. */
    public List<String> found() {
        return List.copyOf(found);
    }

    /** How many looks there were; a walk of none shows nothing. */
    public int looks() {
        return looks;
    }
}
