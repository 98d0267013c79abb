package io.invigil.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.invigil.protocol.json.Json;
import io.invigil.provisioning.demo.DemoCommand;
import io.invigil.provisioning.demo.DemoSettings;
import io.invigil.provisioning.demo.DemoWorld;
import io.invigil.provisioning.demo.HubAnswer;
import io.invigil.provisioning.demo.HubSitting;
import io.invigil.provisioning.demo.NodeProcess;
import io.invigil.provisioning.demo.SampleExam;
import io.invigil.provisioning.doctor.DoctorCommand;
import io.invigil.testkit.browser.Chromium;
import io.invigil.testkit.browser.Journey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;

/**
 * A sitting in a real browser while the room's line to the centre is down from before the check-in
 * until after the hand-in: what people see, and what the centre holds afterwards.
 */
@Isolated("a browser and what it looks at fill two processors")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class CandidateSittingInChromiumTest {
    // one more than a room seats, so that both servers have somebody to serve
    private static final int PEOPLE = 33;
    private static final Duration UNTIL_START = Duration.ofSeconds(40);
    private static final String ESSAY = "先断开低压电源，再等待五分钟。“验电”㛃𠮷\n第二段";

    private DemoWorld world;
    private Chromium chromium;
    private Journey journey;
    private ProctorDesk proctor;
    private SampleExam.Seat mouse;
    private SampleExam.Seat keyboard;
    private String room;
    private final Map<String, List<String>> mouseAnswers = new HashMap<>();
    private final Map<String, List<String>> keyboardAnswers = new HashMap<>();

    @BeforeAll
    void startTheExamDay() throws Exception {
        Path directory = Path.of("target", "demo-candidate-sitting").toAbsolutePath();
        world =
                new DemoWorld(
                        new DemoSettings(
                                directory,
                                PEOPLE,
                                UNTIL_START,
                                DemoCommand.DatabaseKind.derby,
                                DemoCommand.BrokerKind.embedded,
                                false));
        world.start();
        NodeProcess node = world.nodes().getFirst();
        Path home = Files.createDirectories(directory.resolve("browser"));
        chromium = Chromium.start(home, Journey.pem(node.authority(), directory.resolve("ca.pem")));
        journey = new Journey(chromium, "candidate-sitting");
        world.publish();
        world.hub().ask("release");
        room = "https://localhost:" + node.httpsPort();
        List<SampleExam.Seat> seats =
                world.sample().seats().stream()
                        .filter(seat -> seat.room().equals(node.node().room()))
                        .toList();
        mouse = seats.get(0);
        keyboard = seats.get(1);
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (world != null) {
            world.close();
        }
    }

    /** Issue 3, part 8: {@code invigil doctor} of a running node, with the line up. */
    @Test
    @Order(0)
    void theDoctorFindsTheRoomFitBeforeTheDayBegins() {
        StringWriter out = new StringWriter();
        Path config =
                Path.of("target", "demo-candidate-sitting")
                        .resolve(world.nodes().getFirst().node().name())
                        .resolve("site.yaml");
        int code =
                new CommandLine(new DoctorCommand())
                        .setOut(new PrintWriter(out, true))
                        .execute("--config=" + config, "--lang=en", "--json");
        assertThat(code).as("0 well, 1 warnings: one disk, no camera").isLessThanOrEqualTo(2);
        assertThat(out.toString())
                .contains("HUB_REACHED", "BROKER_REACHED", "CLOCK_LEVEL", "PACKAGES_SOUND");
    }

    @Test
    @Order(1)
    void aProctorChecksInAndStartsWhileTheLineIsDown() throws InterruptedException {
        proctor = new ProctorDesk(journey.machine("zh-CN", ColorScheme.LIGHT));
        proctor.openRoom(room);
        proctor.advance("READY");
        proctor.awaitPapers();
        world.cutLines();
        proctor.advance("CHECK_IN");
        proctor.checkIn(mouse.admissionNumber());
        proctor.checkIn(keyboard.admissionNumber());
        proctor.tile(mouse.sitting(), "seat-checked_in");
        proctor.tile(keyboard.sitting(), "seat-checked_in");
        long untilStart = Duration.between(Instant.now(), world.sample().start()).toMillis();
        Thread.sleep(Math.max(0, untilStart) + 500);
        proctor.advance("RUNNING");
        journey.picture(proctor.page(), "proctor-running");
    }

    @Test
    @Order(2)
    void answersSurviveAReloadAndAnotherMachine() {
        CandidateDesk first = new CandidateDesk(journey.machine("zh-CN", ColorScheme.LIGHT));
        first.login(room, mouse);
        assertThat(first.page().innerText(".exam-wait"))
                .contains(mouse.name(), mouse.admissionNumber())
                .doesNotContain(mouse.idNumber());
        journey.picture(first.page(), "candidate-own-data");
        first.start();
        List<String> items = answerOneOfEachKind(first);
        journey.picture(first.page(), "candidate-answered");
        Map<String, List<String>> typed = first.shown(items);
        assertThat(typed.get(items.get(1))).hasSize(2);
        assertThat(typed.get(items.get(3))).containsExactly(ESSAY);
        first.reload();
        assertThat(first.shown(items)).isEqualTo(typed);
        proctor.giveMinutes(mouse.sitting(), 5, "更换键盘");
        assertThat(Journey.visible(first.page(), "#exam-alert:not([hidden])").innerText())
                .contains("增加了 5 分钟");

        CandidateDesk second = new CandidateDesk(journey.machine("zh-CN", ColorScheme.DARK));
        second.login(room, mouse);
        journey.picture(second.page(), "second-machine-question");
        second.takeOver();
        assertThat(second.shown(items)).isEqualTo(typed);
        assertThat(Journey.visible(first.page(), "#exam-alert:not([hidden])").innerText())
                .contains("不能再保存");
        journey.picture(first.page(), "first-machine-locked-out");
        second.open("input[type=radio]");
        second.choose(items.get(0), 2);
        assertThat(second.awaitSaved()).contains("已保存");
        journey.picture(second.page(), "second-machine-dark");
        mouseAnswers.putAll(second.shown(items));
        assertThat(mouseAnswers.get(items.get(0))).isNotEqualTo(typed.get(items.get(0)));
        assertThat(second.handIn()).matches("[0-9]+(-[0-9A-F]{4}){4}");
        journey.picture(second.page(), "receipt-dark");
        proctor.tile(mouse.sitting(), "seat-handed_in");
    }

    private static List<String> answerOneOfEachKind(CandidateDesk desk) {
        List<String> items = new ArrayList<>();
        items.add(desk.open("input[type=radio]"));
        desk.choose(items.get(0), 1);
        items.add(desk.open("input[type=checkbox]"));
        desk.choose(items.get(1), 0, 2);
        items.add(desk.open("input[type=text]"));
        desk.type(items.get(2), "绝缘手套");
        items.add(desk.open("textarea"));
        desk.type(items.get(3), ESSAY);
        assertThat(desk.awaitSaved()).contains("已保存");
        return items;
    }

    @Test
    @Order(3)
    void aSittingNeedsNoMouseAndSpeaksEnglish() {
        Page page = journey.machine("zh-CN", ColorScheme.DARK);
        KeyboardOnly keys = new KeyboardOnly(page);
        page.navigate(room + "/login");
        keys.tabTo("a[hreflang=en], a[lang=en], button[lang=en]");
        keys.press("Enter");
        Journey.visible(page, "html[lang=en] #f-number:focus");
        keys.type(keyboard.admissionNumber());
        keys.tabTo("#f-pin");
        keys.type(keyboard.pin());
        journey.picture(page, "login-english-dark");
        keys.press("Enter");
        Journey.visible(page, "input[name=rules]");
        journey.picture(page, "start-english-dark");
        keys.tabTo("input[name=rules]");
        keys.press("Space");
        keys.tabTo("form[action='/exam/start'] button");
        keys.press("Enter");
        String item = Journey.visible(page, ".item:not([hidden])").getAttribute("data-item");
        keys.tabTo(".item:not([hidden]) [data-response]");
        keys.press("Space");
        keys.press("ArrowDown");
        CandidateDesk desk = new CandidateDesk(page);
        assertThat(desk.awaitSaved()).contains("Saved");
        keys.tabTo("#next");
        keys.press("Enter");
        Journey.visible(page, ".item:not([hidden]):not([data-item='" + item + "'])");
        journey.picture(page, "test-english-dark");
        keyboardAnswers.putAll(desk.shown(List.of(item)));
        assertThat(keyboardAnswers.get(item)).hasSize(1);
        keys.tabTo("#hand-in-open");
        keys.press("Enter");
        Journey.visible(page, "#hand-in-dialog[open]");
        keys.tabTo("#hand-in-confirm");
        keys.press("Enter");
        Journey.visible(page, ".receipt-code");
        journey.picture(page, "receipt-english-dark");
    }

    @Test
    @Order(4)
    void theCentreHoldsTheLastAnswersOnceTheLineIsMended() {
        world.mendLines();
        Path file = world.directory().resolve("hub-answers.jsonl");
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> handedInAtCentre(file, mouse) && handedInAtCentre(file, keyboard));
        assertThat(mouseAnswers).hasSize(4);
        assertThat(lastAnswers(file, mouse)).isEqualTo(mouseAnswers);
        assertThat(lastAnswers(file, keyboard)).isEqualTo(keyboardAnswers);
        assertThat(journey.scriptErrors()).isEmpty();
    }

    /** Whether the centre knows of the hand-in; before that it may not know the sitting at all. */
    private boolean handedInAtCentre(Path file, SampleExam.Seat seat) throws Exception {
        world.hub().ask("export " + file);
        return read(file, seat).flatMap(HubSitting::answersDigest).isPresent();
    }

    private static Optional<HubSitting> read(Path file, SampleExam.Seat seat) throws Exception {
        for (String line : Files.readAllLines(file)) {
            HubSitting sitting = Json.mapper().readValue(line, HubSitting.class);
            if (sitting.sitting() == seat.sitting()) {
                return Optional.of(sitting);
            }
        }
        return Optional.empty();
    }

    /** Item to values, of the last revision that the centre holds. */
    private static Map<String, List<String>> lastAnswers(Path file, SampleExam.Seat seat) {
        try {
            Map<String, Long> revisions = new HashMap<>();
            Map<String, List<String>> values = new HashMap<>();
            for (HubAnswer answer : read(file, seat).orElseThrow().answers()) {
                if (answer.revision() > revisions.getOrDefault(answer.item(), 0L)) {
                    revisions.put(answer.item(), answer.revision());
                    List<String> response = new ArrayList<>();
                    for (var each : Json.mapper().readTree(answer.response())) {
                        each.forEach(value -> response.add(value.asText()));
                    }
                    values.put(answer.item(), response);
                }
            }
            return values;
        } catch (Exception unreadable) {
            throw new AssertionError("the centre's export", unreadable);
        }
    }
}
