package io.invigil.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.invigil.provisioning.demo.CandidatePlay;
import io.invigil.provisioning.demo.CandidateRecord;
import io.invigil.provisioning.demo.DemoCommand;
import io.invigil.provisioning.demo.DemoSettings;
import io.invigil.provisioning.demo.DemoWorld;
import io.invigil.provisioning.demo.NodeProcess;
import io.invigil.provisioning.demo.ProctorClient;
import io.invigil.provisioning.demo.SampleExam;
import io.invigil.provisioning.demo.SamplePerson;
import io.invigil.testkit.browser.Chromium;
import io.invigil.testkit.browser.Journey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.stream.LongStream;
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
 * The centre's pages from the clerk's first sheet to a stranger who checks a certificate. Only the
 * sitting itself is played without a browser: that journey has its own test.
 */
@Isolated("a browser and what it looks at fill two processors")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ClerkToCertificateInChromiumTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int SAMPLE_PEOPLE = 33;
    private static final int NEW_PEOPLE = 5;
    private static final int SITTING = 2;
    private static final Duration UNTIL_START = Duration.ofSeconds(20);
    private static final int DAYS_TO_FINAL = 8;

    private DemoWorld world;
    private Chromium chromium;
    private Journey journey;
    private ClerkFiles files;
    private String hub;
    private String certificate;
    private String arrived;

    @BeforeAll
    void startTheCentre() throws Exception {
        Path directory = Path.of("target", "demo-clerk-to-certificate").toAbsolutePath();
        world =
                new DemoWorld(
                        new DemoSettings(
                                directory,
                                SAMPLE_PEOPLE,
                                UNTIL_START,
                                DemoCommand.DatabaseKind.derby,
                                DemoCommand.BrokerKind.embedded,
                                false));
        world.start();
        Path home = Files.createDirectories(directory.resolve("browser"));
        Path ca = directory.resolve("ca.pem");
        chromium = Chromium.start(home, Journey.pem(world.nodes().getFirst().authority(), ca));
        journey = new Journey(chromium, "clerk-to-certificate");
        files = new ClerkFiles(directory, SAMPLE_PEOPLE, NEW_PEOPLE);
        hub = "https://localhost:" + world.hubPort();
        world.publish();
        world.hub().ask("release");
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

    private HubDesk desk(String login) {
        HubDesk desk = new HubDesk(journey.machine("zh-CN", ColorScheme.LIGHT), hub);
        desk.login(login);
        return desk;
    }

    @Test
    @Order(1)
    void aClerkImportsRepairsAndRegisters() throws Exception {
        HubDesk clerk = desk("clerk");
        clerk.open("/imports/candidates/new");
        journey.picture(clerk.page(), "import-start");
        Path template =
                clerk.download(
                        "a[href='/imports/candidates/template']",
                        world.directory().resolve("template.xlsx"));
        assertThat(ClerkFiles.rows(template)).isEmpty();
        clerk.upload("#f-add", files.withTwoMistakes());
        journey.picture(clerk.page(), "import-two-failed");
        assertThat(clerk.figure(0)).isEqualTo("3");
        assertThat(clerk.figure(3)).isEqualTo("2");
        Path failed =
                clerk.download("a[href$='/failed']", world.directory().resolve("failed-rows.xlsx"));
        assertThat(ClerkFiles.rows(failed)).hasSize(2);
        clerk.open("/imports/candidates/new");
        clerk.upload("#f-add", files.repaired(failed));
        assertThat(clerk.figure(0)).isEqualTo("2");
        assertThat(clerk.figure(3)).isEqualTo("0");
        clerk.open("/imports/candidates/new");
        clerk.upload("#f-photos", files.photos());
        journey.picture(clerk.page(), "import-photos");
        assertThat(clerk.figure(3)).isEqualTo("0");
        register(clerk);
    }

    private void register(HubDesk clerk) {
        clerk.openPlan();
        journey.picture(clerk.page(), "plan");
        for (SamplePerson person : files.people()) {
            clerk.openOfPlan("/registrations/new?q=" + person.idNumber());
            assertThat(clerk.page().locator("input[name=candidates]").count()).isEqualTo(1);
            clerk.page().check("input[name=candidates]");
            clerk.send("#f-form");
        }
        clerk.openOfPlan("/registrations?q=" + files.people().getFirst().idNumber());
        assertThat(clerk.page().innerText("main table")).contains(files.people().getFirst().name());
        clerk.openOfPlan("/registrations");
        journey.picture(clerk.page(), "registrations");
    }

    @Test
    @Order(2)
    void theBodyAddsASlotAndArrangesSeats() {
        HubDesk body = desk("body");
        body.openPlan();
        body.openOfPlan("/content");
        Page page = body.page();
        page.click("details:has(form[action$='/slots']) > summary");
        page.fill("#f-slots-day", LocalDate.now(ZONE).plusDays(1).toString());
        page.fill("#f-slots-start", "09:00");
        page.fill("#f-slots-end", "11:00");
        page.check("form[action$='/slots'] input[name=subjects]");
        journey.picture(page, "slot");
        body.send("form[action$='/slots']");
        body.openOfPlan("/arrangement");
        body.send("form[action$='/arrangement']");
        journey.picture(page, "arrangement");
        assertThat(page.innerText("main table >> nth=0"))
                .contains(String.valueOf(SAMPLE_PEOPLE + NEW_PEOPLE));
        page.click("main table a[href*='/arrangement/'] >> nth=-1");
        Journey.visible(page, "main table");
        journey.picture(page, "arrangement-room");
    }

    @Test
    @Order(3)
    void theBodyReviewsWhatWasTakenAndEntersScores() throws Exception {
        sit();
        HubDesk body = desk("body");
        body.openPlan();
        body.openOfPlan("/review");
        journey.picture(body.page(), "review");
        assertThat(body.page().locator("main tbody tr").count()).isEqualTo(SITTING);
        if (body.page().locator("input[name=sitting]").count() > 0) {
            body.page().locator("input[name=sitting]").all().forEach(box -> box.check());
            body.send("#f-list");
        }
        body.openOfPlan("/scores");
        body.send("form[action$='/scores']");
        journey.picture(body.page(), "scores");
        assertThat(body.page().locator("main tbody strong").count()).isGreaterThanOrEqualTo(2);
    }

    /** Two of the sample's people who know nearly everything sit, and hand in. */
    private void sit() throws Exception {
        NodeProcess node = world.nodes().getFirst();
        List<SampleExam.Seat> seats =
                world.sample().seats().stream()
                        .filter(seat -> seat.room().equals(node.node().room()))
                        .limit(SITTING)
                        .toList();
        long[] knowing =
                LongStream.range(0, 1_000)
                        // seeds side by side begin alike: spread them
                        .map(at -> at * 0x9E3779B97F4A7C15L)
                        .filter(seed -> new Random(seed).nextDouble() > 0.97)
                        .limit(SITTING)
                        .toArray();
        try (ProctorClient proctor = new ProctorClient(node)) {
            proctor.login();
            proctor.exam();
            proctor.phase("READY");
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(
                            () ->
                                    proctor.state().path("papers").findValues("open").stream()
                                            .allMatch(open -> open.asBoolean()));
            proctor.phase("CHECK_IN");
            proctor.checkIn(seats.getFirst().admissionNumber());
            arrive(proctor, seats.getLast());
            long millis = Duration.between(Instant.now(), world.sample().start()).toMillis();
            Thread.sleep(Math.max(0, millis) + 500);
            proctor.phase("RUNNING");
            for (int at = 0; at < SITTING; at++) {
                new CandidatePlay(
                                node,
                                seats.get(at),
                                new CandidateRecord(seats.get(at).sitting()),
                                world.sample().rightAnswers(),
                                knowing[at],
                                false)
                        .play();
            }
            proctor.close(true);
        }
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> world.hub().ask("progress").path("TAKEN").asInt() == SITTING);
    }

    /** Issue 3, part 1: with the phone, through the portal; the desk then looks at the seat. */
    private void arrive(ProctorClient proctor, SampleExam.Seat seat) {
        PortalPhone portal = new PortalPhone(journey, hub);
        Matcher first = portal.opened(desk("clerk"), seat.name());
        arrived = first.group(1);
        NodeProcess other = world.nodes().getLast();
        String otherCode;
        try (ProctorClient elsewhere = new ProctorClient(other)) {
            elsewhere.login();
            elsewhere.exam();
            otherCode = elsewhere.screenCode(other.node().room());
        }
        portal.arrive(arrived, first.group(2), otherCode, () -> proctor.screenCode(seat.room()));
        assertThat(portal.found()).isEmpty();
        JsonNode line = seat(proctor, seat.sitting());
        assertThat(line.path("state").asText()).isEqualTo("CHECKED_IN");
        assertThat(line.path("desk").path("claimOpen").asBoolean()).isTrue();
    }

    private static JsonNode seat(ProctorClient proctor, long sitting) {
        for (JsonNode room : proctor.state().path("rooms")) {
            for (JsonNode line : room.path("taken")) {
                if (line.path("sitting").asLong() == sitting) {
                    return line;
                }
            }
        }
        throw new AssertionError("nobody sits there");
    }

    @Test
    @Order(4)
    void bodyAndSiteConfirmTheCertificates() throws Exception {
        world.restartHub(DAYS_TO_FINAL);
        HubDesk body = desk("body");
        body.openPlan();
        body.openOfPlan("/certificates");
        body.send("form[action$='/certificates/record']");
        body.send("#f-list");
        journey.picture(body.page(), "certificates-body");
        HubDesk clerk = desk("clerk");
        clerk.openPlan();
        clerk.openOfPlan("/certificates");
        clerk.send("#f-list");
        journey.picture(clerk.page(), "certificates-site");
        String link = "main tbody a[href$='/pdf']";
        certificate = Journey.visible(clerk.page(), link).innerText().strip();
        Path pdf = clerk.download(link, world.directory().resolve("certificate.pdf"));
        assertThat(Files.readAllBytes(pdf)).startsWith("%PDF-".getBytes());
    }

    @Test
    @Order(5)
    void aStrangerVerifiesTheCertificate() {
        Page stranger = journey.machine("zh-CN", ColorScheme.DARK);
        KeyboardOnly keys = new KeyboardOnly(stranger);
        stranger.navigate(hub + "/verify");
        keys.tabTo("#f-number");
        keys.type(certificate);
        keys.press("Enter");
        assertThat(Journey.visible(stranger, "#result .notice-success").isVisible()).isTrue();
        assertThat(stranger.innerText("#result")).contains(certificate);
        journey.picture(stranger, "verify-dark");
        stranger.fill("#f-number", certificate.substring(1) + "9");
        stranger.keyboard().press("Enter");
        Journey.visible(stranger, "#result .notice-warning");
        stranger.click("a[hreflang=en]");
        Journey.visible(stranger, "html[lang=en] #f-number");
        journey.picture(stranger, "verify-english-dark");
        assertThat(journey.scriptErrors()).isEmpty();
    }

    /** WCAG 2.2, 2.1.1: whatever a mouse can do. Tickets are those of domain, section 7. */
    @Test
    @Order(7)
    void theNextExamIsPreparedByKeyboardOnly() throws Exception {
        SamplePerson newcomer =
                SamplePerson.many(SAMPLE_PEOPLE + NEW_PEOPLE + 1, new Random(ClerkFiles.SEED))
                        .getLast();
        new NextExamByKeyboard(journey, hub, world.directory())
                .prepare(LocalDate.now(ZONE).plusDays(DAYS_TO_FINAL), newcomer);
    }

    /** Issue 4 part 11: at the size of a phone, by keyboard alone, in both languages. */
    @Test
    @Order(6)
    void aCandidateFindsTicketAndCertificateOnThePhone() {
        HubDesk clerk = desk("clerk");
        clerk.openPlan();
        clerk.openOfPlan("/certificates");
        String holder = "main tbody tr:has(a[href$='/pdf']) th .mono";
        Journey.visible(clerk.page(), holder);
        String number =
                clerk.page().locator(holder).allInnerTexts().stream()
                        .map(String::strip)
                        // whose account is open already
                        .filter(one -> !one.equals(arrived))
                        .findFirst()
                        .orElseThrow();
        PortalPhone portal = new PortalPhone(journey, hub);
        Matcher first = portal.opened(clerk, number);
        portal.walk(first.group(1), first.group(2));
        assertThat(portal.found()).isEmpty();
        clerk.open("/candidates?q=" + number);
        clerk.page().click("main tbody th a");
        clerk.page().click("main a[href$='/case']");
        Journey.visible(clerk.page(), ".case-lines");
        journey.picture(clerk.page(), "case-page");
        clerk.open("/requests");
        clerk.page().click("main tbody th a");
        Journey.visible(clerk.page(), "form[action$='/approve']");
        journey.picture(clerk.page(), "request-of-candidate");
    }
}
