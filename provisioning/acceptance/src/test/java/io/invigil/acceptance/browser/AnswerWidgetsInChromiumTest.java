package io.invigil.acceptance.browser;

import static io.invigil.acceptance.browser.WidgetPages.DRAWING;
import static io.invigil.acceptance.browser.WidgetPages.ESSAY;
import static io.invigil.acceptance.browser.WidgetPages.FILES;
import static io.invigil.acceptance.browser.WidgetPages.MATCH;
import static io.invigil.acceptance.browser.WidgetPages.ORDER;
import static io.invigil.acceptance.browser.WidgetPages.POINT;
import static io.invigil.acceptance.browser.WidgetPages.SOUND;
import static io.invigil.acceptance.browser.WidgetPages.SPOTS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.invigil.appliance.i18n.Language;
import io.invigil.exam.paper.Interaction;
import io.invigil.testkit.browser.Journey;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The controls of items that are more than a choice, worked by keyboard alone: ordering, matching,
 * answered on paper (source 000, step 7: 已线下作答), areas, points and strokes on a picture.
 */
@Isolated("a browser and what it looks at fill two processors")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AnswerWidgetsInChromiumTest {
    private WidgetPages pages;
    private Journey journey;

    @BeforeAll
    void start() throws Exception {
        pages = new WidgetPages();
        journey = pages.journey;
    }

    @AfterAll
    void stop() {
        if (pages != null) {
            pages.close();
        }
    }

    private Page page(Interaction... interactions) {
        return pages.page(interactions);
    }

    private Page page(Language language, ColorScheme colours, Interaction... interactions) {
        return pages.page(language, colours, interactions);
    }

    private static String read(Page page, String item) {
        return (String) page.evaluate("id => JSON.stringify(window.read(id))", item);
    }

    @Test
    void anOrderIsMadeByKeyboardAndCountsOnlyOnceTouched() {
        Page page = page(ORDER);
        KeyboardOnly keys = new KeyboardOnly(page);
        assertThat(read(page, "Q-O")).isEqualTo("{}");
        keys.tabTo("li[data-value=A] [data-move=down]");
        keys.press("Enter");
        assertThat(read(page, "Q-O")).isEqualTo("{\"O\":[\"B\",\"A\",\"C\"]}");
        keys.press("Enter");
        assertThat(read(page, "Q-O")).as("focus went along").contains("\"B\",\"C\",\"A\"");
        page.evaluate("() => window.write('Q-O', {})");
        assertThat(read(page, "Q-O")).isEqualTo("{}");
        keys.tabTo("[data-order-keep]");
        keys.press("Enter");
        assertThat(read(page, "Q-O")).contains("\"B\",\"C\",\"A\"");
        page.evaluate("() => window.write('Q-O', { O: ['C', 'A', 'B'] })");
        assertThat(read(page, "Q-O")).contains("\"C\",\"A\",\"B\"");
    }

    @Test
    void sourcesAreMatchedByKeyboard() {
        Page page = page(MATCH);
        KeyboardOnly keys = new KeyboardOnly(page);
        keys.tabTo("select[data-source=S1]");
        keys.press("ArrowDown");
        keys.press("ArrowDown");
        keys.tabTo("select[data-source=S2]");
        keys.press("ArrowDown");
        assertThat(read(page, "Q-M")).isEqualTo("{\"M\":[\"S1 T2\",\"S2 T1\"]}");
        page.evaluate("() => window.write('Q-M', { M: ['S2 T3'] })");
        assertThat(read(page, "Q-M")).isEqualTo("{\"M\":[\"S2 T3\"]}");
    }

    @Test
    void anAnswerOnPaperLeavesTheWordsOfTheSourceInTheBox() {
        Page page = page(ESSAY);
        KeyboardOnly keys = new KeyboardOnly(page);
        keys.tabTo("[data-on-paper]");
        keys.press("Enter");
        assertThat(read(page, "Q-E")).isEqualTo("{\"E\":[\"已线下作答\"]}");
        keys.tabTo("[data-on-paper]");
        keys.press("Enter");
        assertThat(read(page, "Q-E")).isEqualTo("{}");
        page.fill("textarea", "已经写了一半");
        page.click("[data-on-paper]");
        page.click("[data-on-paper]");
        assertThat(read(page, "Q-E")).as("nothing typed is lost").contains("已经写了一半");
    }

    @Test
    void areasOfAPictureAreChosenByKeyboardAndByClickingOnThem() {
        Page page = page(SPOTS);
        KeyboardOnly keys = new KeyboardOnly(page);
        keys.tabTo("input[value=F]");
        keys.press(" ");
        assertThat(read(page, "Q-H")).isEqualTo("{\"H\":[\"F\"]}");
        page.click("circle[data-spot]");
        assertThat(read(page, "Q-H")).isEqualTo("{\"H\":[\"F\",\"L\"]}");
        assertThat(page.locator(".surface-area.is-chosen").count()).isEqualTo(2);
        page.evaluate("() => window.write('Q-H', { H: ['W'] })");
        assertThat(page.locator("polygon.is-chosen").count()).isEqualTo(1);
        assertThat(read(page, "Q-H")).isEqualTo("{\"H\":[\"W\"]}");
    }

    @Test
    void pointsAreSetAndTakenAwayByKeyboardUpToTheirNumber() {
        Page page = page(POINT);
        KeyboardOnly keys = new KeyboardOnly(page);
        keys.tabTo(".picture-answer svg");
        keys.press("ArrowLeft");
        keys.press("Shift+ArrowUp");
        keys.press(" ");
        assertThat(read(page, "Q-P")).isEqualTo("{\"P\":[\"307 179\"]}");
        keys.press(" ");
        assertThat(read(page, "Q-P")).as("the same place again").isEqualTo("{}");
        page.evaluate("() => window.write('Q-P', { P: ['1 1', '99 99'] })");
        keys.press("Enter");
        assertThat(read(page, "Q-P")).as("two at most").contains("99 99").doesNotContain("307");
        keys.tabTo("[data-surface-do=undo]");
        keys.press("Enter");
        assertThat(read(page, "Q-P")).isEqualTo("{\"P\":[\"1 1\"]}");
        page.locator(".picture-answer svg").click(new Locator.ClickOptions().setPosition(320, 180));
        assertThat(read(page, "Q-P")).contains("320 180");
    }

    @Test
    void aDrawingIsMadeByKeyboardAndByMouse() {
        Page page = page(DRAWING);
        KeyboardOnly keys = new KeyboardOnly(page);
        keys.tabTo(".picture-answer svg");
        keys.press(" ");
        keys.press("ArrowRight");
        keys.press(" ");
        keys.press("ArrowDown");
        assertThat(read(page, "Q-D")).isEqualTo("{\"D\":[\"320,180 333,180\"]}");
        BoundingBox box = page.locator(".picture-answer svg").boundingBox();
        page.mouse().move(box.x + 100, box.y + 100);
        page.mouse().down();
        page.mouse().move(box.x + 150, box.y + 100);
        page.mouse().up();
        page.mouse().move(box.x + 300, box.y + 300);
        assertThat(read(page, "Q-D")).contains("\"100,100 150,100\"]");
        page.click("[data-surface-do=clear]");
        assertThat(read(page, "Q-D")).isEqualTo("{}");
        page.evaluate("() => window.write('Q-D', { D: ['1,1 2,2'] })");
        assertThat(page.locator("polyline").count()).isEqualTo(1);
    }

    private static final String LISTENING =
            """
            async () => {
              const { mediaControls } = await import("/delivery/media.js");
              window.asked = [];
              window.reach = true;
              let count = 0;
              await mediaControls(document.getElementById("exam"), {
                plays: async () => ({ outcome: "ok", value: { plays: { "Q-S/S": count } } }),
                play: async (play) => {
                  window.asked.push(play.play);
                  if (!window.reach) {
                    return { outcome: "unreachable" };
                  }
                  count = play.play;
                  return { outcome: "ok", value: { plays: { "Q-S/S": count } } };
                },
              });
            }
            """;

    @Test
    void aSoundIsPlayedByKeyboardAsOftenAsTheNodeCounts() {
        Page page = page(SOUND);
        page.evaluate(LISTENING);
        KeyboardOnly keys = new KeyboardOnly(page);
        keys.tabTo("[data-media-play]");
        assertThat(page.textContent(".media-said")).contains("还可播放 2 次");
        page.evaluate("() => { window.reach = false; }");
        keys.press("Enter");
        page.waitForFunction(
                "() => document.querySelector('.media-said').textContent.includes('连不上')");
        assertThat(page.textContent(".media-said")).as("not counted").contains("还可播放 2 次");
        page.evaluate("() => { window.reach = true; }");
        keys.press("Enter");
        page.waitForFunction("() => document.querySelector('audio').ended");
        keys.press("Enter");
        page.waitForFunction(
                "() => window.asked.length === 3 && document.querySelector('audio').ended");
        page.waitForFunction("() => document.querySelector('[data-media-play]').disabled");
        assertThat(page.textContent(".media-said")).contains("播放次数已用完");
        assertThat(page.evaluate("() => window.asked.join()")).isEqualTo("1,1,2");
        assertThat(read(page, "Q-S")).as("no answer of its own").isEqualTo("{}");
    }

    private static FilePayload payload(String name, int bytes) {
        return new FilePayload(name, "application/pdf", "%".repeat(bytes).getBytes(UTF_8));
    }

    @Test
    void filesWaitOnTheMachineUntilTheNodeHasThem() {
        Page page = page(FILES);
        KeyboardOnly keys = new KeyboardOnly(page);
        keys.tabTo("[data-files] input[type=file]");
        page.setInputFiles(
                "input[type=file]",
                new FilePayload[] {
                    payload("报告/1.pdf", 10),
                    payload("too large.pdf", 2_001),
                    payload("second.pdf", 11),
                    payload("third.pdf", 12)
                });
        page.waitForFunction("() => window.changes === 1");
        assertThat(read(page, "Q-F"))
                .contains("blob:", " 10 ", "1.pdf", "second.pdf")
                .doesNotContain("third", "large", "/");
        assertThat(page.locator(".file-said").textContent()).contains("third.pdf");
        // unreachable first: nothing is saved and the bytes stay; then both go before the answer
        Object sent =
                page.evaluate(
                        """
                        async () => {
                          const calls = [];
                          let there = false;
                          const api = {
                            upload: async (item, bytes) => {
                              calls.push(`${item} ${bytes.byteLength}`);
                              return { outcome: there ? "ok" : "unreachable" };
                            },
                            save: async () => { calls.push("save"); return { outcome: "saved" }; },
                          };
                          const save = { item: "Q", response: window.read("Q-F") };
                          const first = await window.sender(await window.again(), api)(save);
                          there = true;
                          const later = await window.sender(await window.again(), api)(save);
                          const last = await window.sender(await window.again(), api)(save);
                          return [first, later, last].map((o) => o.outcome).concat(calls).join(",");
                        }
                        """);
        assertThat(sent).isEqualTo("unreachable,saved,saved,Q 10,Q 10,Q 11,save,save");
        keys.tabTo("[data-file-remove]");
        keys.press("Enter");
        assertThat(read(page, "Q-F")).contains("second.pdf").doesNotContain("1.pdf");
    }

    private static final String WATCHING =
            """
            async () => {
              const { Watch } = await import("/delivery/watch.js");
              window.signals = [];
              window.reach = true;
              const cover = document.createElement("div");
              cover.id = "cover";
              cover.innerHTML = "<button>x</button>";
              document.body.append(cover);
              new Watch({
                rules: { leaving: "RECORDED", fullScreen: true, clipboard: false },
                lease: 3,
                send: async (signal) => {
                  window.signals.push(signal);
                  return { outcome: "ok" };
                },
                reachable: () => window.reach,
                noticed: () => {},
                cover,
              }).start();
            }
            """;

    @Test
    void leavingPastingAndFullScreenAreToldOnceWithHowLongTheyLasted() {
        Page page = page(ESSAY);
        page.evaluate(WATCHING);
        assertThat(page.isVisible("#cover")).as("full screen is asked for").isTrue();
        page.evaluate("() => document.getElementById('cover').remove()");
        leave(page);
        page.waitForFunction("() => window.signals.length === 1");
        page.evaluate("() => { window.reach = false; }");
        leave(page);
        page.waitForFunction("() => window.signals.length === 2");
        assertThat(page.evaluate("() => window.signals.map((s) => s.kind + s.reached + s.lease)"))
                .isEqualTo(List.of("LEFTtrue3", "LEFTfalse3"));
        assertThat((Boolean) page.evaluate("() => window.signals[0].lastedMillis >= 400")).isTrue();
        page.evaluate(
                "() => document.querySelector('textarea').dispatchEvent("
                        + "new ClipboardEvent('paste', { bubbles: true, cancelable: true }))");
        page.waitForFunction("() => window.signals.at(-1).kind === 'PASTE'");
        assertThat(journey.scriptErrors()).isEmpty();
    }

    private static void leave(Page page) {
        page.evaluate(
                """
                () => new Promise((resolve) => {
                  window.dispatchEvent(new Event("blur"));
                  setTimeout(() => { window.dispatchEvent(new Event("focus")); resolve(); }, 500);
                })
                """);
    }

    @Test
    void axeFindsNothingWrong() {
        for (Language language : Language.values()) {
            for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page =
                        page(
                                language, colours, ORDER, MATCH, ESSAY, SPOTS, POINT, DRAWING,
                                FILES, SOUND);
                page.evaluate(LISTENING);
                page.evaluate(
                        "() => { window.write('Q-F', { F: ['blob:"
                                + "0".repeat(64)
                                + " 90000 实验报告.pdf'] }); window.write('Q-H', { H: ['F'] });"
                                + " window.write('Q-P', { P: ['240 180'] });"
                                + " window.write('Q-D', { D: ['60,180 150,120 300,90'] }); }");
                page.focus("[data-surface=D] svg");
                journey.picture(page, "widgets-" + language.tag() + "-" + colours);
                List<Rule> wrong = new AxeBuilder(page).analyze().getViolations();
                assertThat(wrong).extracting(Rule::getId, Rule::getNodes).isEmpty();
            }
        }
        assertThat(journey.scriptErrors()).isEmpty();
    }
}
