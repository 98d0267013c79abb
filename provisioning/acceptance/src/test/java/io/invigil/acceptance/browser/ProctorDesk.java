package io.invigil.acceptance.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.invigil.testkit.browser.Journey;
import java.util.List;

/** A proctor at the room's page: only what a hand can do there. */
final class ProctorDesk {
    private static final List<String> PHASES =
            List.of("PREPARING", "READY", "CHECK_IN", "RUNNING", "CLOSED");

    private final Page page;

    ProctorDesk(Page page) {
        this.page = page;
    }

    /** Logs in and opens the only exam of the room's server. */
    void openRoom(String url) {
        page.navigate(url + "/staff");
        page.fill("#f-login", "proctor");
        page.fill("#f-password", "proctor-practice-2026");
        page.keyboard().press("Enter");
        Journey.visible(page, "a.card[href^='/room/']").click();
        Journey.visible(page, ".seat[data-sitting]");
    }

    /** Waits until the room says that it has its papers: the button to open them is gone. */
    void awaitPapers() {
        Journey.gone(page, "#open-papers");
    }

    /** Presses the phase's button and confirms; the next phase is reached when this returns. */
    void advance(String phase) {
        String item = "#phases li:nth-child(" + (PHASES.indexOf(phase) + 1) + ")";
        Journey.visible(page, item + " button").click();
        confirm();
        Journey.visible(page, item + ".is-now");
    }

    /** Ends the exam: types the number of those who still sit, as the question asks. */
    void closeRoom() {
        String item = "#phases li:nth-child(" + PHASES.size() + ")";
        Journey.visible(page, item + " button").click();
        String asked = Journey.visible(page, "#dialog[open] #dialog-body p").innerText();
        page.fill("#d-count", asked.replaceAll("\\D+", " ").trim());
        confirm();
        Journey.visible(page, item + ".is-now");
    }

    /** Finds a person by number, looks at the photo, confirms. */
    void checkIn(String admissionNumber) {
        page.fill("#f-number", admissionNumber);
        page.keyboard().press("Enter");
        Journey.visible(page, "#dialog[open] .person img");
        confirm();
    }

    /** Opens the seat and gives its person more time. */
    void giveMinutes(long sitting, int minutes, String reason) {
        tile(sitting, "seat-working").click();
        Journey.visible(page, "#dialog[open] #dialog-body button:has-text('补时')").click();
        page.fill("#d-minutes", String.valueOf(minutes));
        page.fill("#d-reason", reason);
        confirm();
    }

    /** State of a sitting as its tile shows it, such as {@code seat-working}. */
    Locator tile(long sitting, String state) {
        return Journey.visible(page, ".seat." + state + "[data-sitting='" + sitting + "']");
    }

    private void confirm() {
        Journey.visible(page, "#dialog[open] #dialog-buttons button[type=submit]").click();
        Journey.gone(page, "#dialog[open]");
    }

    Page page() {
        return page;
    }
}
