package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import io.invigil.appliance.web.Route;
import io.invigil.hub.RouteTable.Line;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.testkit.HttpsBrowser;
import io.invigil.testkit.browser.AxeWalk;
import io.invigil.testkit.browser.Chromium;
import io.invigil.testkit.browser.Journey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens every page of the table of routes as somebody who may see it, with a record in it, and lets
 * axe-core look at it in light and dark (WCAG 2.2 A and AA). A picture of each is left in {@code
 * target/screenshots/pages}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryPageInChromiumTest {
    /**
     * Pieces that a page loads into itself and that are looked at there; what leads back at once.
     */
    private static final Set<String> PIECES =
            Set.of(
                    "/exam-day/table",
                    "/exam-day/words/table",
                    "/nodes/table",
                    "/imports/{record}/progress",
                    "/sessions/{session}/code",
                    "/portal/check-in/{sitting}/state",
                    "/nodes/live",
                    "/preferences/language/{code}",
                    "/preferences/scheme/{code}",
                    "/account/password");

    /** Files that the small office has none of, and a page that a test of its own looks at. */
    private static final Set<String> NONE_THERE =
            Set.of(
                    "/candidates/{candidate}/photo",
                    "/portal/photo",
                    "/portal/certificates/{registration}",
                    "/portal/face/own",
                    "/candidates/{candidate}/face/picture",
                    "/plans/{plan}/emergency-files/{sha256}",
                    "/imports/{record}/failed",
                    "/plans/{plan}/certificates/{registration}/pdf",
                    "/plans/{plan}/gallery/{sitting}/pictures/{sha256}",
                    "/plans/{plan}/sittings/{sitting}/files/{sha256}");

    private static final Pattern NOTICE = Pattern.compile("name=\"notice\" value=\"([^\"]+)\"");
    private static final Pattern FACE_CODE = Pattern.compile("/face/([A-Za-z0-9_-]{24})");

    @TempDir static Path directory;
    private RunningHub running;
    private Chromium chromium;
    private Journey journey;
    private final Map<String, Page> people = new HashMap<>();

    @BeforeAll
    void start() throws Exception {
        running = new RunningHub(directory);
        Path home = Files.createDirectories(directory.resolve("browser"));
        Path ca = Journey.pem(running.hub.realm().authority().root(), directory.resolve("ca.pem"));
        chromium = Chromium.start(home, ca);
        journey = new Journey(chromium, "pages");
        people.put("body-staff", staff("body"));
        people.put("school-clerk", staff("clerk"));
        people.put("authority-reader", staff("authority"));
        people.put("province-staff", staff("province"));
        people.put("teacher", staff(running.courses.teacher.login()));
        people.put("unit-staff", staff(running.courses.unit.login()));
        people.put("college-staff", staff(running.courses.college.login()));
        people.put("candidate", candidate());
        for (StaffRole role : StaffRole.administrators()) {
            people.put(role.code(), staff(role.code()));
        }
        people.put("everyone", journey.machine("zh-CN", ColorScheme.LIGHT));
        people.put("signed-in", people.get("school-clerk"));
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
        running.close();
    }

    private String url() {
        return "https://localhost:" + running.hub.httpsPort();
    }

    private Page staff(String login) {
        return signedIn("/login", login);
    }

    private Page signedIn(String door, String login) {
        Page page = journey.machine("zh-CN", ColorScheme.LIGHT);
        enter(page, url(), door, login);
        return page;
    }

    private static void enter(Page page, String url, String door, String login) {
        page.navigate(url + door);
        page.fill("#f-login", login);
        page.fill("#f-password", RunningHub.PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(address -> !address.endsWith(door));
    }

    private Page candidate() {
        HttpsBrowser phone = running.portal();
        Matcher notice = NOTICE.matcher(phone.get("/portal/face").body());
        assertThat(notice.find()).isTrue();
        phone.post("/portal/face/agree", "notice", notice.group(1), "agreed", "1");
        Matcher code = FACE_CODE.matcher(phone.post("/portal/face/code").body());
        assertThat(code.find()).isTrue();
        running.samples.put("token", code.group(1));
        return signedIn("/portal/login", running.samples.get("candidate-number"));
    }

    @Test
    void noPageOfTheCentreKeepsAnybodyOut() throws IOException {
        List<String> found = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        Set<String> looked = new TreeSet<>();
        Set<String> files = new TreeSet<>();
        for (Line line : RouteTable.read()) {
            String path = line.route().path();
            boolean asked = line.route().method().equals("GET") && !line.who().contains("node");
            if (!asked || PIECES.contains(path) || NONE_THERE.contains(path)) {
                continue;
            }
            for (String role : whoLooks(line)) {
                String name = role + " " + path;
                Page page = people.get(role);
                switch (open(page, line.route())) {
                    case PAGE -> {
                        looked.add(path);
                        journey.picture(page, name.replaceAll("[^a-z]+", "-"));
                        found.addAll(new AxeWalk(page, url()).look(name).found());
                    }
                    case FILE -> files.add(path);
                    // such as the school's notice for the body; somebody must find it
                    case NOTHING -> {}
                }
            }
            if (!looked.contains(path) && !files.contains(path)) {
                wrong.add(path);
            }
        }
        assertThat(wrong).as("no page, piece or file").isEmpty();
        assertThat(found).isEmpty();
        assertThat(looked).hasSizeGreaterThan(100).doesNotContainAnyElementsOf(files);
        assertThat(journey.scriptErrors()).isEmpty();
    }

    /** The office of the walk has no sitting that began, hence one more. */
    @Test
    void norDoesThePageOfAnEmergencyFile(@TempDir Path other) throws Exception {
        try (RunningHub exam = RunningHub.beforeTheExam(other)) {
            exam.account("second", "body-staff", exam.world.body.organisation().id().value());
            String path = EmergencyFileSample.broughtBy(exam, exam.person("body"));
            Path ca = Journey.pem(exam.hub.realm().authority().root(), other.resolve("ca.pem"));
            try (Chromium own = Chromium.start(other.resolve("browser"), ca)) {
                String there = "https://localhost:" + exam.hub.httpsPort();
                Page page = new Journey(own, "pages").machine("zh-CN", ColorScheme.LIGHT);
                enter(page, there, "/login", "second");
                page.navigate(there + path);
                Journey.visible(page, "[name=verdict]");
                assertThat(page.innerText("main")).contains(EmergencyFileSample.ANSWER);
                AxeWalk walk = new AxeWalk(page, there).look("emergency file");
                assertThat(walk.found()).isEmpty();
                assertThat(walk.looks()).isEqualTo(2);
            }
        }
    }

    /** The two kinds of people with the fullest pages, else whoever may. */
    private static List<String> whoLooks(Line line) {
        List<String> fullest =
                Stream.of("body-staff", "school-clerk", "school-admin", "body-admin")
                        .filter(line.who()::contains)
                        .limit(2)
                        .toList();
        return fullest.isEmpty() ? List.of(line.who().iterator().next()) : fullest;
    }

    private enum Opened {
        PAGE,
        FILE,
        NOTHING
    }

    private Opened open(Page page, Route route) {
        String path = RouteTable.path(running.samples, route);
        try {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            Response response = page.navigate(url() + path);
            String type = response.headers().getOrDefault("content-type", "");
            if (response.status() != 200) {
                return Opened.NOTHING;
            }
            if (!type.startsWith("text/html")) {
                return Opened.FILE;
            }
            return page.locator("main").count() > 0 ? Opened.PAGE : Opened.NOTHING;
        } catch (PlaywrightException file) {
            if (file.getMessage().contains("Download is starting")
                    || file.getMessage().contains("ERR_ABORTED")) {
                return Opened.FILE;
            }
            throw file;
        }
    }
}
