package io.invigil.acceptance.browser;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.invigil.testkit.browser.Journey;
import java.nio.file.Path;

/** Somebody of a school or of the body at the centre's pages. */
final class HubDesk {
    private final Page page;
    private final String url;
    private String plan = "";

    HubDesk(Page page, String url) {
        this.page = page;
        this.url = url;
    }

    void login(String login) {
        page.navigate(url + "/login");
        page.fill("#f-login", login);
        page.fill("#f-password", login + "-practice-2026");
        page.keyboard().press("Enter");
        page.waitForURL(address -> !address.contains("/login"));
    }

    void open(String path) {
        page.navigate(url + path);
        Journey.visible(page, "main");
    }

    /** Opens the list of plans and the only one there; remembers where it is. */
    void openPlan() {
        open("/plans");
        Locator link = Journey.visible(page, "main table a[href^='/plans/'], main a.card");
        plan = link.getAttribute("href");
        link.click();
        page.waitForURL("**" + plan);
    }

    /** A page below the plan, such as {@code /scores}. */
    void openOfPlan(String path) {
        open(plan + path);
    }

    Path download(String link, Path to) {
        Download download = page.waitForDownload(() -> Journey.visible(page, link).click());
        download.saveAs(to);
        return to;
    }

    /** Uploads by the form's own button and waits for the record of what came of it. */
    void upload(String field, Path file) {
        page.setInputFiles(field, file);
        page.locator("form:has(" + field + ") button[type=submit]").click();
        page.waitForURL(address -> address.matches(".*/imports/[0-9]+"));
    }

    /** Sends the form and waits for the words of success. */
    void send(String form) {
        Journey.visible(page, form + " button[type=submit]").click();
        Journey.visible(page, "#notices .notice-success");
    }

    /** Number on one of the cards of an import's record, from 0: added, changed, same, failed. */
    String figure(int card) {
        return page.locator(".figure").nth(card).innerText();
    }

    Page page() {
        return page;
    }
}
