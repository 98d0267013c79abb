package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.code.ReceiptCode;
import io.invigil.exam.file.FileValue;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.SnapshotCause;
import io.invigil.hub.ScoringWorld.Person;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.paper.PaperId;
import io.invigil.hub.paper.sample.SampleQti;
import io.invigil.protocol.crypto.Digest;
import io.invigil.testkit.HttpsBrowser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What reviewers and markers see of a sitting: files, drawings, paper, pictures; over HTTPS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SittingEvidencePagesTest {
    @TempDir static Path directory;
    private ScoringServer server;
    private ScoredExam exam;
    private Person person;
    private HttpsBrowser body;
    private HttpsBrowser school;
    private HttpsBrowser stranger;

    @BeforeAll
    void start() throws IOException {
        server = new ScoringServer(directory);
        exam = server.exam;
        person = exam.world.person("王小二", "");
        body = server.body;
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
        server.relogin();
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
        server.blobs.put(new java.io.ByteArrayInputStream(pdf), pdf.length);
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

    /** S0 section Ⅲ: the pictures of a sitting, one decision after the other. */
    @Test
    void aReviewerGoesThroughTheGalleryAndOnlyTheSittingsOwnPicturesAreThere() throws IOException {
        exam.clock.set(Instant.parse("2026-11-20T03:00:00Z"));
        server.relogin();
        Person seen = exam.world.person("李四", "");
        byte[] jpeg = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1, 2, 3};
        String kept = server.blobs.put(new java.io.ByteArrayInputStream(jpeg), 100).hex();
        String other =
                server.blobs.put(new java.io.ByteArrayInputStream(new byte[] {9}), 100).hex();
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
}
