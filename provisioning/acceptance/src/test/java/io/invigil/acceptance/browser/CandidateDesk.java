package io.invigil.acceptance.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.invigil.provisioning.demo.SampleExam;
import io.invigil.testkit.browser.Journey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A candidate at one machine of the room. */
final class CandidateDesk {
    private static final String SAVED = "#save-state[data-tone=two], #save-state[data-tone=one]";

    private static final String KEPT =
            """
            async () => {
              const names = [];
              for (const name of await caches.keys()) {
                const files = await (await caches.open(name)).keys();
                names.push(...files.map((file) => new URL(file.url).pathname));
              }
              const request = indexedDB.open("invigil-page");
              await new Promise((resolve) => { request.onsuccess = resolve; });
              const database = request.result;
              const all = database.objectStoreNames.contains("rows")
                ? database.transaction(["rows"]).objectStore("rows").getAllKeys() : null;
              if (all !== null) {
                await new Promise((resolve) => { all.onsuccess = resolve; });
                names.push(...all.result);
              }
              database.close();
              return names;
            }
            """;

    private final Page page;

    CandidateDesk(Page page) {
        this.page = page;
    }

    void login(String url, SampleExam.Seat seat) {
        page.navigate(url + "/login");
        page.fill("#f-number", seat.admissionNumber());
        page.fill("#f-pin", seat.pin());
        page.keyboard().press("Enter");
        Journey.visible(page, "[data-exam-state]");
    }

    /** Ticks the rules and starts, once the proctor has let people start. */
    void start() {
        Journey.visible(page, "input[name=rules]").check();
        page.click("form[action='/exam/start'] button[type=submit]");
        awaitPaper();
    }

    void takeOver() {
        Journey.visible(page, "form[action='/exam/takeover'] button[type=submit]").click();
        awaitPaper();
    }

    void reload() {
        page.reload();
        awaitPaper();
    }

    private void awaitPaper() {
        Journey.visible(page, "#exam .item:not([hidden])");
    }

    /** Opens the first item with such a control; returns the item's id. */
    String open(String control) {
        String id =
                (String)
                        page.evaluate(
                                "control => [...document.querySelectorAll('.item')].find(item =>"
                                    + " item.querySelector('.item-body ' + control)).dataset.item",
                                control);
        show(id);
        return id;
    }

    private void show(String item) {
        page.click(".grid-link[data-target='" + item + "']");
        Journey.visible(page, item(item));
    }

    void choose(String item, int... options) {
        Locator boxes = page.locator(item(item) + " [data-response]");
        for (int option : options) {
            boxes.nth(option).check();
        }
    }

    void type(String item, String text) {
        page.locator(item(item) + " [data-response]").first().fill(text);
    }

    /** Waits until the page says that what is typed is kept. */
    String awaitSaved() {
        Journey.visible(page, SAVED);
        return page.innerText("#save-text");
    }

    /** What stands in the controls of the items, in the order of the page. */
    Map<String, List<String>> shown(List<String> items) {
        Map<String, List<String>> shown = new LinkedHashMap<>();
        for (String item : items) {
            @SuppressWarnings("unchecked")
            List<String> values =
                    (List<String>)
                            page.evaluate(
                                    "item => [...document.querySelectorAll(item + "
                                            + "' [data-response]')].filter(c => c.checked"
                                            + " || !['radio', 'checkbox'].includes(c.type))"
                                            + ".map(c => c.value)",
                                    item(item));
            shown.put(item, values);
        }
        return shown;
    }

    /** Hands in through the question; returns the receipt's code. */
    String handIn() {
        page.click("#hand-in-open");
        Journey.visible(page, "#hand-in-dialog[open]");
        page.click("#hand-in-confirm");
        return Journey.visible(page, ".receipt-code").innerText();
    }

    private static String item(String id) {
        return ".item[data-item='" + id + "']";
    }

    Page page() {
        return page;
    }

    /** Waits until the machine could show this page without the server. */
    void awaitKept() {
        // not by waitForFunction, which takes the promise of an answer for a yes
        Awaitility.await()
                .pollInSameThread()
                .atMost(Duration.ofMinutes(1))
                .until(() -> kept().contains("page"));
    }

    /** Names of all rows and addresses of all cached files of the page kept on the machine. */
    @SuppressWarnings("unchecked")
    List<String> kept() {
        return (List<String>) page.evaluate(KEPT);
    }

    /** Every record of the browser's store as text. */
    @SuppressWarnings("unchecked")
    List<String> keptOnTheMachine() {
        return (List<String>)
                page.evaluate(
                        """
                        () => new Promise((resolve, reject) => {
                          const request = indexedDB.open("invigil-answers");
                          request.onerror = () => reject(request.error);
                          request.onsuccess = () => {
                            const all = request.result.transaction("held").objectStore("held").getAll();
                            all.onsuccess = () => {
                              request.result.close();
                              resolve(all.result.map((row) => JSON.stringify(row)
                                + new TextDecoder().decode(row.data)));
                            };
                          };
                        })
                        """);
    }
}
