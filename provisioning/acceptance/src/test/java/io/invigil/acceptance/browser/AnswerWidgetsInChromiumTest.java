package io.invigil.acceptance.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.i18n.Language;
import io.invigil.appliance.i18n.Texts;
import io.invigil.exam.file.FileKind;
import io.invigil.exam.paper.Area;
import io.invigil.exam.paper.Cardinality;
import io.invigil.exam.paper.FileUpload;
import io.invigil.exam.paper.Interaction;
import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.MediaClip;
import io.invigil.exam.paper.PictureInteraction;
import io.invigil.exam.paper.PictureInteraction.Spot;
import io.invigil.exam.paper.PictureInteraction.Surface;
import io.invigil.exam.paper.Xhtml;
import io.invigil.site.SiteTexts;
import io.invigil.site.delivery.ItemHtml;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The controls of items that are more than a choice, worked by keyboard alone: ordering, matching,
 * answered on paper (source 000, step 7: 已线下作答), areas, points and strokes on a picture.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AnswerWidgetsInChromiumTest {
    private static final String ORIGIN = "https://widgets.invalid/";

    private static final String STYLES =
            List.of("tokens", "base", "controls", "frame", "parts", "states").stream()
                    .map(name -> "<link rel=\"stylesheet\" href=\"/appliance/" + name + ".css\">")
                    .collect(Collectors.joining());

    private Chromium chromium;
    private Journey journey;

    @BeforeAll
    void start() throws Exception {
        Path home = Files.createDirectories(Path.of("target", "widgets-home").toAbsolutePath());
        chromium = Chromium.startTrustingNobody(home);
        journey = new Journey(chromium, "answer-widgets");
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private Page page(Interaction... interactions) {
        return page(Language.ZH_CN, ColorScheme.LIGHT, interactions);
    }

    private Page page(Language language, ColorScheme colours, Interaction... interactions) {
        Texts texts =
                I18n.load(ItemHtml.class.getClassLoader(), ZoneOffset.UTC, SiteTexts.BUNDLES)
                        .texts(language);
        ItemHtml html = new ItemHtml(name -> name, ItemHtml.Texts.of(texts::text));
        String sections =
                List.of(interactions).stream()
                        .map(AnswerWidgetsInChromiumTest::item)
                        .map(
                                item ->
                                        "<section class=\"item\" data-item=\""
                                                + item.id()
                                                + "\">"
                                                + html.body(item)
                                                + "</section>")
                        .collect(Collectors.joining());
        String document =
                """
                <!doctype html><html lang="zh-CN" data-scheme="system"><head><title>题</title>
                <meta name="viewport" content="width=device-width">
                %s
                <link rel="stylesheet" href="/delivery/exam.css"></head>
                <body><main class="exam" id="exam"><h1>题</h1>%s</main>
                <script type="module" src="/start.js"></script></body></html>
                """
                        .formatted(STYLES, sections);
        String start =
                """
                import { answerButtons, readResponse, writeResponse } from "/delivery/responses.js";
                import { fileControls, FileShelf, sendWithFiles } from "/delivery/files.js";
                const raw = crypto.getRandomValues(new Uint8Array(32));
                const key = await crypto.subtle.importKey(
                  "raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
                window.again = () => FileShelf.open({ key, scope: "s" });
                window.shelf = await window.again();
                window.sender = sendWithFiles;
                window.read = (id) => readResponse(document.querySelector(`[data-item=${id}]`));
                window.write = (id, r) => writeResponse(document.querySelector(`[data-item=${id}]`), r);
                window.changes = 0;
                answerButtons(document.getElementById("exam"), () => { window.changes += 1; });
                fileControls(document.getElementById("exam"), window.shelf, () => { window.changes += 1; });
                """;
        Page page = journey.machine(language.tag(), colours);
        page.route(ORIGIN + "**", route -> answer(route, document, start));
        page.navigate(ORIGIN);
        page.waitForFunction("() => window.changes === 0");
        return page;
    }

    private static void answer(Route route, String document, String start) {
        String path = route.request().url().substring(ORIGIN.length());
        String type =
                path.endsWith(".js")
                        ? "text/javascript"
                        : path.endsWith(".css") ? "text/css" : "text/html; charset=utf-8";
        if (path.startsWith("sound.wav")) {
            route.fulfill(
                    new Route.FulfillOptions().setContentType("audio/wav").setBodyBytes(silence()));
            return;
        }
        if (path.endsWith(".svg")) {
            route.fulfill(
                    new Route.FulfillOptions().setContentType("image/svg+xml").setBody(PICTURE));
            return;
        }
        String body = path.isEmpty() ? document : path.equals("start.js") ? start : resource(path);
        route.fulfill(new Route.FulfillOptions().setContentType(type).setBody(body));
    }

    private static String resource(String path) {
        try (InputStream in = ItemHtml.class.getClassLoader().getResourceAsStream("web/" + path)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(path, unreadable);
        }
    }

    private static Item item(Interaction interaction) {
        boolean written = interaction.byHand();
        return new Item(
                "Q-" + interaction.responseIdentifier(),
                "",
                Xhtml.sanitised(
                                "<p>题干</p>"
                                        + Xhtml.placeholder(interaction.responseIdentifier(), true))
                        .orElseThrow(),
                List.of(interaction),
                BigDecimal.ONE,
                !written);
    }

    private static Interaction.Option option(String id, String text) {
        return new Interaction.Option(id, Xhtml.ofText(text), false);
    }

    private static final Interaction ORDER =
            new Interaction.Ordering(
                    "O",
                    Xhtml.ofText("按操作先后排序"),
                    false,
                    List.of(option("A", "验电"), option("B", "断开低压电源"), option("C", "挂牌上锁")));
    private static final Interaction MATCH =
            new Interaction.Matching(
                    "M",
                    Xhtml.ofText("将物理量与单位匹配"),
                    false,
                    List.of(option("S1", "电压"), option("S2", "电流")),
                    List.of(option("T1", "安培"), option("T2", "伏特"), option("T3", "欧姆")));
    private static final String PICTURE =
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><rect width="640"
            height="360" fill="#fff"/><path d="M60 180H200M280 180H420M500 180H580M60 180V320H580V180"
            stroke="#333" stroke-width="4" fill="none"/><rect x="200" y="150" width="80" height="60"
            fill="none" stroke="#333" stroke-width="4"/><circle cx="460" cy="180" r="40" fill="none"
            stroke="#333" stroke-width="4"/></svg>
            """;
    private static final Surface SURFACE = new Surface("circuit.svg", "电路图", 640, 360);
    private static final Interaction SPOTS =
            new PictureInteraction.Hotspots(
                    "H",
                    Xhtml.ofText("选出图中的两个元件"),
                    SURFACE,
                    Cardinality.MULTIPLE,
                    0,
                    2,
                    List.of(
                            new Spot("F", Area.parse("rect 200,150,280,210"), "左边的方框"),
                            new Spot("L", Area.parse("circle 460,180,40"), ""),
                            new Spot("W", Area.parse("poly 60,300,580,300,580,340,60,340"), "")),
                    false);
    private static final Interaction POINT =
            new PictureInteraction.SelectPoint(
                    "P", Xhtml.ofText("标出保险丝的位置"), SURFACE, Cardinality.MULTIPLE, 0, 2, false);
    private static final Interaction DRAWING =
            new PictureInteraction.Drawing("D", Xhtml.ofText("画出开关的接线"), SURFACE);
    private static final Interaction SOUND =
            new MediaClip("S", Xhtml.ofText("请听录音，回答下面的问题"), "sound.wav", false, 2);
    private static final Interaction FILES =
            new FileUpload("F", Xhtml.ofText("上传实验报告"), Set.of(FileKind.PDF), 2_000, 2);
    private static final Interaction ESSAY =
            new Interaction.ExtendedText("E", Xhtml.ofText("简述步骤"), 4, 4_000);

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

    /** A tenth of a second of silence. */
    private static byte[] silence() {
        int bytes = 1_600;
        ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(UTF_8)).putInt(36 + bytes).put("WAVEfmt ".getBytes(UTF_8));
        wav.putInt(16).putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000);
        wav.putShort((short) 2).putShort((short) 16).put("data".getBytes(UTF_8)).putInt(bytes);
        return wav.array();
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
