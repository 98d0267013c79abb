package io.invigil.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.invigil.provisioning.demo.SamplePerson;
import io.invigil.testkit.browser.Journey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The next exam from a copied plan to the admission ticket, by a body and a school's clerk who have
 * no mouse (domain, sections 2 to 7): only addresses, Tab, Space, Enter and what they type.
 */
final class NextExamByKeyboard {
    private static final DateTimeFormatter AS_TYPED = DateTimeFormatter.ofPattern("MMddyyyy");
    private static final String NUMBER = "K202612010009";

    private final Journey journey;
    private final String hub;
    private final Path directory;
    private String plan = "";

    NextExamByKeyboard(Journey journey, String hub, Path directory) {
        this.journey = journey;
        this.hub = hub;
        this.directory = directory;
    }

    /**
     * @param today in the centre's zone and by the centre's clock
     * @param person nobody whom the centre knows yet
     */
    void prepare(LocalDate today, SamplePerson person) throws IOException {
        Page body = login("body");
        copyThePlan(body, today);
        Page clerk = login("clerk");
        enter(clerk, person);
        takeTheRoomsAgain(clerk);
        register(clerk, person);
        arrange(body);
        for (String format : List.of("pdf", "xlsx")) {
            assertThat(tickets(clerk, format))
                    .singleElement()
                    .asString()
                    .endsWith("." + format)
                    .contains(person.name());
        }
        assertThat(journey.scriptErrors()).isEmpty();
    }

    private Page login(String login) {
        Page page = journey.machine("en", ColorScheme.DARK);
        page.navigate(hub + "/login");
        enterInto(page, "#f-login", login);
        enterInto(page, "#f-password", login + "-practice-2026");
        page.keyboard().press("Enter");
        page.waitForURL(address -> !address.contains("/login"));
        return page;
    }

    private void copyThePlan(Page body, LocalDate firstDay) {
        body.navigate(hub + "/plans");
        follow(body, "main table a[href^='/plans/'], main a.card");
        follow(body, "main a[href$='/copy']");
        enterInto(body, "#f-number", NUMBER);
        enterInto(body, "#f-firstDay", AS_TYPED.format(firstDay));
        assertThat(body.inputValue("#f-firstDay")).isEqualTo(firstDay.toString());
        String before = body.url();
        body.keyboard().press("Enter");
        body.waitForURL(address -> !address.equals(before));
        succeeded(body);
        plan = body.url().replaceFirst("(.*/plans/[0-9]+).*", "$1");
        assertThat(Journey.visible(body, "main").innerText()).contains(NUMBER);
        journey.picture(body, "keyboard-copied-plan");
    }

    private void enter(Page clerk, SamplePerson person) {
        clerk.navigate(hub + "/candidates");
        follow(clerk, "main a[href='/candidates/new']");
        enterInto(clerk, "#f-name", person.name());
        enterInto(clerk, "#f-pinyin", person.pinyin());
        enterInto(clerk, "#f-idNumber", person.idNumber());
        enterInto(clerk, "#f-mobile", person.mobile());
        enterInto(clerk, "#f-major", person.major());
        enterInto(clerk, "#f-programmeLevel", "高职");
        enterInto(clerk, "#f-enrolmentYear", "2024");
        clerk.keyboard().press("Enter");
        succeeded(clerk);
    }

    private void takeTheRoomsAgain(Page clerk) {
        clerk.navigate(plan + "/rooms");
        press(clerk, "form[action$='/rooms/copy'] button[type=submit]");
        assertThat(clerk.locator("main tbody tr").count()).isEqualTo(2);
        journey.picture(clerk, "keyboard-rooms");
        layOutARoom(clerk);
    }

    /** Issue 4 part 4: the seat map by arrow keys and the space bar writes the typed fields. */
    private void layOutARoom(Page clerk) {
        follow(clerk, "main tbody th a");
        new KeyboardOnly(clerk).tabTo("[data-seat-plan] button[tabindex='0']");
        clerk.keyboard().press("ArrowRight");
        clerk.keyboard().press("Space");
        assertThat(clerk.inputValue("#f-broken")).isEqualTo("2");
        assertThat(clerk.innerText("[data-said]")).isEqualTo("Seat 2: Out of use");
        clerk.keyboard().press("Space");
        assertThat(clerk.inputValue("#f-broken")).isEmpty();
        assertThat(clerk.inputValue("#f-accessible")).isEqualTo("2");
        clerk.keyboard().press("ArrowRight");
        clerk.keyboard().press("Space");
        assertThat(clerk.inputValue("#f-broken")).isEqualTo("3");
        journey.picture(clerk, "keyboard-room-map");
        press(clerk, "#f-form button[type=submit]");
    }

    private void register(Page clerk, SamplePerson person) {
        clerk.navigate(plan + "/registrations/new");
        enterInto(clerk, "#f-q", person.idNumber());
        clerk.keyboard().press("Enter");
        clerk.waitForURL(address -> address.contains("q="));
        new KeyboardOnly(clerk).tabTo("input[name=candidates]");
        clerk.keyboard().press("Space");
        press(clerk, "#f-form button[type=submit]");
    }

    private void arrange(Page body) {
        body.navigate(plan + "/arrangement");
        press(body, "form[action$='/arrangement'] button[type=submit]");
        assertThat(body.innerText("main table >> nth=0")).contains("Arranged");
        journey.picture(body, "keyboard-arranged");
        exchangeOnTheMap(body);
    }

    /** Issue 4 part 7: two seats of the map, a candidate's and an empty one. */
    private void exchangeOnTheMap(Page body) {
        follow(body, "main table a[href*='/arrangement/']");
        follow(body, "main a[href$='/change']");
        String empty = "input[name=pick][value$='-0']";
        new KeyboardOnly(body).tabTo("input[name=pick]:not([value$='-0'])");
        body.keyboard().press("Space");
        new KeyboardOnly(body).tabTo(empty);
        body.keyboard().press("Space");
        assertThat(body.innerText("[data-chosen]")).contains("↔", "Empty");
        journey.picture(body, "keyboard-seat-choice");
        press(body, "form[data-seat-choice] button[type=submit]");
        assertThat(body.locator("input[name=pick]:not([value$='-0'])").count()).isPositive();
    }

    /** Names of the files in the zip of all tickets. */
    private List<String> tickets(Page clerk, String format) throws IOException {
        clerk.navigate(plan + "/arrangement");
        new KeyboardOnly(clerk).tabTo("a[href$='/prints/tickets?as=" + format + "']");
        Download download = clerk.waitForDownload(() -> clerk.keyboard().press("Enter"));
        Path zip = directory.resolve("tickets-" + format + ".zip");
        download.saveAs(zip);
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }

    private static void follow(Page page, String link) {
        new KeyboardOnly(page).tabTo(link);
        String before = page.url();
        page.keyboard().press("Enter");
        page.waitForURL(address -> !address.equals(before));
        Journey.visible(page, "main h1");
    }

    private static void press(Page page, String button) {
        new KeyboardOnly(page).tabTo(button);
        page.keyboard().press("Enter");
        succeeded(page);
    }

    private static void succeeded(Page page) {
        Journey.visible(page, "#notices .notice-success");
    }

    private static void enterInto(Page page, String field, String text) {
        KeyboardOnly keys = new KeyboardOnly(page);
        keys.tabTo(field);
        keys.type(text);
    }
}
