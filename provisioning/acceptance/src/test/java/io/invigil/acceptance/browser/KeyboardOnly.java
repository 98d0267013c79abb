package io.invigil.acceptance.browser;

import com.microsoft.playwright.Page;

/** Somebody without a mouse: goes with Tab until the thing wanted has the focus. */
final class KeyboardOnly {
    static final int TABS_MAX = 80;

    private final Page page;

    KeyboardOnly(Page page) {
        this.page = page;
    }

    /** Fails when so many presses do not get there: then it cannot be reached by keyboard. */
    void tabTo(String selector) {
        for (int presses = 0; presses < TABS_MAX; presses++) {
            boolean there =
                    (Boolean)
                            page.evaluate(
                                    "selector => document.activeElement.matches(selector)",
                                    selector);
            if (there) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError(
                "not reached by " + TABS_MAX + " tabs: " + selector + " at " + page.url());
    }

    void press(String key) {
        page.keyboard().press(key);
    }

    void type(String text) {
        page.keyboard().type(text);
    }
}
