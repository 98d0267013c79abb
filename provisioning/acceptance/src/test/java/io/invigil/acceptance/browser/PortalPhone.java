package io.invigil.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.invigil.testkit.browser.AxeWalk;
import io.invigil.testkit.browser.Journey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A candidate at the portal with a phone, by keyboard alone. */
final class PortalPhone {
    private static final int WIDTH = 390;
    private static final int HEIGHT = 844;
    private static final int TRIES_MAX = 4;
    private static final String PASSWORD = "three words nobody guesses";
    private static final Pattern FIRST = Pattern.compile("考生编号 (\\w+)，初始密码 (\\w+)，");

    private final Journey journey;
    private final String hub;
    private final List<String> found = new ArrayList<>();

    PortalPhone(Journey journey, String hub) {
        this.journey = journey;
        this.hub = hub;
    }

    /** The school opens the account; the message waits in the outbox, for there is no gateway. */
    Matcher opened(HubDesk clerk, String name) {
        Page page = clerk.page();
        clerk.open("/portal-accounts?q=" + name);
        page.check("input[name=row] >> nth=0");
        journey.picture(page, "portal-accounts");
        page.click("button[value=OPEN]");
        Journey.visible(page, "#notices .notice-success");
        clerk.open("/outbox");
        page.click("main tbody tr >> nth=0 >> a");
        page.click("form[action$='/text'] button");
        Matcher first = FIRST.matcher(Journey.visible(page, ".audit-fields").innerText());
        assertThat(first.find()).isTrue();
        return first;
    }

    /** From the first password to tickets, results and a request. */
    void walk(String number, String first) {
        Page phone = journey.machine("zh-CN", ColorScheme.LIGHT);
        phone.setViewportSize(WIDTH, HEIGHT);
        KeyboardOnly keys = new KeyboardOnly(phone);
        phone.navigate(hub + "/portal");
        keys.tabTo("#f-login");
        keys.type(number);
        keys.tabTo("#f-password");
        keys.type(first);
        look(phone, "portal-login");
        keys.press("Enter");
        phone.waitForURL("**/account/password");
        keys.tabTo("#f-current");
        keys.type(first);
        keys.tabTo("#f-fresh");
        keys.type(PASSWORD);
        keys.tabTo("#f-again");
        keys.type(PASSWORD);
        keys.press("Enter");
        phone.waitForURL("**/portal/exams");
        look(phone, "portal-exams");
        keys.tabTo("a[href^='/portal/tickets/']");
        assertThat(phone.waitForDownload(() -> keys.press("Enter")).suggestedFilename())
                .endsWith(".pdf");
        open(phone, "/portal/data", "portal-data");
        open(phone, "/portal/requests", "portal-requests");
        keys.tabTo("#f-wanted");
        keys.type("王小㛃");
        keys.tabTo("#f-statement");
        keys.type("录入时用了同音字");
        keys.tabTo("form[action$='/correction'] button");
        keys.press("Enter");
        Journey.visible(phone, "#notices .notice-success");
        look(phone, "portal-request-sent");
        phone.click("a[hreflang=en]");
        Journey.visible(phone, "html[lang=en]");
        open(phone, "/portal/exams", "portal-exams-english");
        open(phone, "/portal/requests", "portal-requests-english");
        boolean wide =
                (Boolean)
                        phone.evaluate(
                                "document.documentElement.scrollWidth > window.innerWidth + 1");
        assertThat(wide).as("nothing is wider than the phone").isFalse();
        Page stranger = journey.machine("zh-CN", ColorScheme.DARK);
        stranger.setViewportSize(WIDTH, HEIGHT);
        open(stranger, "/portal/recover", "portal-recover-dark");
        stranger.fill("#f-number", number);
        stranger.keyboard().press("Enter");
        Journey.visible(stranger, "#f-code");
        look(stranger, "portal-code-dark");
    }

    /**
     * Checks in with the code of the room's screen, at first with one of another room.
     *
     * @param code of the own room's screen, read anew each time
     */
    void arrive(String number, String first, String otherCode, Supplier<String> code) {
        Page phone = journey.machine("zh-CN", ColorScheme.LIGHT);
        phone.setViewportSize(WIDTH, HEIGHT);
        phone.navigate(hub + "/portal/check-in");
        phone.fill("#f-login", number);
        phone.fill("#f-password", first);
        phone.keyboard().press("Enter");
        phone.waitForURL("**/account/password");
        phone.fill("#f-current", first);
        phone.fill("#f-fresh", PASSWORD);
        phone.fill("#f-again", PASSWORD);
        phone.keyboard().press("Enter");
        phone.waitForURL("**/portal/exams");
        open(phone, "/portal/check-in", "portal-check-in");
        claim(phone, otherCode);
        look(phone, "portal-check-in-waits");
        Journey.visible(phone, "main .notice-warning");
        look(phone, "portal-check-in-other-room");
        boolean here = false;
        for (int tries = 0; !here && tries < TRIES_MAX; tries++) {
            // a code that changes on its way is typed again, as a candidate would
            claim(phone, code.get());
            Journey.visible(phone, "main .notice-warning, main .notice-success");
            here = phone.locator("main .notice-success").count() > 0;
        }
        assertThat(here).isTrue();
        look(phone, "portal-check-in-done");
        phone.click("a[hreflang=en]");
        Journey.visible(phone, "html[lang=en]");
        open(phone, "/portal/check-in", "portal-check-in-english");
    }

    private static void claim(Page phone, String code) {
        KeyboardOnly keys = new KeyboardOnly(phone);
        keys.tabTo("main input[name=code]");
        keys.type(code);
        keys.press("Enter");
        Journey.visible(phone, "main [id^=claim-]");
    }

    private void open(Page page, String path, String picture) {
        page.navigate(hub + path);
        Journey.visible(page, "main");
        look(page, picture);
    }

    private void look(Page page, String picture) {
        journey.picture(page, picture);
        AxeWalk axe = new AxeWalk(page, hub).look(picture);
        found.addAll(axe.found());
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        journey.picture(page, picture + "-d");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    /** Serious and critical findings of axe-core. */
    List<String> found() {
        return List.copyOf(found);
    }
}
