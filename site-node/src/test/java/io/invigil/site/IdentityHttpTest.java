package io.invigil.site;

import static io.invigil.site.SiteFixture.exam;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.appliance.vision.model.ModelShelf;
import io.invigil.appliance.vision.model.ShelfState;
import io.invigil.appliance.vision.opencv.FaceEngine;
import io.invigil.appliance.vision.opencv.OpenCvLibrary;
import io.invigil.exam.pack.IdentityCheck;
import io.invigil.protocol.json.Json;
import io.invigil.site.SiteFixture.Client;
import io.invigil.testkit.face.HeadWarp;
import io.invigil.testkit.face.SharedFaces;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The step before the start and the desk over the node's own HTTPS, with and without models
 * (domain, section 10). Photographs are real ones beside the project.
 */
class IdentityHttpTest {
    private static final String FRAMES = "/api/exam/identity/frames";
    private static final String ONE = "/room/" + PaperHub.EXAM + "/identity/1001";

    @TempDir Path directory;
    private SiteFixture site;

    @BeforeEach
    void start() throws Exception {
        site = new SiteFixture(directory);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    /** Seat 1 with the photo of one person, seat 2 without a photo, checked in and running. */
    private Client running(IdentityCheck check, boolean withModels) throws Exception {
        byte[] photo = withModels ? SharedFaces.photo("image_0042.jpg") : PaperHub.PHOTO;
        if (withModels) {
            SharedFaces.installInto(directory.resolve("data"));
            site.restart();
        }
        site.hub().identity(check, List.of(photo));
        site.importPackage(1, 2);
        Client proctor = site.run();
        proctor.ok(exam("check-in"), Map.of("number", "2026000001"));
        proctor.ok(exam("check-in"), Map.of("number", "2026000002"));
        return proctor;
    }

    private Client login(int seat) {
        return login(site, seat);
    }

    static Client login(SiteFixture site, int seat) {
        Client client = site.client();
        client.ok(
                "/api/exam/login",
                Map.of(
                        "number", "2026%06d".formatted(seat),
                        "pin", "%06d".formatted(246_000 + seat),
                        "device", "lab-pc-%04d".formatted(seat)));
        return client;
    }

    private static JsonNode look(Client candidate, byte[] frame) {
        return tree(candidate.picture(FRAMES, frame));
    }

    static JsonNode tree(HttpResponse<String> response) {
        return Json.readTree(response.body().getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    static byte[] frame(String photograph) {
        return HeadWarp.frame(SharedFaces.photo(photograph));
    }

    static String start(Client candidate) {
        long lease =
                candidate.ok("/api/exam/writer", Map.of("takeover", false)).path("lease").asLong();
        HttpResponse<String> response = candidate.post("/api/exam/start", Map.of("lease", lease));
        return response.statusCode() == 200 ? "started" : tree(response).path("code").asText();
    }

    @Test
    void threeGoodFramesOfThePersonAreAcceptedAndTheSittingStarts() throws Exception {
        Client proctor = running(IdentityCheck.FACE, true);
        Client candidate = login(1);
        assertThat(start(candidate)).isEqualTo("IDENTITY_OPEN");
        assertThat(candidate.get("/exam").headers().firstValue("Location").orElse(""))
                .endsWith("/exam/identity");
        assertThat(look(candidate, frame("image_0043.jpg")).path("good").asInt()).isEqualTo(1);
        assertThat(look(candidate, HeadWarp.nobody()).path("advice").get(0).asText())
                .isEqualTo("NO_FACE");
        assertThat(look(candidate, frame("image_0044.jpg")).path("good").asInt()).isEqualTo(2);
        assertThat(look(candidate, frame("image_0046.jpg")).path("kind").asText())
                .isEqualTo("SETTLED");
        assertThat(start(candidate)).isEqualTo("started");
        assertThat(proctor.get(ONE).body()).contains("比对通过").contains("/picture?v=");
    }

    @Test
    void anotherPersonWaitsForTheProctorWhoSeesBothPictures() throws Exception {
        Client proctor = running(IdentityCheck.FACE, true);
        Client candidate = login(1);
        JsonNode step = Json.mapper().createObjectNode();
        for (String photograph : List.of("image_0133.jpg", "image_0134.jpg", "image_0136.jpg")) {
            step = look(candidate, frame(photograph));
        }
        assertThat(step.path("kind").asText()).isEqualTo("ASKED");
        assertThat(start(candidate)).isEqualTo("IDENTITY_OPEN");
        String list = proctor.get("/room/" + PaperHub.EXAM + "/identity").body();
        assertThat(list).contains("等待您核验：1 人").contains("比对结果不是同一人");
        assertThat(proctor.get("/api" + ONE + "/picture").statusCode()).isEqualTo(200);
        assertThat(proctor.get("/api" + ONE + "/reference").statusCode()).isEqualTo(200);
        assertThat(candidate.get("/api" + ONE + "/picture").statusCode()).isEqualTo(403);

        assertThat(proctor.form(ONE + "/decide", Map.of("decision", "same", "reason", " ")).body())
                .contains("请填写理由");
        proctor.form(ONE + "/decide", Map.of("decision", "other", "reason", "另一个人"));
        assertThat(candidate.json("/api/exam/identity").path("refused").asBoolean()).isTrue();
        assertThat(start(candidate)).isEqualTo("IDENTITY_OPEN");
        site.restart();
        Client again = site.proctor("wang");
        again.form(ONE + "/decide", Map.of("decision", "same", "reason", "已查看身份证"));
        assertThat(start(candidate)).as("a decision can be corrected").isEqualTo("started");
    }

    @Test
    void aCandidateMayTryAgainButOnlyAFewTimes() throws Exception {
        running(IdentityCheck.FACE, true);
        Client candidate = login(1);
        for (int round = 0; round < 3; round++) {
            assertThat(candidate.json("/api/exam/identity").path("kind").asText())
                    .isEqualTo(round == 0 ? "LOOKING" : "ASKED");
            for (int at = 0; at < 3; at++) {
                look(candidate, frame("image_0133.jpg"));
            }
        }
        assertThat(candidate.json("/api/exam/identity").path("again").asBoolean()).isFalse();
        for (int at = 0; at < 3; at++) {
            assertThat(look(candidate, frame("image_0043.jpg")).path("kind").asText())
                    .isEqualTo("ASKED");
        }
    }

    @Test
    void theHeadTurnPassesForATurningFaceAndNotForAStillPhotograph() throws Exception {
        running(IdentityCheck.FACE_AND_TURN, true);
        Client candidate = login(1);
        OpenCvLibrary.load(directory.resolve("native"));
        var models = (ShelfState.Ready) new ModelShelf(SharedFaces.models()).look();
        byte[] ahead;
        byte[] left;
        byte[] right;
        try (FaceEngine engine = new FaceEngine(models.models(), 1)) {
            HeadWarp head = HeadWarp.of(SharedFaces.photo("image_0042.jpg"), engine);
            ahead = head.ahead();
            left = head.left();
            right = head.right();
        }
        JsonNode step = look(candidate, ahead);
        for (int at = 0; at < 100 && !step.path("kind").asText().equals("ASKED"); at++) {
            assertThat(step.path("kind").asText()).isIn("LOOKING", "TURNING");
            step = look(candidate, ahead);
        }
        assertThat(step.path("kind").asText()).as("a still photograph").isEqualTo("ASKED");
        assertThat(start(candidate)).isEqualTo("IDENTITY_OPEN");

        step = look(candidate, ahead);
        for (int at = 0; at < 40 && !step.path("kind").asText().equals("SETTLED"); at++) {
            step =
                    look(
                            candidate,
                            switch (step.path("turn").asText()) {
                                case "TURN_LEFT" -> left;
                                case "TURN_RIGHT" -> right;
                                default -> ahead;
                            });
        }
        assertThat(step.path("kind").asText()).as("a turning face").isEqualTo("SETTLED");
        assertThat(start(candidate)).isEqualTo("started");
    }

    @Test
    void withoutModelsThePagesSaySoAndTheProctorDecidesByEye() throws Exception {
        Client proctor = running(IdentityCheck.FACE, false);
        Client candidate = login(1);
        assertThat(candidate.get("/exam/identity").body()).contains("监考老师人工核验");
        assertThat(look(candidate, new byte[] {1}).path("kind").asText()).isEqualTo("BY_EYE");
        assertThat(candidate.ok("/api/exam/identity/ask", Map.of()).path("kind").asText())
                .isEqualTo("ASKED");
        assertThat(proctor.get("/room/" + PaperHub.EXAM + "/identity").body()).contains("没有安装人脸模型");
        assertThat(proctor.get(ONE).body()).contains("本服务器没有人脸模型，请人工核验");
        proctor.form(ONE + "/decide", Map.of("decision", "same", "reason", "已查看身份证"));
        assertThat(start(candidate)).isEqualTo("started");
    }

    @Test
    void whoDeclinesTheCameraIsDecidedByTheProctor() throws Exception {
        Client proctor = running(IdentityCheck.FACE, true);
        Client candidate = login(1);
        candidate.ok("/api/exam/identity/ask", Map.of("why", "DECLINED"));
        assertThat(candidate.json("/api/exam/identity").path("kind").asText()).isEqualTo("ASKED");
        assertThat(proctor.get(ONE).body()).contains("考生不愿使用摄像头");
        assertThat(candidate.refusal("/api/exam/identity/ask", Map.of("why", "NONSENSE")))
                .isEqualTo("400 BAD_REQUEST");
    }

    @Test
    void whoDeclinedAtTheCentreIsComparedByNoMachineThoughPhotoAndModelsAreThere()
            throws Exception {
        site.hub().declined(1);
        Client proctor = running(IdentityCheck.FACE, true);
        Client candidate = login(1);
        assertThat(candidate.json("/api/exam/identity").path("kind").asText()).isEqualTo("BY_EYE");
        assertThat(look(candidate, frame("image_0043.jpg")).path("kind").asText())
                .isEqualTo("BY_EYE");
        assertThat(candidate.ok("/api/exam/identity/ask", Map.of()).path("kind").asText())
                .isEqualTo("ASKED");
        assertThat(proctor.get(ONE).body()).contains("不同意机器比对");
        assertThat(proctor.get("/api" + ONE + "/reference").statusCode())
                .as("the proctor compares with the registration photo")
                .isEqualTo(200);
        proctor.form(ONE + "/decide", Map.of("decision", "same", "reason", "已查看身份证"));
        assertThat(start(candidate)).isEqualTo("started");
    }

    @Test
    void aPhotoTakenAtTheDeskReplacesAWrongOneAndIsComparedWith() throws Exception {
        Client proctor = running(IdentityCheck.FACE, true);
        proctor.form(ONE + "/unbind", Map.of("unbind-reason", "照片上是姐姐"));
        assertThat(proctor.get("/api" + ONE + "/reference").statusCode()).isEqualTo(404);
        Client candidate = login(1);
        assertThat(candidate.json("/api/exam/identity").path("kind").asText()).isEqualTo("BY_EYE");
        String photo = "/api" + ONE + "/photo?reason=taken";
        assertThat(proctor.picture(photo, HeadWarp.nobody()).body()).contains("NO_FACE");
        assertThat(proctor.picture("/api" + ONE + "/photo", frame("image_0164.jpg")).body())
                .contains("REASON_NEEDED");
        assertThat(proctor.picture(photo, frame("image_0164.jpg")).statusCode()).isEqualTo(200);
        for (String photograph : List.of("image_0165.jpg", "image_0166.jpg", "image_0167.jpg")) {
            look(candidate, frame(photograph));
        }
        assertThat(start(candidate)).isEqualTo("started");
    }

    @Test
    void theDeskComparesByItsOwnCamera() throws Exception {
        Client proctor = running(IdentityCheck.FACE, true);
        String frames = "/api" + ONE + "/frames";
        proctor.picture(frames + "?first=1", frame("image_0043.jpg"));
        proctor.picture(frames, frame("image_0044.jpg"));
        assertThat(tree(proctor.picture(frames, frame("image_0046.jpg"))).path("kind").asText())
                .isEqualTo("SETTLED");
        assertThat(start(login(1))).isEqualTo("started");
    }

    @Test
    void anotherExamsAddressShowsNobody() throws Exception {
        Client proctor = running(IdentityCheck.BY_EYE, false);
        assertThat(proctor.get("/room/other/identity").statusCode()).isEqualTo(404);
        assertThat(proctor.get("/room/other/identity/1001").statusCode()).isEqualTo(404);
        assertThat(proctor.get("/room/" + PaperHub.EXAM + "/identity/999").statusCode())
                .isEqualTo(404);
    }

    @Test
    void anExamWithoutThePolicyHasNoSuchStep() throws Exception {
        running(IdentityCheck.OFF, false);
        Client candidate = login(2);
        assertThat(candidate.get("/exam/identity").headers().firstValue("Location").orElse(""))
                .endsWith("/exam");
        assertThat(start(candidate)).isEqualTo("started");
    }
}
