package io.invigil.site;

import static io.invigil.site.IdentityHttpTest.frame;
import static io.invigil.site.IdentityHttpTest.login;
import static io.invigil.site.IdentityHttpTest.tree;
import static io.invigil.site.SiteFixture.exam;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.exam.pack.FaceRechecks;
import io.invigil.exam.pack.IdentityCheck;
import io.invigil.site.SiteFixture.Client;
import io.invigil.testkit.face.HeadWarp;
import io.invigil.testkit.face.SharedFaces;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Face checks of a running test over the node's own HTTPS, with and without models (S0, section 7:
 * 不定时进行人脸识别; domain, section 10). Photographs are real ones beside the project.
 */
class RecheckHttpTest {
    private static final String RECHECK = "/api/exam/recheck";
    private static final String ONE = "/room/" + PaperHub.EXAM + "/identity/1001";

    @TempDir Path directory;
    private SiteFixture site;
    private Client proctor;
    private Client candidate;
    private long lease;

    @BeforeEach
    void open() throws Exception {
        site = new SiteFixture(directory);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    /** Seat 1 sits, and comes back to the page, which is a moment to check. */
    private void askedWhileSitting(boolean withModels) throws Exception {
        if (withModels) {
            SharedFaces.installInto(directory.resolve("data"));
            site.restart();
        }
        byte[] photo = withModels ? SharedFaces.photo("image_0042.jpg") : PaperHub.PHOTO;
        site.hub().identity(IdentityCheck.OFF, List.of(photo));
        site.hub().rechecks(new FaceRechecks(0, true));
        site.importPackage(1, 2);
        proctor = site.run();
        proctor.ok(exam("check-in"), Map.of("number", "2026000001"));
        candidate = login(site, 1);
        assertThat(candidate.get("/exam").body()).contains("不定时核对人脸");
        assertThat(candidate.json("/api/exam/beat").path("camera").asBoolean())
                .as("the browser's question comes before the start")
                .isTrue();
        assertThat(IdentityHttpTest.start(candidate)).isEqualTo("started");
        lease = 1;
        assertThat(beat()).isZero();
        leave("s-1");
        assertThat(beat()).isEqualTo(1);
    }

    private void leave(String id) {
        candidate.ok(
                "/api/exam/signal",
                Map.of(
                        "lease",
                        lease,
                        "signal",
                        id,
                        "kind",
                        "LEFT",
                        "lastedMillis",
                        900,
                        "reached",
                        true));
    }

    /** Number of the check that waits. */
    private int beat() {
        return candidate.json("/api/exam/beat").path("recheck").asInt();
    }

    private JsonNode look(String photograph, boolean first) {
        return tree(candidate.picture(RECHECK + (first ? "?first=1" : ""), frame(photograph)));
    }

    private void lookThrice(String one, String two, String three) {
        assertThat(look(one, true).path("kind").asText()).isEqualTo("LOOKING");
        assertThat(look(two, false).path("good").asInt()).isEqualTo(2);
        assertThat(look(three, false).path("kind").asText())
                .as("the page does not hear what was found")
                .isEqualTo("SETTLED");
    }

    private String list() {
        return proctor.get("/room/" + PaperHub.EXAM + "/identity").body();
    }

    @Test
    void theSamePersonIsAcceptedAndNobodyIsAsked() throws Exception {
        askedWhileSitting(true);
        assertThat(
                        tree(candidate.picture(RECHECK + "?first=1", HeadWarp.nobody()))
                                .path("kind")
                                .asText())
                .as("looking away for a moment is nothing")
                .isEqualTo("LOOKING");
        lookThrice("image_0043.jpg", "image_0044.jpg", "image_0046.jpg");
        assertThat(beat()).isZero();
        assertThat(list()).doesNotContain("等待您核验");
        assertThat(look("image_0133.jpg", true).path("kind").asText())
                .as("pictures that nobody asked for are not looked at")
                .isEqualTo("SETTLED");
        assertThat(list()).doesNotContain("等待您核验");
    }

    @Test
    void anotherPersonIsShownToTheProctorAndWorksOn() throws Exception {
        askedWhileSitting(true);
        lookThrice("image_0133.jpg", "image_0134.jpg", "image_0136.jpg");
        assertThat(list()).contains("等待您核验：1 人").contains("比对结果不是同一人");
        assertThat(proctor.get(ONE).body()).contains("考生继续答题").contains("/picture?v=");
        assertThat(proctor.get("/api" + ONE + "/picture").statusCode()).isEqualTo(200);
        candidate.ok(
                "/api/exam/answers",
                Map.of(
                        "lease",
                        lease,
                        "item",
                        "Q3",
                        "op",
                        "op-1",
                        "rev",
                        1,
                        "response",
                        Map.of("RESPONSE", List.of("works on"))));
        site.restart();
        proctor = site.proctor("wang");
        assertThat(list()).as("the question outlives the process").contains("等待您核验：1 人");
        proctor.form(ONE + "/decide", Map.of("decision", "same", "reason", "已查看身份证"));
        assertThat(list()).doesNotContain("等待您核验");
    }

    @Test
    void withoutModelsTheProctorLooksAtThePictureByEye() throws Exception {
        askedWhileSitting(false);
        assertThat(
                        tree(candidate.picture(RECHECK + "?first=1", HeadWarp.nobody()))
                                .path("kind")
                                .asText())
                .isEqualTo("SETTLED");
        assertThat(list()).contains("等待您核验：1 人");
        assertThat(proctor.get(ONE).body()).contains("本服务器没有人脸模型，请人工核验");
        assertThat(proctor.get("/api" + ONE + "/picture").statusCode()).isEqualTo(200);
        assertThat(beat()).isZero();
    }

    @Test
    void aMissingCameraIsToldToTheProctor() throws Exception {
        askedWhileSitting(false);
        assertThat(candidate.refusal(RECHECK + "/missed", Map.of("why", "NO_ANSWER")))
                .isEqualTo("400 BAD_REQUEST");
        candidate.ok(RECHECK + "/missed", Map.of("why", "NO_CAMERA"));
        assertThat(list()).contains("等待您核验：1 人").contains("考生的摄像头不能用");
        assertThat(candidate.refusal("/api/exam/recheck", Map.of())).isEqualTo("400 BAD_REQUEST");
        assertThat(proctor.picture(RECHECK, HeadWarp.nobody()).statusCode()).isEqualTo(403);
    }
}
