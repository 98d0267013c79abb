package io.invigil.hub;

import static io.invigil.hub.OrganisationServer.location;
import static io.invigil.hub.OrganisationServer.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.hub.candidate.CandidateImport;
import io.invigil.hub.candidate.CandidateSheets;
import io.invigil.hub.candidate.MadeUpPeople;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.testkit.HttpsBrowser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The staff's pages over HTTPS, from an empty plan to stickers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrganisationPagesTest {
    @TempDir static Path directory;
    private OrganisationServer server;
    private HubWorld world;

    @BeforeAll
    void start() {
        server = new OrganisationServer(directory);
        world = server.world;
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private HttpsBrowser body;
    private HttpsBrowser clerk;
    private HttpsBrowser other;
    private HttpsBrowser authority;

    @BeforeEach
    void enter() {
        body = server.enter("body");
        clerk = server.enter("clerk");
        other = server.enter("other");
        authority = server.enter("authority");
    }

    private String plan(String number, String... more) {
        String day = HubWorld.DAY.toString();
        String exam = HubWorld.DAY.plusDays(3).toString();
        List<String> fields = new ArrayList<>(List.of("number", number, "name", "计划<b>" + number));
        for (String stage : List.of("REGISTRATION", "ARRANGEMENT")) {
            fields.addAll(List.of(stage + ".first", day, stage + ".last", day));
        }
        for (String stage : List.of("EXAM", "SCORE_ENTRY", "PUBLICITY")) {
            fields.addAll(List.of(stage + ".first", exam, stage + ".last", exam));
        }
        fields.addAll(
                List.of("checkInOpens", "30", "lateStart", "15", "visibility", "NEVER", "schools"));
        fields.add(world.clerk.organisation().id().toString());
        fields.addAll(List.of(more));
        return location(body.post("/plans/new", fields.toArray(String[]::new)));
    }

    private byte[] workbook(int first, int count) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CandidateSheets()
                .template(
                        out, CandidateImport.Mode.ADD, MadeUpPeople.rows(first, count), List.of());
        return out.toByteArray();
    }

    @Test
    void staffPrepareAnExamFromTheEmptyPlanToStickers() throws IOException {
        String plan = plan("K1");
        assertThat(body.get(plan).body())
                .contains("计划&lt;b&gt;K1")
                .doesNotContain("计划<b>")
                .contains("待办");
        location(
                body.post(
                        plan + "/levels",
                        "number",
                        "C100",
                        "name",
                        "网店运营推广职业技能等级证书",
                        "shortName",
                        "网店运营",
                        "level",
                        "初级",
                        "issuer",
                        "评价组织",
                        "passRule",
                        "ALL_SUBJECTS"));
        String content = body.get(plan + "/content").body();
        String level = value(content, "name=\"level\"", "<option value=\"(\\d+)\"");
        location(
                body.post(
                        plan + "/subjects",
                        "level",
                        level,
                        "number",
                        "S1",
                        "name",
                        "理论知识",
                        "mode",
                        "COMPUTER",
                        "minutes",
                        "60",
                        "fullMark",
                        "100",
                        "passMark",
                        "60",
                        "weight",
                        "1"));
        String subject =
                value(
                        body.get(plan + "/content").body(),
                        "本场考试的科目",
                        "name=\"subjects\" value=\"(\\d+)\"");
        location(
                body.post(
                        plan + "/slots",
                        "day",
                        HubWorld.DAY.plusDays(3).toString(),
                        "start",
                        "09:00",
                        "end",
                        "10:30",
                        "subjects",
                        subject));
        clerkPrepares(plan, level);
        bodyArranges(plan);
    }

    private void clerkPrepares(String plan, String level) throws IOException {
        clerk.get("/sites");
        String site = location(clerk.post("/sites/new", "name", "第一职业学院考核站点", "address", "经十路1号"));
        location(clerk.post(site + "/submit"));
        assertThat(other.get(site).statusCode()).isEqualTo(404);
        location(body.post(site + "/approve"));
        String siteId = site.substring(site.lastIndexOf('/') + 1);
        location(
                clerk.post(
                        plan + "/rooms/new",
                        "site",
                        siteId,
                        "name",
                        "107室",
                        "types",
                        "COMPUTER",
                        "seats",
                        "30",
                        "columns",
                        "6",
                        "address",
                        "一号楼107",
                        "levels",
                        level));
        clerk.get("/imports/candidates/new");
        String record =
                location(clerk.put("/imports/candidates/add", workbook(0, 25), "HX-Request", "1"));
        assertThat(clerk.get(record).body()).contains("新增").contains(">25<");
        assertThat(other.get(record).statusCode()).isEqualTo(404);
        assertThat(other.get(record + "/failed").statusCode()).isEqualTo(404);
        clerk.get(plan + "/registrations/new");
        location(clerk.post(plan + "/registrations/new", "level", level, "all", "on", "q", ""));
        assertThat(clerk.get(plan + "/registrations").body()).contains("共 25 条报考");
    }

    private void bodyArranges(String plan) {
        assertThat(clerk.post(plan + "/arrangement").statusCode()).isEqualTo(403);
        location(body.post(plan + "/arrangement"));
        String page = clerk.get(plan + "/arrangement").body();
        String room = value(page, "考场编排", "href=\"(/plans/\\d+/arrangement/\\d+/\\d+)\"");
        assertThat(clerk.get(room).body()).contains("准考证号").contains("第一职业学院");
        String stickers = clerk.get(room + "/stickers").body();
        assertThat(stickers).contains("<svg").contains("<dt>PIN</dt>").contains("990*****");
        assertThat(other.get(room).statusCode()).isEqualTo(404);
        assertThat(authority.get(room).statusCode()).isEqualTo(200);
        assertThat(authority.get(room + "/stickers").statusCode()).isEqualTo(403);
        assertThat(body.get(plan).body()).contains("已排 25，共 25");
    }

    @Test
    void aPlanWithErrorsComesBackWithASummaryAndWhatWasEntered() {
        HttpResponse<String> answer =
                body.post(
                        "/plans/new",
                        "number",
                        "坏 编号",
                        "name",
                        "",
                        "checkInOpens",
                        "30",
                        "lateStart",
                        "15",
                        "REGISTRATION.first",
                        "2026-11-22",
                        "REGISTRATION.last",
                        "2026-11-21");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("error-summary")
                .contains("href=\"#f-number\"")
                .contains("结束日期不能早于开始日期")
                .contains("value=\"坏 编号\"");
    }

    /** Domain section 9: the time to check out is the plan's; 0 to 240 minutes. */
    @Test
    void thePlanSaysHowLongPhonesMayCheckOut() {
        String plan = plan("K9", "checkOut", "240");
        assertThat(body.get(plan + "/edit").body())
                .containsPattern("id=\"f-checkOut\"[^>]* value=\"240\"")
                .containsPattern("name=\"handInLeaves\">");
        HttpResponse<String> beyond =
                body.post(
                        "/plans/new",
                        "number",
                        "K10",
                        "name",
                        "计划",
                        "checkInOpens",
                        "30",
                        "lateStart",
                        "15",
                        "checkOut",
                        "241");
        assertThat(beyond.statusCode()).isEqualTo(422);
        assertThat(beyond.body()).contains("href=\"#f-checkOut\"", "240");
    }

    @Test
    void anotherSchoolsThingsAreNotFound() throws IOException {
        String plan = plan("K2");
        assertThat(clerk.get(plan).statusCode()).isEqualTo(200);
        assertThat(other.get(plan).statusCode()).isEqualTo(404);
        assertThat(other.get(plan + "/content").statusCode()).isEqualTo(404);
        assertThat(other.get(plan + "/registrations").statusCode()).isEqualTo(404);
        assertThat(other.get(plan + "/arrangement").statusCode()).isEqualTo(404);
        assertThat(other.get("/plans").body()).doesNotContain("K2");
        assertThat(clerk.get(plan + "/edit").statusCode()).isEqualTo(403);
        assertThat(authority.get(plan).statusCode()).isEqualTo(200);
        assertThat(authority.get("/plans/new").statusCode()).isEqualTo(403);
        other.get("/imports/candidates/new");
        other.put("/imports/candidates/add", workbook(5000, 1), "HX-Request", "1");
        String list = other.get("/candidates").body();
        String candidate = value(list, "<tbody>", "href=\"(/candidates/\\d+)\"");
        assertThat(other.get(candidate).body()).contains(MadeUpPeople.idNumber(5000));
        assertThat(clerk.get(candidate).statusCode()).isEqualTo(404);
        assertThat(authority.get(candidate).body())
                .doesNotContain(MadeUpPeople.idNumber(5000))
                .contains("990*****");
        assertThat(clerk.get("/candidates?q=" + MadeUpPeople.idNumber(5000)).body())
                .contains("没有符合条件的考生");
    }

    @Test
    void aWrongFileIsNamedAndFailedRowsComeBackAsASheet() throws IOException {
        clerk.get("/imports/candidates/new");
        String refused =
                location(
                        clerk.put(
                                "/imports/candidates/add",
                                "姓名,身份证号".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                "HX-Request",
                                "1"));
        assertThat(clerk.get(refused).body()).contains("这是文本文件");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> row = new ArrayList<>(MadeUpPeople.rows(6000, 1).get(0));
        row.set(3, "123");
        new CandidateSheets().template(out, CandidateImport.Mode.ADD, List.of(row), List.of("说明"));
        String failed =
                location(
                        clerk.put("/imports/candidates/add", out.toByteArray(), "HX-Request", "1"));
        assertThat(clerk.get(failed).body()).contains("手机号应为 11 位数字");
        assertThat(
                        clerk.get(failed + "/failed")
                                .headers()
                                .firstValue("Content-Disposition")
                                .orElse(""))
                .contains("attachment");
        assertThat(authority.get(failed).body()).doesNotContain(MadeUpPeople.idNumber(6000));
        assertThat(authority.get(failed + "/failed").statusCode()).isEqualTo(404);
        HttpResponse<String> template = clerk.get("/imports/candidates/template");
        assertThat(template.statusCode()).isEqualTo(200);
        assertThat(template.body()).startsWith("PK");
    }

    @Test
    void aLargeFilesPageShowsHowFarItIsAndThenItsResult() throws IOException {
        clerk.get("/imports/candidates/new");
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            byte[] noise = new byte[1 << 20];
            new java.util.Random(1).nextBytes(noise);
            out.putNextEntry(new ZipEntry("合影.jpg"));
            out.write(noise);
        }
        String record =
                location(clerk.put("/imports/photos", zip.toByteArray(), "HX-Request", "1"));
        assertThat(clerk.get(record).body())
                .contains("hx-get=\"" + record + "/progress\"")
                .contains("文件已保存，等待导入");
        assertThat(clerk.get("/imports").body()).contains("导入中，0%");
        assertThat(clerk.get(record + "/progress").statusCode()).isEqualTo(200);
        assertThat(other.get(record + "/progress").statusCode()).isEqualTo(404);
        assertThat(server.imports.round()).isEqualTo(1);
        assertThat(location(clerk.get(record + "/progress"))).isEqualTo(record);
        assertThat(clerk.get(record).body()).contains("合影.jpg").doesNotContain("hx-get");
    }

    @Test
    void everyPageExistsInEnglish() {
        String plan = plan("K3");
        body.get("/preferences/language/en?back=%2F");
        for (String path :
                List.of(
                        "/plans",
                        "/plans/new",
                        plan,
                        plan + "/edit",
                        plan + "/content",
                        plan + "/rooms",
                        plan + "/registrations",
                        plan + "/arrangement",
                        "/candidates",
                        "/sites",
                        "/imports")) {
            HttpResponse<String> page = body.get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.body()).as(path).contains("lang=\"en\"").doesNotContain("[plan.");
            assertThat(page.body()).as(path).doesNotContainPattern("\\[[a-z]+\\.[a-z.-]+\\]");
        }
        clerk.get("/preferences/language/en?back=%2F");
        for (String path :
                List.of(
                        "/candidates/new",
                        "/imports/candidates/new",
                        "/sites/new",
                        plan + "/rooms/new",
                        plan + "/registrations/new")) {
            HttpResponse<String> page = clerk.get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.body()).as(path).doesNotContainPattern("\\[[a-z]+\\.[a-z.-]+\\]");
        }
    }
}
