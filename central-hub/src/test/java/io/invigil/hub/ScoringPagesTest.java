package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.hub.ScoringWorld.Person;
import io.invigil.hub.certificate.Certificate;
import io.invigil.hub.paper.sample.SampleQti;
import io.invigil.hub.paper.sample.SampleQti.SamplePaper;
import io.invigil.hub.paper.sample.SampleQti.Version;
import io.invigil.hub.registration.RegistrationId;
import io.invigil.testkit.HttpsBrowser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From the paper to the verified certificate over HTTPS, as staff and strangers do it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScoringPagesTest {
    @TempDir static Path directory;
    private ScoringServer server;
    private ScoredExam exam;
    private Person person;
    private HttpsBrowser body;
    private HttpsBrowser second;
    private HttpsBrowser school;
    private HttpsBrowser stranger;

    @BeforeAll
    void start() throws IOException {
        server = new ScoringServer(directory);
        exam = server.exam;
        person = exam.world.person("王小二", "");
        body = server.body;
        second = server.second;
        school = server.school;
        stranger = server.stranger;
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String plan(String rest) {
        return server.plan(rest);
    }

    private String page(HttpsBrowser browser, String path) {
        return server.page(browser, path);
    }

    private void done(HttpsBrowser browser, String from, String path, String... fields) {
        server.done(browser, from, path, fields);
    }

    @Test
    void thePaperIsUploadedCheckedPreviewedAndAssigned() {
        exam.clock.set(Instant.parse("2026-11-20T01:00:00Z"));
        server.relogin();
        String list = page(body, plan("/papers"));
        assertThat(list).contains("智能新能源汽车（初级）理论", "QTI 3.0", "使用中");
        String upload = plan("/subjects/" + exam.world.practice + "/paper");
        HttpResponse<String> taken =
                body.put(
                        upload,
                        SampleQti.zip(SamplePaper.PRACTICE, Version.V2_1),
                        "X-File-Name",
                        "practice.zip",
                        "HX-Request",
                        "true");
        assertThat(taken.statusCode()).as(taken.body()).isLessThan(400);
        Map<String, byte[]> files = SampleQti.files(SamplePaper.PRACTICE, Version.V2_2);
        String item = new String(files.get("items/P-S01.xml"), StandardCharsets.UTF_8);
        files.put(
                "items/P-S01.xml",
                item.replace("<itemBody>", "<itemBody><script>x</script>")
                        .getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> faulty =
                body.put(upload, SampleQti.zipped(files), "X-File-Name", "bad%20one.zip");
        assertThat(faulty.statusCode()).isEqualTo(422);
        assertThat(faulty.body()).contains("bad one.zip", "items/P-S01.xml", "不支持的元素：script");
        String preview = page(body, plan("/papers/" + exam.theory));
        assertThat(preview)
                .contains("国家标准中高压线束外皮的颜色是哪一种？", "BMS / bms", "若 a &lt; b 且 b &lt; c")
                .doesNotContain("<script>x");
        String picture = preview.split("src=\"(?=/plans/)")[1].split("\"")[0];
        assertThat(body.get(picture).headers().firstValue("Content-Type")).contains("image/png");
        done(
                body,
                plan("/papers/" + exam.theory),
                plan("/papers/" + exam.theory + "/assign"),
                "slot",
                "0");
        assertThat(school.get(plan("/papers")).statusCode()).isEqualTo(403);
        assertThat(stranger.get(plan("/papers")).statusCode()).isEqualTo(303);
    }

    @Test
    void fromTheSittingToTheVerifiedCertificate() throws IOException {
        exam.clock.set(Instant.parse("2026-11-20T05:00:00Z"));
        server.relogin();
        exam.sit(person.theorySitting(), exam.theory, 1.0);
        exam.sit(person.practiceSitting(), exam.practice, 1.0);
        assertThat(page(body, plan("/review?state=PENDING"))).contains("王小二", "待审核");
        done(
                body,
                plan("/review"),
                plan("/review/pass"),
                "sitting",
                "" + person.theorySitting(),
                "sitting",
                "" + person.practiceSitting());
        assertThat(page(body, plan("/review?state=PASSED"))).contains("王小二");
        String sitting = plan("/sittings/" + person.theorySitting());
        done(body, sitting, sitting + "/marks", "item", "T-ESSAY-1", "mark", "7.5");
        assertThat(page(body, sitting)).contains("7.5", "T-S01", "{\"RESPONSE\":[\"B\"]}");
        exam.clock.set(Instant.parse("2026-11-21T02:00:00Z"));
        server.relogin();
        done(body, plan("/scores"), plan("/scores"));
        assertThat(page(body, plan("/scores"))).contains("95.5", "已出分");
        assertThat(page(school, plan("/scores"))).doesNotContain("95.5").contains("公示开始后可见");
        assertScoresAreExported("95.5");
        assertThat(ask(person.admission(), person.idNumber()).statusCode()).isEqualTo(422);
        exam.clock.set(Instant.parse("2026-11-27T02:00:00Z"));
        server.relogin();
        correct(sitting);
        assertThat(
                        ask(
                                        person.admission(),
                                        person.idNumber().toLowerCase(java.util.Locale.ROOT))
                                .body())
                .contains("王小二", "96", "公示中");
        assertThat(ask(person.admission(), "370602200501010000").statusCode()).isEqualTo(422);
        exam.clock.set(Instant.parse("2026-11-29T02:00:00Z"));
        server.relogin();
        issueAndVerify();
    }

    /** Domain, section 3a: as the body sees them; a school gets nothing before publicity. */
    private void assertScoresAreExported(String theory) throws IOException {
        assertThat(Downloads.export(body, plan("/scores/export")))
                .anySatisfy(
                        row ->
                                assertThat(row)
                                        .contains("王小二", person.admission(), "各科成绩合格")
                                        .endsWith(theory));
        assertThat(Downloads.export(school, plan("/scores/export"))).hasSize(1);
        assertThat(Downloads.export(school, plan("/certificates/export"))).hasSize(1);
    }

    private void correct(String sitting) {
        done(body, sitting, sitting + "/correction", "after", "96", "reason", "第24题评分偏低");
        done(body, sitting, sitting + "/correction/1", "decision", "approve");
        assertThat(page(body, plan("/scores"))).contains("<strong>95.5</strong>");
        done(second, sitting, sitting + "/correction/1", "decision", "approve");
        assertThat(page(body, plan("/scores"))).contains("<strong>96</strong>");
    }

    private void issueAndVerify() throws IOException {
        done(body, plan("/certificates"), plan("/certificates/record"));
        String registration = "" + person.registration();
        done(
                body,
                plan("/certificates"),
                plan("/certificates/confirm"),
                "registration",
                registration);
        done(
                school,
                plan("/certificates"),
                plan("/certificates/confirm"),
                "registration",
                registration);
        assertThat(page(school, plan("/certificates"))).contains("已签发", "NEV2026100011000001");
        assertThat(Downloads.export(school, plan("/certificates/export")))
                .anySatisfy(row -> assertThat(row).contains("王小二", "各科成绩合格").endsWith("已通过"));
        assertThat(AuditTrail.of(server.database, exam.world.tenant))
                .as("every export of scores is recorded (domain, section 17)")
                .contains("EXPORTED score plan " + exam.world.plan);
        HttpResponse<String> pdf = school.get(plan("/certificates/" + registration + "/pdf"));
        assertThat(pdf.body()).startsWith("%PDF-");
        assertThat(page(stranger, "/verify?number=NEV2026100011000001"))
                .contains("真实有效", "王小二")
                .doesNotContain(person.idNumber());
        Certificate certificate =
                exam.<Optional<Certificate>>tx(
                                tx ->
                                        server.wiring
                                                .certificates()
                                                .find(
                                                        tx,
                                                        exam.world.tenant,
                                                        new RegistrationId(person.registration())))
                        .orElseThrow();
        page(stranger, "/verify");
        assertThat(
                        stranger.post(
                                        "/verify",
                                        "code",
                                        server.wiring.certificates().qrContent(certificate))
                                .body())
                .contains("真实有效");
        done(
                body,
                plan("/certificates"),
                plan("/certificates/" + registration + "/revoke"),
                "reason",
                "经查替考");
        assertThat(page(stranger, "/verify?number=NEV2026100011000001")).contains("撤销", "经查替考");
    }

    private HttpResponse<String> ask(String admission, String idNumber) {
        page(stranger, "/portal/scores");
        return stranger.post("/portal/scores", "admission", admission, "id", idNumber);
    }

    @Test
    void roomSheetsAndTicketsArePrinted() {
        exam.clock.set(Instant.parse("2026-11-20T01:00:00Z"));
        server.relogin();
        String room = plan("/prints/" + exam.world.slot + "/1");
        for (String kind : List.of("/door", "/desks", "/sign-in")) {
            assertThat(school.get(room + kind).body()).as(kind).startsWith("%PDF-");
        }
        HttpResponse<String> zip = school.get(plan("/prints/tickets"));
        assertThat(zip.statusCode()).isEqualTo(200);
        assertThat(zip.body()).startsWith("PK");
        assertThat(school.get(plan("/prints/9999/1/door")).statusCode()).isEqualTo(404);
        assertThat(stranger.get(room + "/desks").statusCode()).isEqualTo(303);
    }

    @Test
    void whoAsksTooOftenIsToldToWait() {
        int refused = 0;
        for (int i = 0; i < 30 && refused == 0; i++) {
            refused = ask("20261120" + i, "x").statusCode() == 429 ? 1 : 0;
        }
        assertThat(refused).isEqualTo(1);
        exam.clock.advance(java.time.Duration.ofMinutes(5));
    }
}
