package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.data.DirectoryBlobs;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.layout.Chrome;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Listener;
import io.invigil.appliance.web.PagesSettings;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.SignedIn;
import io.invigil.appliance.web.Visit;
import io.invigil.appliance.web.WebServers;
import io.invigil.appliance.web.asset.Assets;
import io.invigil.appliance.web.session.MemorySessions;
import io.invigil.exam.code.ReceiptCode;
import io.invigil.exam.file.FileValue;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.SnapshotCause;
import io.invigil.hub.ScoringWorld.Person;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.certificate.Certificate;
import io.invigil.hub.certificate.CertificateKeys;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.paper.PaperId;
import io.invigil.hub.paper.sample.SampleQti;
import io.invigil.hub.paper.sample.SampleQti.SamplePaper;
import io.invigil.hub.paper.sample.SampleQti.Version;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.registration.RegistrationId;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.testkit.HttpsBrowser;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.TestCertificates;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From the paper to the verified certificate over HTTPS, as staff and strangers do it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScoringPagesTest {
    private static final TestCertificates CERTIFICATES = new TestCertificates();

    @TempDir static Path directory;
    private Database database;
    private ScoredExam exam;
    private Person person;
    private WebServers servers;
    private ScoringWiring wiring;
    private DirectoryBlobs blobs;
    private HttpsBrowser body;
    private HttpsBrowser second;
    private HttpsBrowser school;
    private HttpsBrowser stranger;

    @BeforeAll
    void start() throws IOException {
        blobs = new DirectoryBlobs(directory.resolve("blobs"));
        database = StoreContract.fresh(Dialect.DERBY, directory.resolve("db"));
        Migrations migrations = new Migrations(database, java.time.Clock.systemUTC());
        migrations.apply(MigrationSource.appliance());
        migrations.apply(new MigrationSource("hub", ScoringWiring.class));
        exam = new ScoredExam(database, PassRule.ALL_SUBJECTS, false);
        person = exam.world.person("王小二", "");
        ClassLoader loader = ScoringWiring.class.getClassLoader();
        List<String> bundles = new ArrayList<>(OrganisationWiring.MESSAGES);
        bundles.addAll(ScoringWiring.MESSAGES);
        HttpPages pages =
                new HttpPages(
                        PagesSettings.of("hub", new byte[32]),
                        new MemorySessions(),
                        I18n.load(loader, ScoringWorld.ZONE, bundles),
                        new Chrome("plan.nav", List.of()),
                        new Assets(loader, "hub"),
                        exam.clock,
                        new SeededEntropy(1));
        wiring =
                new ScoringWiring(
                        database,
                        exam.world.tenant,
                        pages,
                        new Templates(loader, "io.invigil.hub.templates"),
                        directory,
                        blobs,
                        new CertificateKeys(SigningKey.ofSeed(new byte[32]), List.of()),
                        "https://exam.example.org",
                        exam.clock);
        WebServers.Builder builder =
                WebServers.builder(pages, new SeededEntropy(2))
                        .https(
                                Listener.loopback(Integer.getInteger("port", 0)),
                                CERTIFICATES.server())
                        .routes(new Doors(pages));
        wiring.routes().forEach(builder::routes);
        servers = builder.start();
        body = browser("body");
        second = browser("second");
        school = browser("school");
        stranger = HttpsBrowser.at(servers.httpsPort(), CERTIFICATES.authority());
    }

    @AfterAll
    void stop() {
        List.of(body, second, school, stranger).forEach(HttpsBrowser::close);
        servers.close();
        database.close();
    }

    private HttpsBrowser browser(String who) {
        HttpsBrowser browser = HttpsBrowser.at(servers.httpsPort(), CERTIFICATES.authority());
        browser.get("/test-enter/" + who);
        return browser;
    }

    /** Signs in without a password, for this test only. */
    private final class Doors implements HttpService {
        private final HttpPages pages;

        Doors(HttpPages pages) {
            this.pages = pages;
        }

        @Override
        public void routing(HttpRules rules) {
            rules.get("/test-enter/{who}", pages.page(Access.open(), this::enter));
        }

        private Reply enter(Visit visit) {
            StaffScope scope =
                    switch (visit.path("who")) {
                        case "body" -> exam.world.staff;
                        case "second" -> exam.world.second;
                        default -> exam.world.school;
                    };
            visit.signIn(
                    new SignedIn(
                            scope.tenant().value(),
                            1,
                            scope.login(),
                            scope.login(),
                            Set.of(scope.role().code()),
                            Optional.of(scope.organisation().id().value()),
                            Map.of()));
            return Reply.seeOther("/");
        }
    }

    private String plan(String rest) {
        return "/plans/" + exam.world.plan + rest;
    }

    private String page(HttpsBrowser browser, String path) {
        HttpResponse<String> response = browser.get(path);
        assertThat(response.statusCode()).as(path + "\n" + response.body()).isEqualTo(200);
        // a missing text would stand as [key]
        assertThat(response.body()).as(path).doesNotContainPattern("\\[[a-z]+\\.[A-Za-z._-]+\\]");
        return response.body();
    }

    private void done(HttpsBrowser browser, String from, String path, String... fields) {
        page(browser, from);
        HttpResponse<String> response = browser.post(path, fields);
        assertThat(response.statusCode()).as(path + "\n" + response.body()).isEqualTo(303);
    }

    @Test
    void thePaperIsUploadedCheckedPreviewedAndAssigned() {
        exam.clock.set(Instant.parse("2026-11-20T01:00:00Z"));
        relogin();
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
    void fromTheSittingToTheVerifiedCertificate() {
        exam.clock.set(Instant.parse("2026-11-20T05:00:00Z"));
        relogin();
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
        relogin();
        done(body, plan("/scores"), plan("/scores"));
        assertThat(page(body, plan("/scores"))).contains("95.5", "已出分");
        assertThat(page(school, plan("/scores"))).doesNotContain("95.5").contains("公示开始后可见");
        assertThat(ask(person.admission(), person.idNumber()).statusCode()).isEqualTo(422);
        exam.clock.set(Instant.parse("2026-11-27T02:00:00Z"));
        relogin();
        correct(sitting);
        assertThat(
                        ask(
                                        person.admission(),
                                        person.idNumber().toLowerCase(java.util.Locale.ROOT))
                                .body())
                .contains("王小二", "96", "公示中");
        assertThat(ask(person.admission(), "370602200501010000").statusCode()).isEqualTo(422);
        exam.clock.set(Instant.parse("2026-11-29T02:00:00Z"));
        relogin();
        issueAndVerify();
    }

    private void correct(String sitting) {
        done(body, sitting, sitting + "/correction", "after", "96", "reason", "第24题评分偏低");
        done(body, sitting, sitting + "/correction/1", "decision", "approve");
        assertThat(page(body, plan("/scores"))).contains("<strong>95.5</strong>");
        done(second, sitting, sitting + "/correction/1", "decision", "approve");
        assertThat(page(body, plan("/scores"))).contains("<strong>96</strong>");
    }

    private void issueAndVerify() {
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
        HttpResponse<String> pdf = school.get(plan("/certificates/" + registration + "/pdf"));
        assertThat(pdf.body()).startsWith("%PDF-");
        assertThat(page(stranger, "/verify?number=NEV2026100011000001"))
                .contains("真实有效", "王小二")
                .doesNotContain(person.idNumber());
        Certificate certificate =
                exam.<Optional<Certificate>>tx(
                                tx ->
                                        wiring.certificates()
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
                                        wiring.certificates().qrContent(certificate))
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

    private static byte[] handMarked() throws IOException {
        String marks =
                "<outcomeDeclaration identifier='MAXSCORE' cardinality='single' baseType='float'>"
                        + "<defaultValue><value>5</value></defaultValue></outcomeDeclaration>";
        String file =
                "<responseDeclaration identifier='RESPONSE' cardinality='single' baseType='file'/>"
                        + marks;
        String text = file.replace("'file'", "'string'");
        Map<String, String> items =
                Map.of(
                        "U",
                        file
                                + "<itemBody><uploadInteraction responseIdentifier='RESPONSE'"
                                + " type='application/pdf'/></itemBody>",
                        "D",
                        file
                                + "<itemBody><drawingInteraction responseIdentifier='RESPONSE'>"
                                + "<object data='p.png' type='image/png'/></drawingInteraction>"
                                + "</itemBody>",
                        "E",
                        text
                                + "<itemBody><extendedTextInteraction"
                                + " responseIdentifier='RESPONSE'/></itemBody>");
        Map<String, byte[]> files = new java.util.HashMap<>();
        StringBuilder resources = new StringBuilder();
        items.forEach(
                (id, inner) -> {
                    resources.append(
                            "<resource type='imsqti_item_xmlv2p2' href='%s.xml'/>".formatted(id));
                    String xml =
                            "<assessmentItem xmlns='http://www.imsglobal.org/xsd/imsqti_v2p2'"
                                    + " identifier='%s' title=''>%s</assessmentItem>"
                                            .formatted(id, inner);
                    files.put(id + ".xml", xml.getBytes(StandardCharsets.UTF_8));
                });
        files.put(
                "imsmanifest.xml",
                ("<manifest><resources>" + resources + "</resources></manifest>")
                        .getBytes(StandardCharsets.UTF_8));
        var png = new java.io.ByteArrayOutputStream();
        javax.imageio.ImageIO.write(
                new java.awt.image.BufferedImage(80, 40, java.awt.image.BufferedImage.TYPE_INT_RGB),
                "png",
                png);
        files.put("p.png", png.toByteArray());
        return SampleQti.zipped(files);
    }

    @Test
    void aTeacherMarksFilesDrawingsAndWhatIsOnPaper() throws IOException {
        exam.clock.set(Instant.parse("2026-11-20T05:00:00Z"));
        relogin();
        page(body, plan("/papers"));
        HttpResponse<String> taken =
                body.put(
                        plan("/subjects/" + exam.world.practice + "/paper"),
                        handMarked(),
                        "X-File-Name",
                        "hand.zip");
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(303);
        String shown = taken.headers().firstValue("Location").orElseThrow();
        assertThat(page(body, shown)).contains("上传文件题", "绘图题", ".pdf");
        String paper =
                new PaperId(Long.parseLong(shown.substring(shown.lastIndexOf('/') + 1))).name();
        Person other = exam.world.person("李小三", "");
        long number = other.practiceSitting();
        byte[] pdf = "%PDF-1.7 <script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
        var held = new FileValue(Digest.sha256(pdf).hex(), pdf.length, "报告.pdf");
        var missing = new FileValue("0".repeat(64), 3, "迟到.pdf");
        exam.apply(
                new RoomScript(exam.world.tenant, "node-files")
                        .start(number, paper)
                        .answer(number, "U", held.text(), missing.text())
                        .answer(number, "D", "10,10 20,20")
                        .answer(number, "E", "已线下作答")
                        .handIn(number));
        String sitting = plan("/sittings/" + number);
        assertThat(page(body, sitting)).contains("文件尚未到达中心", "迟到.pdf").doesNotContain("/files/");
        blobs.put(new java.io.ByteArrayInputStream(pdf), pdf.length);
        String html = page(body, sitting);
        assertThat(html)
                .contains("<polyline", "points=\"10,10 20,20\"", "请按纸质答卷评分")
                .contains("href=\"" + sitting + "/files/" + held.sha256() + "\" download");
        HttpResponse<String> file = body.get(sitting + "/files/" + held.sha256());
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment");
        assertThat(file.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(body.get(sitting + "/files/" + missing.sha256()).statusCode()).isEqualTo(404);
        String foreign = plan("/sittings/" + person.practiceSitting()) + "/files/" + held.sha256();
        assertThat(body.get(foreign).statusCode()).as("of another sitting").isEqualTo(404);
        assertThat(school.get(sitting + "/files/" + held.sha256()).statusCode()).isEqualTo(403);
        done(body, sitting, sitting + "/marks", "item", "U", "mark", "4");
        strangerChecks(other);
        assertThat(page(body, sitting)).contains("<strong>4</strong>");
    }

    /** Issue 3, part 4: by the receipt's code alone, and nothing personal. */
    private void strangerChecks(Person other) {
        String digest =
                exam.tx(
                        tx ->
                                new Attempts()
                                        .find(tx, exam.world.tenant, other.practiceSitting())
                                        .flatMap(attempt -> attempt.handIn())
                                        .orElseThrow()
                                        .answersDigest());
        String code = ReceiptCode.of(other.practiceSitting(), digest).text();
        assertThat(page(stranger, "/receipt?code=" + code))
                .contains("中心保存着与此回执完全一致的答卷", "<dd>3</dd>")
                .doesNotContain("李小三", "已线下作答", other.admission());
        String wrong = ReceiptCode.of(other.practiceSitting(), "0".repeat(64)).text();
        assertThat(page(stranger, "/receipt?code=" + wrong)).contains("没有与此回执一致");
        String unknown = ReceiptCode.of(987_654, digest).text();
        assertThat(page(stranger, "/receipt?code=" + unknown)).contains("没有与此回执一致");
        assertThat(page(stranger, "/receipt?code=x")).contains("不是完整的回执码");
        exam.apply(
                new RoomScript(exam.world.tenant, "node-more")
                        .add(
                                new RoomFact.AnswerSaved(
                                        other.practiceSitting(), "E", "op-x", 9, Map.of())));
        assertThat(page(stranger, "/receipt?code=" + code)).contains("部分答案仍在上传");
        while (stranger.get("/receipt?code=x").statusCode() != 429) {
            assertThat(stranger.get("/receipt").statusCode()).as("the form alone").isEqualTo(200);
        }
    }

    /** The clock has moved by days: sessions have ended. */
    private void relogin() {
        body.get("/test-enter/body");
        second.get("/test-enter/second");
        school.get("/test-enter/school");
    }

    private HttpResponse<String> ask(String admission, String idNumber) {
        page(stranger, "/portal/scores");
        return stranger.post("/portal/scores", "admission", admission, "id", idNumber);
    }

    @Test
    void roomSheetsAndTicketsArePrinted() {
        exam.clock.set(Instant.parse("2026-11-20T01:00:00Z"));
        relogin();
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

    /** S0 section Ⅲ: the pictures of a sitting, one decision after the other. */
    @Test
    void aReviewerGoesThroughTheGalleryAndOnlyTheSittingsOwnPicturesAreThere() throws IOException {
        exam.clock.set(Instant.parse("2026-11-20T03:00:00Z"));
        relogin();
        Person seen = exam.world.person("李四", "");
        byte[] jpeg = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1, 2, 3};
        String kept = blobs.put(new java.io.ByteArrayInputStream(jpeg), 100).hex();
        String other = blobs.put(new java.io.ByteArrayInputStream(new byte[] {9}), 100).hex();
        exam.apply(
                new RoomScript(exam.world.tenant, "node-gallery")
                        .start(seen.theorySitting(), exam.theory.name())
                        .add(
                                new ProctorFact.SnapshotTaken(
                                        seen.theorySitting(), SnapshotCause.RANDOM, kept, 6))
                        .incident(Optional.of(seen.theorySitting()))
                        .handIn(seen.theorySitting()));
        String one = plan("/gallery/" + seen.theorySitting());
        assertThat(page(body, one)).contains("李四", "键盘失灵", kept, "抓拍照片 (1)");
        assertThat(page(school, one)).contains("李四");
        HttpResponse<String> picture = body.get(one + "/pictures/" + kept);
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(body.get(one + "/pictures/" + other).statusCode()).isEqualTo(404);
        assertThat(body.get(one + "/pictures/x").statusCode()).isEqualTo(404);
        done(body, one, one, "decision", "reject", "reason", "画面中不止一人");
        assertThat(page(body, one)).contains("不通过", "画面中不止一人", "组织方");
        done(body, one, one, "decision", "reopen", "reason", "看错了");
        done(body, one, one, "decision", "pass", "reason", "");
        assertThat(body.get(plan("/gallery")).statusCode()).isIn(200, 303);
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
