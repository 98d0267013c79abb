package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.web.Route;
import io.invigil.hub.candidate.CandidateImport;
import io.invigil.hub.candidate.CandidateSheets;
import io.invigil.hub.candidate.MadeUpPeople;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.testkit.HttpsBrowser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Successful calls to a running hub leave entries of the kinds that the table names: domain section
 * 17 ("Complete log of every change").
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditedCallsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String DAY = HubWorld.DAY.toString();
    private static final String EXAM = HubWorld.DAY.plusDays(3).toString();

    @TempDir static Path directory;
    private RunningHub running;
    private Map<Route, Set<String>> kinds;
    private final Map<String, HttpsBrowser> people = new HashMap<>();
    private HttpsBrowser candidate;

    @BeforeAll
    void start() throws IOException {
        running = RunningHub.beforeTheExam(directory);
        kinds = AuditTable.kinds();
        candidate = running.portal();
    }

    @AfterAll
    void stop() {
        running.close();
    }

    private HttpsBrowser as(String login) {
        return people.computeIfAbsent(login, running::person);
    }

    /** Posts a form that is taken, and returns where it leads. */
    private String does(String login, String route, String... form) {
        return does(as(login), route, form);
    }

    private String does(HttpsBrowser browser, String route, String... form) {
        String path = path(route);
        return recorded(new Route("POST", route), () -> browser.post(path, form));
    }

    private String path(String route) {
        String path = route;
        for (Map.Entry<String, String> sample : running.samples.entrySet()) {
            path = path.replace("{" + sample.getKey() + "}", sample.getValue());
        }
        assertThat(path).doesNotContain("{");
        return path;
    }

    private interface Call {
        HttpResponse<String> send();
    }

    private String recorded(Route route, Call call) {
        Set<String> expected = kinds.get(route);
        assertThat(expected).as(route + " in the table").isNotEmpty();
        Map<String, Long> before = counts(expected);
        HttpResponse<String> answer = call.send();
        assertThat(answer.statusCode()).as(route + "\n" + answer.body()).isBetween(200, 303);
        Awaitility.await(route + " leaves " + expected)
                .atMost(PATIENCE)
                .pollInSameThread()
                .until(() -> grew(before, counts(expected)));
        return answer.headers().firstValue("Location").orElse("");
    }

    private static boolean grew(Map<String, Long> before, Map<String, Long> after) {
        return before.keySet().stream().anyMatch(kind -> after.get(kind) > before.get(kind));
    }

    private Map<String, Long> counts(Set<String> wanted) {
        Map<String, Long> counts = new HashMap<>();
        wanted.forEach(
                kind ->
                        counts.put(
                                kind,
                                AuditTrail.count(
                                        running.hub.parts().database(),
                                        running.world.tenant,
                                        kind)));
        return counts;
    }

    @Test
    @Order(0)
    void comingAndLeavingLeavesEntries() {
        HttpsBrowser browser = running.stranger();
        recorded(
                new Route("POST", "/login"),
                () -> browser.post("/login", "login", "clerk", "password", RunningHub.PASSWORD));
        browser.get("/account");
        recorded(new Route("POST", "/logout"), () -> browser.post("/logout"));
    }

    private static String last(String location) {
        return location.replaceAll("\\?.*", "").replaceAll(".*/", "");
    }

    @Test
    @Order(1)
    void aBodysPlanAndItsContentLeaveEntries() {
        List<String> plan = new ArrayList<>(List.of("number", "K7", "name", "计划"));
        for (String stage : List.of("REGISTRATION", "ARRANGEMENT")) {
            plan.addAll(List.of(stage + ".first", DAY, stage + ".last", DAY));
        }
        for (String stage : List.of("EXAM", "SCORE_ENTRY", "PUBLICITY")) {
            plan.addAll(List.of(stage + ".first", EXAM, stage + ".last", EXAM));
        }
        plan.addAll(List.of("checkInOpens", "30", "lateStart", "15", "visibility", "NEVER"));
        plan.addAll(List.of("schools", running.samples.get("organisation")));
        String seated = running.samples.get("plan");
        String fresh = last(does("body", "/plans/new", plan.toArray(String[]::new)));
        does("body", "/plans/{plan}/copy", "number", "K8", "name", "副本", "firstDay", DAY);
        running.samples.put("plan", fresh);
        does(
                "body",
                "/plans/{plan}/levels",
                "number",
                "C200",
                "name",
                "网店运营",
                "shortName",
                "网店",
                "level",
                "中级",
                "issuer",
                "评价组织",
                "passRule",
                "ALL_SUBJECTS");
        does(
                "body",
                "/plans/{plan}/subjects",
                "level",
                found(fresh, "name=\"level\"", "<option value=\"(\\d+)\""),
                "number",
                "S9",
                "name",
                "实务",
                "mode",
                "COMPUTER",
                "minutes",
                "60",
                "fullMark",
                "100",
                "passMark",
                "60",
                "weight",
                "1");
        does(
                "body",
                "/plans/{plan}/slots",
                "day",
                EXAM,
                "start",
                "14:00",
                "end",
                "16:00",
                "subjects",
                found(fresh, "", "name=\"subjects\" value=\"(\\d+)\""));
        does("body", "/plans/{plan}/page-rules", "seconds", "30", "leaving", "RECORDED");
        does("body", "/plans/{plan}/proctors/policy", "onlyBody", "on");
        running.samples.put("plan", seated);
    }

    /** What a pattern finds on the content page of a plan, behind a text. */
    private String found(String plan, String behind, String pattern) {
        String page = as("body").get("/plans/" + plan + "/content").body();
        Matcher found = Pattern.compile(pattern).matcher(page);
        assertThat(found.find(Math.max(0, page.indexOf(behind)))).as(page).isTrue();
        return found.group(1);
    }

    @Test
    @Order(3)
    void aSchoolsPeopleSitesAndRoomsLeaveEntries() throws IOException {
        List<String> row = MadeUpPeople.rows(40, 1).getFirst();
        does(
                "clerk",
                "/candidates/new",
                "name",
                row.get(0),
                "pinyin",
                "Wang",
                "idNumber",
                row.get(2),
                "mobile",
                "13800000001",
                "major",
                "电子商务",
                "programmeLevel",
                "高职",
                "enrolmentYear",
                "2025",
                "type",
                "院校考生");
        ByteArrayOutputStream sheet = new ByteArrayOutputStream();
        new CandidateSheets()
                .template(sheet, CandidateImport.Mode.ADD, MadeUpPeople.rows(50, 2), List.of());
        recorded(
                new Route("PUT", "/imports/candidates/add"),
                () -> as("clerk").put("/imports/candidates/add", sheet.toByteArray()));
        String site = does("clerk", "/sites/new", "name", "第一职业学院考核站点", "address", "经十路1号");
        running.samples.put("site", last(site));
        does("clerk", "/sites/{site}/submit");
        does("body", "/sites/{site}/return", "reason", "地址不详");
        does("clerk", "/sites/{site}/submit");
        does("body", "/sites/{site}/approve");
        String room =
                does(
                        "clerk",
                        "/plans/{plan}/rooms/new",
                        "site",
                        running.samples.get("site"),
                        "name",
                        "13号机房",
                        "types",
                        "COMPUTER",
                        "seats",
                        "30",
                        "columns",
                        "6",
                        "address",
                        "一号楼",
                        "levels",
                        running.samples.get("level"));
        assertThat(room).isNotEmpty();
        does("clerk", "/plans/{plan}/borrowings/{borrowing}/withdraw");
        does("clerk", "/plans/{plan}/borrowings", "seats", "4", "reason", "机房不足");
        does(
                "body",
                "/nodes/claim",
                "node",
                "node-9",
                "site",
                running.samples.get("site"),
                "rooms",
                "13号机房");
    }

    @Test
    @Order(4)
    void registrationAndArrangementLeaveEntries() {
        String level = running.samples.get("level");
        does("clerk", "/plans/{plan}/registrations/new", "level", level, "all", "on", "q", "");
        does("body", "/plans/{plan}/arrangement");
        does("body", "/plans/{plan}/arrangement/clear");
    }

    @Test
    @Order(5)
    void proctorsTeachersAndClassesLeaveEntries() {
        does("clerk", "/proctors/new", "name", "王伟", "mobile", "13800000544");
        does(
                "clerk",
                "/classes/new",
                "name",
                "电商一班",
                "batch",
                "2026秋",
                "plan",
                running.samples.get("plan"),
                "unit",
                "0");
        does(
                running.courses.teacher.login(),
                "/sessions/{session}/presence",
                "student",
                running.samples.get("student"),
                "state",
                "PRESENT",
                "reason",
                "手机没电");
    }

    @Test
    @Order(2)
    void reportsDeclarationsBansAndOfficesLeaveEntries() {
        does("province", "/reports/{report}/return", "reason", "数据不全");
        does("clerk", "/reports/{report}/submit");
        does("clerk", "/reports/{report}/withdraw");
        does("clerk", "/reports/{report}/submit");
        does("province", "/reports/{report}/approve");
        does("province", "/declarations/{declaration}/return", "reason", "材料有误");
        does("clerk", "/declarations/{declaration}/submit");
        does("province", "/declarations/{declaration}/approve");
        does(
                "authority",
                "/bans",
                "idNumber",
                MadeUpPeople.idNumber(1),
                "first",
                "2026-11-01",
                "last",
                "2027-10-31",
                "reason",
                "替考");
        running.samples.put("ban", "1");
        does("authority", "/bans/{ban}/lift", "reason", "复核撤销");
        does("body-admin", "/organisations/new", "kind", "SCHOOL", "code", "S9", "name", "第九职业学院");
        does("school-admin", "/staff/{account}/disable");
        does("school-admin", "/staff/{account}/enable");
        does("clerk", "/audit/export");
    }

    @Test
    @Order(6)
    void whatCandidatesAskForAndGetLeavesEntries() {
        String number = running.samples.get("candidate-number");
        does(
                candidate,
                "/portal/requests/correction",
                "field",
                "MAJOR",
                "wanted",
                "护理",
                "statement",
                "转专业");
        running.samples.put("request", "1");
        does(candidate, "/portal/requests/{request}/withdraw");
        does("body", "/plans/{plan}/accommodations", "candidate", number, "extra", "15");
        does(
                "clerk",
                "/notices/new",
                "title",
                "请带身份证",
                "body",
                "开考前三十分钟到场。",
                "audience",
                "NAMED",
                "named",
                number);
    }
}
