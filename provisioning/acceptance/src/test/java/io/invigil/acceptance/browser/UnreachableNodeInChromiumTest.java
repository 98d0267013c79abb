package io.invigil.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.invigil.provisioning.demo.DemoWorld;
import io.invigil.provisioning.demo.NodeProcess;
import io.invigil.provisioning.demo.SampleExam;
import io.invigil.testkit.FaultProxy;
import io.invigil.testkit.browser.AxeWalk;
import io.invigil.testkit.browser.Journey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A candidate's page while the room's server cannot be reached, in a real browser behind a cable
 * that can be pulled (domain, section 11; XSP/1 sections 2 and 11; style, "What the people in the
 * room expect").
 */
@Isolated("a browser and what it looks at fill two processors")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class UnreachableNodeInChromiumTest {
    private static final String UNREACHABLE = "#save-state[data-tone=unreachable]";
    private static final String ESSAY = "断网时写下的答案㛃𠮷";

    private CabledRoom day;
    private DemoWorld world;
    private NodeProcess node;
    private FaultProxy cable;
    private Journey journey;
    private ProctorDesk proctor;
    private List<SampleExam.Seat> seats;
    private String room;
    private String overTheCable;

    @BeforeAll
    void startTheExamDay() throws Exception {
        day = new CabledRoom();
        world = day.world;
        node = day.node;
        cable = day.cable;
        journey = day.journey;
        proctor = day.proctor;
        seats = day.seats;
        room = day.room;
        overTheCable = day.overTheCable;
    }

    @AfterAll
    void stop() {
        if (day != null) {
            day.close();
        }
    }

    private CandidateDesk sitting(SampleExam.Seat seat, ColorScheme scheme) {
        return day.sitting(seat, scheme);
    }

    private void pullCable(CandidateDesk desk) {
        cable.unplug();
        assertThat(desk.page().isClosed()).isFalse();
    }

    @Test
    @Order(1)
    void whatIsWrittenWhileTheLineIsCutIsSavedWhenItIsBack() {
        CandidateDesk desk = sitting(seats.get(0), ColorScheme.LIGHT);
        String choice = desk.open("input[type=radio]");
        desk.choose(choice, 1);
        desk.awaitSaved();
        pullCable(desk);
        desk.choose(choice, 2);
        String gap = desk.open("input[type=text]");
        desk.type(gap, "先写的");
        desk.type(gap, "绝缘手套");
        String essay = desk.open("textarea");
        desk.type(essay, ESSAY);
        assertThat(Journey.visible(desk.page(), UNREACHABLE).innerText()).contains("3 题待保存");
        Journey.visible(desk.page(), ".item:not([hidden]) .item-standing:not([hidden])");
        journey.picture(desk.page(), "cut-mid-test");
        assertThat(desk.keptOnTheMachine()).hasSize(3).noneMatch(text -> text.contains("断网"));
        cable.plug();
        desk.awaitSaved();
        Journey.gone(desk.page(), ".grid-link.is-waiting");
        assertThat(desk.keptOnTheMachine()).isEmpty();
        var shown = desk.shown(List.of(choice, gap, essay));
        desk.reload();
        assertThat(desk.shown(List.of(choice, gap, essay))).isEqualTo(shown);
        assertThat(shown.get(essay)).containsExactly(ESSAY);
    }

    @Test
    @Order(2)
    void aBrowserThatCrashesWhileTheLineIsCutLosesNothing() {
        CandidateDesk desk = sitting(seats.get(1), ColorScheme.LIGHT);
        String essay = desk.open("textarea");
        desk.type(essay, "第一稿");
        desk.awaitSaved();
        pullCable(desk);
        desk.type(essay, ESSAY);
        Journey.visible(desk.page(), UNREACHABLE);
        Page again = desk.page().context().newPage();
        desk.page().close();
        cable.plug();
        again.navigate(overTheCable + "/exam");
        CandidateDesk after = new CandidateDesk(again);
        Journey.visible(again, "#exam .item:not([hidden])");
        after.awaitSaved();
        after.open("textarea");
        assertThat(after.shown(List.of(essay)).get(essay)).containsExactly(ESSAY);
        again.click("#history-open");
        Journey.visible(again, "#history-dialog[open] .history-text");
        assertThat(again.innerText("#history-dialog")).contains("第一稿");
        journey.picture(again, "earlier-answers");
        again.click("#history-dialog .history-list li:last-child button");
        after.awaitSaved();
        assertThat(after.shown(List.of(essay)).get(essay)).containsExactly("第一稿");
    }

    @Test
    @Order(3)
    void aNodeKilledMidTestIsWaitedForAndNothingIsTypedTwice() throws Exception {
        CandidateDesk desk = sitting(seats.get(2), ColorScheme.DARK);
        String essay = desk.open("textarea");
        desk.type(essay, "之前");
        desk.awaitSaved();
        Thread restart =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        node.killAndRestart(Duration.ofSeconds(2));
                                    } catch (Exception failed) {
                                        throw new IllegalStateException(failed);
                                    }
                                });
        Awaitility.await().until(() -> node.starts() == 1 && !day.nodeAnswers());
        desk.type(essay, ESSAY);
        Journey.visible(desk.page(), UNREACHABLE);
        journey.picture(desk.page(), "node-killed-dark");
        restart.join();
        desk.awaitSaved();
        desk.reload();
        desk.open("textarea");
        assertThat(desk.shown(List.of(essay)).get(essay)).containsExactly(ESSAY);
    }

    @Test
    @Order(4)
    void aSecondTabSeesWhoWritesAndMayTakeOver() {
        CandidateDesk first = sitting(seats.get(3), ColorScheme.LIGHT);
        String choice = first.open("input[type=radio]");
        first.choose(choice, 0);
        first.awaitSaved();
        Page second = first.page().context().newPage();
        second.navigate(overTheCable + "/exam");
        assertThat(Journey.visible(second, "#tab-elsewhere").innerText()).contains("另一个标签页");
        journey.picture(second, "second-tab");
        second.click("#tab-here");
        Journey.gone(second, "#tab-elsewhere");
        Journey.visible(first.page(), "#tab-elsewhere");
        CandidateDesk here = new CandidateDesk(second);
        here.open("input[type=radio]");
        here.choose(choice, 2);
        here.awaitSaved();
        assertThat(first.page().locator(".exam-items[inert]").count()).isEqualTo(1);
    }

    @Test
    @Order(5)
    void aClockThatIsADayAheadChangesNothing() {
        Page page = journey.machine("zh-CN", ColorScheme.LIGHT);
        page.addInitScript("Date.now = ((real) => () => real() + 86_400_000)(Date.now);");
        CandidateDesk desk = new CandidateDesk(page);
        desk.login(overTheCable, seats.get(4));
        desk.start();
        String clock = Journey.visible(page, "#clock").innerText();
        assertThat(clock).matches("([0-9]:)?[0-9]{2}:[0-9]{2}");
        String choice = desk.open("input[type=radio]");
        desk.choose(choice, 1);
        desk.awaitSaved();
        assertThat(page.locator("#exam-alert:not([hidden])").count()).isZero();
    }

    @Test
    @Order(6)
    void bothMachinesAnswersAreKeptWhenOneWasCutAndTheOtherTookOver() {
        CandidateDesk first = new CandidateDesk(journey.machine("zh-CN", ColorScheme.LIGHT));
        first.login(overTheCable, seats.get(4));
        first.takeOver();
        String essay = first.open("textarea");
        pullCable(first);
        first.type(essay, "旧电脑上写的");
        Journey.visible(first.page(), UNREACHABLE);
        CandidateDesk second = new CandidateDesk(journey.machine("zh-CN", ColorScheme.DARK));
        second.login(room, seats.get(4));
        second.takeOver();
        second.open("textarea");
        second.type(essay, "新电脑上写的");
        second.awaitSaved();
        cable.plug();
        assertThat(Journey.visible(first.page(), "#exam-alert:not([hidden])").innerText())
                .isNotEmpty();
        Journey.gone(first.page(), ".grid-link.is-waiting");
        second.page().click("#history-open");
        Journey.visible(second.page(), "#history-dialog[open] .history-text");
        assertThat(second.page().innerText("#history-dialog")).contains("旧电脑上写的");
        assertThat(second.shown(List.of(essay)).get(essay)).containsExactly("新电脑上写的");
    }

    /** Issue 3, part 4: works on while the node is unreachable; F5 and a restart are part of it. */
    @Test
    @Order(7)
    void aPageIsLoadedAnewWhileTheNodeIsAwayForWhoWasThere() {
        var reload = new ReloadWhileAway(day);
        Page machine = reload.loadedAnewAndMergedOnce(seats.get(2), ESSAY);
        reload.somebodyElseAtThisMachineSeesNothingOfIt(machine, seats.get(1), ESSAY);
    }

    /** S0, section 7: 不定时进行人脸识别; this server has no models, so the proctor looks. */
    @Test
    @Order(8)
    void whoComesBackIsCheckedWithoutBeingDisturbedAndTheProctorLooks() {
        CandidateDesk desk = new CandidateDesk(journey.machine("zh-CN", ColorScheme.LIGHT));
        desk.login(room, seats.get(3));
        desk.takeOver();
        String essay = desk.open("textarea");
        desk.page()
                .evaluate(
                        """
                        async () => {
                          window.dispatchEvent(new Event("blur"));
                          await new Promise((resolve) => { setTimeout(resolve, 600); });
                          window.dispatchEvent(new Event("focus"));
                        }
                        """);
        desk.type(essay, "照常作答");
        desk.awaitSaved();
        Page look = proctor.page();
        String tile = ".seat-warn[data-sitting='" + seats.get(3).sitting() + "']";
        assertThat(Journey.visible(look, tile + ":has-text('身份待核验')").getAttribute("title"))
                .contains("身份待核验");
        look.click(tile);
        journey.picture(look, "seat-with-indicators");
        look.click("#dialog[open] a[href*='/identity/']");
        assertThat(Journey.visible(look, "#identity-desk").innerText())
                .contains("考生继续答题")
                .contains("本服务器没有人脸模型");
        assertThat(look.locator(".identity-pair img").count()).isEqualTo(2);
        journey.picture(look, "face-check-of-the-running-test");
        look.check("input[name=decision][value=same]");
        look.fill("#f-reason", "在座位上看过，是同一人");
        look.click("form[action$='/decide'] button");
        Journey.visible(look, "#notices .notice-success");
        assertThat(desk.shown(List.of(essay)).get(essay)).containsExactly("照常作答");
        assertThat(journey.scriptErrors()).isEmpty();
    }

    /** Every page of the room, by everyone who uses it; issue 3, must show B. */
    @Test
    @Order(9)
    void axeFindsNothingGraveOnAnyPageOfTheRoom() {
        new RoomPagesByAxe(day).walk(seats.get(3));
    }

    @Test
    @Order(10)
    void whatArrivesAfterTheRoomClosedIsKeptApartForAPersonToDecide() throws Exception {
        CandidateDesk desk = new CandidateDesk(journey.machine("zh-CN", ColorScheme.LIGHT));
        desk.login(overTheCable, seats.get(0));
        desk.takeOver();
        String essay = desk.open("textarea");
        pullCable(desk);
        desk.type(essay, "收卷前写的");
        Journey.visible(desk.page(), UNREACHABLE);
        Download file = desk.page().waitForDownload(() -> desk.page().click("#emergency"));
        Path saved = Path.of("target", "demo-unreachable-node", "answers.invigil").toAbsolutePath();
        file.saveAs(saved);
        assertThat(new String(Files.readAllBytes(saved), StandardCharsets.UTF_8))
                .doesNotContain("收卷前写的");
        proctor.closeRoom();
        proctor.page().click(".room-more summary");
        proctor.page().click("a[href$='/late']");
        proctor.page().setInputFiles("#f-file", saved);
        proctor.page().click("#file-form button");
        String late = ".late:has-text('收卷前写的')";
        assertThat(Journey.visible(proctor.page(), late).innerText()).contains("来自应急文件");
        cable.plug();
        Journey.visible(desk.page(), ".receipt-code");
        Journey.visible(desk.page(), ".subject.is-taken");
        assertThat(Journey.visible(desk.page(), "#apart-note:not([hidden])").innerText())
                .contains("另行保存");
        assertThat(desk.kept()).as("of the page itself").isEmpty();
        journey.picture(desk.page(), "handed-in-with-late-answer");
        assertThat(new AxeWalk(desk.page(), room).look("receipt").found()).isEmpty();
        proctor.page().reload();
        proctor.page().fill(late + " input[name=reason]", "网线松动，看着写的");
        proctor.page().click(late + " button[value=accept]");
        Journey.visible(proctor.page(), ".late-decided:has-text('收卷前写的')");
        journey.picture(proctor.page(), "late-answers");
        List<Rule> wrong = new AxeBuilder(proctor.page()).analyze().getViolations();
        assertThat(wrong).extracting(Rule::getId, Rule::getNodes).isEmpty();
    }

    @Test
    @Order(11)
    void theBodySetsTheRulesOfTheTestPageAndATechnicianFetchesTheKit() {
        Page lab = proctor.page();
        lab.navigate(room + "/technician/lab");
        Journey.visible(lab, "a[href$='.seb']");
        Download kit = lab.waitForDownload(() -> lab.click("a[href$='kit.zip']"));
        assertThat(kit.suggestedFilename()).isEqualTo("invigil-lab-kit.zip");
        journey.picture(lab, "lab-kit");
        assertThat(new AxeBuilder(lab).analyze().getViolations()).extracting(Rule::getId).isEmpty();
        Page office = journey.machine("zh-CN", ColorScheme.LIGHT);
        HubDesk hub = new HubDesk(office, "https://localhost:" + world.hubPort());
        hub.login("body");
        hub.openPlan();
        hub.openOfPlan("/page-rules");
        office.check("input[name=leaving][value=USES_ATTEMPT]");
        office.check("input[name=fullScreen]");
        office.fill("#f-keys", "no key");
        office.click("main form button[type=submit]");
        assertThat(Journey.visible(office, ".field-error, [role=alert]").innerText()).isNotEmpty();
        office.fill("#f-keys", "0f".repeat(32));
        hub.send("main form.card");
        assertThat(office.isChecked("input[name=leaving][value=USES_ATTEMPT]")).isTrue();
        journey.picture(office, "page-rules");
        assertThat(new AxeBuilder(office).analyze().getViolations())
                .extracting(Rule::getId)
                .isEmpty();
        assertThat(journey.scriptErrors()).isEmpty();
    }
}
