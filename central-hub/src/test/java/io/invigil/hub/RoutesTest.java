package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.web.Route;
import io.invigil.hub.RouteTable.Line;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.testkit.HttpsBrowser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks every route of the running hub with every role and holds it against the tables in {@code
 * resources/io/invigil/hub/routes} (issue 4, must-show E; domain section 1: "Every list is
 * scoped"). Nothing is changed before the last test, which sends empty forms as those who may.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RoutesTest {
    /** Path parameters of which the small office has no example: their owner sees 404 too. */
    private static final Set<String> NO_SAMPLES =
            Set.of("sha256", "number", "id", "token", "epoch", "lane", "from", "to");

    /** Pages that an owner does not find either: no photo, no failed rows, no certificate. */
    private static final Set<String> EMPTY =
            Set.of(
                    "/preferences/scheme/{code}",
                    "/outbox/{message}",
                    "/candidates/{candidate}/photo",
                    "/portal/photo",
                    "/portal/face/own",
                    "/candidates/{candidate}/face/picture",
                    "/portal/check-in/{sitting}/state",
                    "/portal/certificates/{registration}",
                    "/imports/{record}/failed",
                    "/plans/{plan}/certificates/{registration}/pdf",
                    "/plans/{plan}/prints/tickets/{candidate}");

    /** Two kinds of people may, but the small office's record is of the one only. */
    private static final Map<String, String> OF_ONE = Map.of("/notices/{notice}", "school-clerk");

    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
    private static final Pattern HEADER = Pattern.compile("<th scope=\"col\"[^>]*>(.*?)</th>");
    private static final int BODY_BYTES_MAX = 4 * 1024 * 1024;

    @TempDir static Path directory;
    private RunningHub running;
    private List<Line> table;
    private final Map<String, HttpsBrowser> people = new LinkedHashMap<>();

    /** What came back. */
    private record Answer(int status, String location, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        boolean isForbidden() {
            return status == 403;
        }

        boolean leadsToLogin() {
            boolean door = location.startsWith("/login") || location.startsWith("/portal/login");
            return status == 401 || status == 303 && door;
        }
    }

    @BeforeAll
    void start() throws IOException {
        running = new RunningHub(directory);
        table = RouteTable.read();
        people.put("body-staff", running.person("body"));
        people.put("school-clerk", running.person("clerk"));
        people.put("authority-reader", running.person("authority"));
        people.put("province-staff", running.person("province"));
        people.put("teacher", running.person(running.courses.teacher.login()));
        people.put("unit-staff", running.person(running.courses.unit.login()));
        people.put("college-staff", running.person(running.courses.college.login()));
        for (StaffRole role : StaffRole.administrators()) {
            people.put(role.code(), running.person(role.code()));
        }
        people.put("candidate", running.portal());
        for (StaffRole role : StaffRole.values()) {
            assertThat(people).as("somebody of each role").containsKey(role.code());
        }
    }

    @AfterAll
    void stop() {
        running.close();
    }

    @Test
    @Order(1)
    void everyRouteOfTheHubIsInTheTableOnce() {
        List<Route> listed = table.stream().map(Line::route).toList();
        assertThat(listed).doesNotHaveDuplicates();
        Set<Route> missing = new TreeSet<>(running.hub.routes());
        listed.forEach(missing::remove);
        assertThat(missing)
                .as("routes without a line in src/main/resources/io/invigil/hub/routes/*.tsv")
                .isEmpty();
        Set<Route> gone = new TreeSet<>(listed);
        running.hub.routes().forEach(gone::remove);
        assertThat(gone).as("lines without a route").isEmpty();
    }

    @Test
    @Order(2)
    void everyTestInTheTableExists() throws IOException {
        Set<String> classes = new HashSet<>();
        try (var files = Files.walk(Path.of(".."), 14)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .forEach(name -> classes.add(name.replace(".java", "")));
        }
        Set<String> unknown = table.stream().map(Line::test).collect(Collectors.toSet());
        unknown.removeAll(classes);
        assertThat(unknown).isEmpty();
    }

    @Test
    @Order(3)
    void whoeverHasNoSessionIsLedToTheLogin() {
        HttpsBrowser stranger = running.stranger();
        List<String> wrong = new ArrayList<>();
        for (Line line : table) {
            Answer answer = send(stranger, line.route());
            boolean right;
            if (line.route().path().equals("/logout")) {
                right = answer.leadsToLogin();
            } else if (line.who().contains("everyone")) {
                right = !answer.leadsToLogin() && answer.status() < 500;
            } else if (line.who().contains("node")) {
                right = answer.status() == 400 || answer.status() == 403;
            } else {
                right = answer.leadsToLogin();
            }
            note(wrong, right, line, "nobody", answer);
        }
        assertThat(wrong).isEmpty();
    }

    private static void note(
            List<String> wrong, boolean right, Line line, String who, Answer answer) {
        if (!right) {
            wrong.add(line.route() + " as " + who + ": " + answer.status());
        }
    }

    @Test
    @Order(4)
    void whoeverHasNotTheRoleIsRefused() {
        List<String> wrong = new ArrayList<>();
        for (Line line : table) {
            if (line.who().contains("node")) {
                continue;
            }
            people.forEach(
                    (role, browser) -> {
                        if (!line.allows(role)) {
                            Answer answer = send(browser, line.route());
                            note(wrong, answer.isForbidden(), line, role, answer);
                        }
                    });
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    @Order(5)
    void otherSchoolsAndBodiesDoNotFindWhatIsNotTheirs() {
        List<String> wrong = new ArrayList<>();
        findNothing("school", "school-clerk", running.person("other"), wrong);
        findNothing("school", "school-admin", running.person("other-admin"), wrong);
        HttpsBrowser college = running.person(running.courses.otherCollege.login());
        findNothing("college", "college-staff", college, wrong);
        findNothing("body", "body-admin", running.person("other-body-admin"), wrong);
        findNothing("body", "body-staff", running.person("other-body"), wrong);
        assertThat(wrong).isEmpty();
    }

    private void findNothing(String kind, String role, HttpsBrowser browser, List<String> wrong) {
        for (Line line : table) {
            if (line.foreign().contains(kind) && line.allows(role)) {
                Answer answer = send(browser, line.route());
                note(wrong, answer.status() == 404, line, "another " + kind + "'s " + role, answer);
            }
        }
    }

    /** A parameter in a path names a record of somebody: the table says whose. */
    @Test
    @Order(6)
    void everyRouteWithARecordSaysToWhomItIsForeign() {
        for (Line line : table) {
            boolean staff = !line.who().contains("everyone") && !line.who().contains("node");
            if (staff && line.route().path().startsWith("/plans/{plan}")) {
                assertThat(line.foreign())
                        .as(line.route().toString())
                        .containsAnyOf("school", "body");
            }
        }
    }

    @Test
    @Order(7)
    void whoeverMaySeesThePage() {
        List<String> wrong = new ArrayList<>();
        for (Line line : table) {
            if (!line.route().method().equals("GET") || line.who().contains("node")) {
                continue;
            }
            people.forEach(
                    (role, browser) -> {
                        Answer answer = send(browser, line.route());
                        boolean expected = line.allows(role);
                        boolean found = hasSamples(line.route()) && answer.status() != 404;
                        String path = line.route().path();
                        boolean empty =
                                !hasSamples(line.route())
                                        || EMPTY.contains(path)
                                        || !OF_ONE.getOrDefault(path, role).equals(role);
                        boolean right =
                                seesSessionPlansOnly(role, line.route())
                                                || seesOwnAccountsOnly(role, line.route())
                                        ? answer.status() == 404
                                        : (found || empty) && !isFailure(answer);
                        note(wrong, right || !expected, line, role, answer);
                    });
        }
        assertThat(wrong).isEmpty();
    }

    /**
     * Teachers, units and colleges find class sessions' plans; the small office's plan is an
     * ordinary one.
     */
    private static boolean seesSessionPlansOnly(String role, Route route) {
        return route.path().startsWith("/plans/{plan}")
                && Set.of("teacher", "unit-staff", "college-staff").contains(role);
    }

    /**
     * Administrators find the accounts of the own organisation, a body's also those of schools, and
     * imports of accounts, a school's its colleges; the small office's account and organisation are
     * a school's, its import one of candidates.
     */
    private static boolean seesOwnAccountsOnly(String role, Route route) {
        boolean administers = role.endsWith("-admin");
        boolean ofSchools = role.equals("school-admin") || role.equals("body-admin");
        boolean college = role.equals("school-admin");
        return college && route.path().equals("/organisations/{organisation}")
                || administers && route.path().startsWith("/imports/{record}")
                || administers && !ofSchools && route.path().equals("/staff/{account}");
    }

    private static boolean isFailure(Answer answer) {
        return answer.status() >= 500 || answer.isForbidden() || answer.leadsToLogin();
    }

    /** Issue 4: "every list and form" is a checked statement. */
    @Test
    @Order(8)
    void everyListHasTheColumnsOfTheTable() throws IOException {
        for (String[] cells : RouteTable.cells(RouteTable.DIRECTORY.resolve("lists"), 5)) {
            HttpsBrowser browser = people.get(cells[2]);
            browser.get("/preferences/language/zh-CN");
            Answer answer = send(browser, new Route(cells[0], cells[1]));
            assertThat(answer.status()).as(cells[1]).isEqualTo(200);
            List<String> columns =
                    cells[0].equals("GET") ? headers(answer.text()) : sheetHeaders(answer.body());
            assertThat(columns)
                    .as(cells[0] + " " + cells[1] + " as " + cells[2])
                    .containsExactly(cells[3].split("\\|"));
        }
    }

    private static List<String> headers(String html) {
        List<String> headers = new ArrayList<>();
        Matcher found = HEADER.matcher(html);
        while (found.find()) {
            String text = found.group(1).replaceAll("<[^>]+>", "").strip();
            if (!text.isEmpty()) {
                headers.add(text);
            }
        }
        return headers;
    }

    private static List<String> sheetHeaders(byte[] workbook) throws IOException {
        try (XSSFWorkbook sheet = new XSSFWorkbook(new ByteArrayInputStream(workbook))) {
            List<String> headers = new ArrayList<>();
            sheet.getSheetAt(0).getRow(0).forEach(cell -> headers.add(cell.getStringCellValue()));
            return headers;
        }
    }

    /** Last, because some of these forms are complete when empty. */
    @Test
    @Order(9)
    void whoeverMayIsNotRefusedForTheirRole() {
        List<String> wrong = new ArrayList<>();
        for (Line line : table) {
            boolean form = !line.route().method().equals("GET");
            boolean logout = line.route().path().equals("/logout");
            if (!form || logout || line.who().contains("node")) {
                continue;
            }
            people.forEach(
                    (role, browser) -> {
                        if (line.allows(role)) {
                            Answer answer = send(browser, line.route());
                            note(wrong, !isFailure(answer), line, role, answer);
                        }
                    });
        }
        assertThat(wrong).isEmpty();
    }

    private boolean hasSamples(Route route) {
        return parameters(route).stream().noneMatch(NO_SAMPLES::contains);
    }

    private static Set<String> parameters(Route route) {
        return PARAMETER
                .matcher(route.path())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private String path(Route route) {
        for (String name : parameters(route)) {
            assertThat(
                            NO_SAMPLES.contains(name)
                                    || RouteTable.sample(running.samples, route, name).isPresent())
                    .as("an example for {" + name + "} in RunningHub, or its name in NO_SAMPLES")
                    .isTrue();
        }
        return RouteTable.path(running.samples, route);
    }

    private Answer send(HttpsBrowser browser, Route route) {
        HttpRequest.Builder request =
                browser.request(path(route))
                        .header("Origin", "https://localhost:" + running.hub.httpsPort());
        browser.csrfToken().ifPresent(token -> request.header("X-CSRF-Token", token));
        HttpRequest.BodyPublisher none = HttpRequest.BodyPublishers.ofByteArray(new byte[0]);
        if (route.method().equals("GET")) {
            request.GET();
        } else {
            request.method(route.method(), none)
                    .header("Content-Type", "application/x-www-form-urlencoded");
        }
        try {
            HttpResponse<InputStream> response =
                    browser.client()
                            .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                // events never end, and a download need not be read
                String type = response.headers().firstValue("Content-Type").orElse("");
                boolean page = !type.contains("event-stream");
                return new Answer(
                        response.statusCode(),
                        response.headers().firstValue("Location").orElse(""),
                        page ? body.readNBytes(BODY_BYTES_MAX) : new byte[0]);
            }
        } catch (IOException failure) {
            throw new AssertionError(route + " broke off", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
