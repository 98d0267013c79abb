package io.invigil.acceptance.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
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
import io.invigil.testkit.browser.Chromium;
import io.invigil.testkit.browser.Journey;
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

/**
 * Pages of single items with the answer page's own scripts and styles, and no server behind them:
 * what the machine shows and keeps, worked in a real browser.
 */
final class WidgetPages implements AutoCloseable {
    private static final String ORIGIN = "https://widgets.invalid/";

    private static final String STYLES =
            List.of("tokens", "base", "controls", "frame", "parts", "states").stream()
                    .map(name -> "<link rel=\"stylesheet\" href=\"/appliance/" + name + ".css\">")
                    .collect(Collectors.joining());

    private static Interaction.Option option(String id, String text) {
        return new Interaction.Option(id, Xhtml.ofText(text), false);
    }

    static final Interaction ORDER =
            new Interaction.Ordering(
                    "O",
                    Xhtml.ofText("按操作先后排序"),
                    false,
                    List.of(option("A", "验电"), option("B", "断开低压电源"), option("C", "挂牌上锁")));
    static final Interaction MATCH =
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
    static final Surface SURFACE = new Surface("circuit.svg", "电路图", 640, 360);
    static final Interaction SPOTS =
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
    static final Interaction POINT =
            new PictureInteraction.SelectPoint(
                    "P", Xhtml.ofText("标出保险丝的位置"), SURFACE, Cardinality.MULTIPLE, 0, 2, false);
    static final Interaction DRAWING =
            new PictureInteraction.Drawing("D", Xhtml.ofText("画出开关的接线"), SURFACE);
    static final Interaction SOUND =
            new MediaClip("S", Xhtml.ofText("请听录音，回答下面的问题"), "sound.wav", false, 2);
    static final Interaction FILES =
            new FileUpload("F", Xhtml.ofText("上传实验报告"), Set.of(FileKind.PDF), 2_000, 2);
    static final Interaction ESSAY =
            new Interaction.ExtendedText("E", Xhtml.ofText("简述步骤"), 4, 4_000);

    final Journey journey;
    private final Chromium chromium;

    WidgetPages() throws Exception {
        Path home = Files.createDirectories(Path.of("target", "widgets-home").toAbsolutePath());
        chromium = Chromium.startTrustingNobody(home);
        journey = new Journey(chromium, "answer-widgets");
    }

    @Override
    public void close() {
        chromium.close();
    }

    Page page(Interaction... interactions) {
        return page(Language.ZH_CN, ColorScheme.LIGHT, interactions);
    }

    Page page(Language language, ColorScheme colours, Interaction... interactions) {
        Texts texts =
                I18n.load(ItemHtml.class.getClassLoader(), ZoneOffset.UTC, SiteTexts.BUNDLES)
                        .texts(language);
        ItemHtml html = new ItemHtml(name -> name, ItemHtml.Texts.of(texts::text));
        String sections =
                List.of(interactions).stream()
                        .map(WidgetPages::item)
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

    /** A tenth of a second of silence. */
    private static byte[] silence() {
        int bytes = 1_600;
        ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(UTF_8)).putInt(36 + bytes).put("WAVEfmt ".getBytes(UTF_8));
        wav.putInt(16).putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000);
        wav.putShort((short) 2).putShort((short) 16).put("data".getBytes(UTF_8)).putInt(bytes);
        return wav.array();
    }
}
