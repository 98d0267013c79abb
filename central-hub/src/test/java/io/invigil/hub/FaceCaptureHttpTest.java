package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.hub.facecapture.FaceFixture;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.protocol.json.Json;
import io.invigil.testkit.HttpsBrowser;
import io.invigil.testkit.TestClock;
import io.invigil.testkit.face.HeadWarp;
import io.invigil.testkit.face.SharedFaces;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The candidate's own face over HTTPS: domain section 10; source 000 section 7; source 001 sections
 * 4 (重新录入，确认提交) and 5 (模糊 → 解绑).
 */
class FaceCaptureHttpTest {
    private static final String OWN = "/portal/face";
    private static final Pattern NOTICE = Pattern.compile("name=\"notice\" value=\"([^\"]+)\"");
    private static final byte[] DRAWN = FaceFixture.drawn("jpeg", 640, 480);

    @TempDir Path directory;

    private static HttpResponse<String> agree(HttpsBrowser browser, String path) {
        Matcher notice = NOTICE.matcher(browser.get(path).body());
        assertThat(notice.find()).isTrue();
        return browser.post(path + "/agree", "notice", notice.group(1), "agreed", "1");
    }

    private static String said(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode json = Json.readTree(answer.body().getBytes(StandardCharsets.UTF_8)).orElseThrow();
        assertThat(json.path("done").asBoolean()).isEqualTo(status == 200);
        return json.path("said").asText();
    }

    /** Where the code on the page leads: read as a phone reads it. */
    private static String link(HttpsBrowser candidate) {
        candidate.get(OWN);
        HttpResponse<String> page = candidate.post(OWN + "/code");
        Matcher address =
                Pattern.compile("https://[^\"<]+?(/face/[A-Za-z0-9_-]{24})").matcher(page.body());
        assertThat(address.find()).as("the code's address stands in words too").isTrue();
        return address.group(1);
    }

    @Test
    void withoutModelsAPictureIsTakenByPortalAndPhoneAndThePageSaysThatNoMachineLooked() {
        try (RunningHub running = new RunningHub(directory)) {
            HttpsBrowser candidate = running.portal();
            noticeFirst(candidate);
            assertThat(said(candidate.put(OWN + "/picture?look=1", DRAWN), 200)).contains("未经机器检查");
            assertThat(candidate.get(OWN + "/own").statusCode())
                    .as("only looked at")
                    .isEqualTo(404);
            byOnePhone(running, candidate);
            HttpResponse<String> check = candidate.get(OWN);
            assertThat(check.body()).contains("已采集").contains("未经机器检查").contains(OWN + "/own");
            assertThat(candidate.get(OWN + "/own").headers().firstValue("Content-Type"))
                    .contains("image/jpeg");
            unbinding(running, candidate);
            assertThat(candidate.post(OWN + "/decline").statusCode()).isEqualTo(303);
            assertThat(candidate.get(OWN).body()).contains("不同意采集，人工核验");
            assertThat(candidate.get(OWN + "/own").statusCode()).isEqualTo(404);
        }
    }

    private static void noticeFirst(HttpsBrowser candidate) {
        assertThat(candidate.get(OWN).body())
                .contains("人脸信息处理告知")
                .contains("不同意不影响您参加考试")
                .doesNotContain("face-capture");
        assertThat(said(candidate.put(OWN + "/picture", DRAWN), 409)).contains("还没有同意");
        assertThat(candidate.post(OWN + "/agree").statusCode()).as("not ticked").isEqualTo(422);
        assertThat(agree(candidate, OWN).statusCode()).isEqualTo(303);
        assertThat(candidate.get(OWN).body())
                .contains("光线充足")
                .contains("不晃动")
                .contains("坐姿端正")
                .contains("与摄像头保持水平")
                .contains("重新录入")
                .contains("确认提交")
                .contains("没有安装人脸模型");
    }

    private static void byOnePhone(RunningHub running, HttpsBrowser candidate) {
        String link = link(candidate);
        HttpsBrowser phone = running.stranger();
        assertThat(phone.get("/face/" + "A".repeat(24)).statusCode()).isEqualTo(404);
        String page = phone.get(link).body();
        assertThat(page)
                .contains("face-capture")
                .doesNotContain(running.samples.get("candidate-number"));
        byte[] gif = "GIF89a".getBytes(StandardCharsets.US_ASCII);
        assertThat(said(phone.put(link + "/picture", gif), 422)).contains("不是 JPG 或 PNG");
        assertThat(said(phone.put(link + "/picture", DRAWN), 200)).contains("提交成功");
        assertThat(phone.get(link).statusCode()).as("used up").isEqualTo(404);
        assertThat(phone.put(link + "/picture", DRAWN).statusCode()).isEqualTo(404);
        assertThat(said(candidate.put(OWN + "/picture", DRAWN), 409)).contains("解绑");
    }

    private static void unbinding(RunningHub running, HttpsBrowser candidate) {
        String path = "/candidates/" + running.samples.get("candidate") + "/face";
        for (String stranger : new String[] {"other", "body"}) {
            int status = running.person(stranger).get(path).statusCode();
            assertThat(status).as(stranger).isIn(403, 404);
        }
        HttpsBrowser clerk = running.person("clerk");
        assertThat(clerk.get(path).body()).contains("同意告知").contains("手机扫码");
        assertThat(clerk.get(path + "/picture").statusCode()).isEqualTo(200);
        assertThat(clerk.post(path + "/unbind", "reason", "").statusCode()).isEqualTo(422);
        assertThat(clerk.post(path + "/unbind", "reason", "照片模糊").statusCode()).isEqualTo(303);
        assertThat(clerk.get(path).body()).contains("照片模糊");
        assertThat(clerk.get(path + "/picture").statusCode()).isEqualTo(404);
        assertThat(said(candidate.put(OWN + "/picture", DRAWN), 200))
                .as("captured anew")
                .isNotEmpty();
    }

    @Test
    void withModelsABadPictureIsRefusedWithAdviceAndAGoodOneIsTaken() throws IOException {
        byte[] photograph = SharedFaces.photo("image_0042.jpg");
        byte[] other = SharedFaces.photo("image_0001.jpg");
        SharedFaces.models();
        // as an operator does: the hub is there, models are installed, the hub is started anew
        HubWiring.start(
                        TestHubSettings.of(directory, 1, "另一评价组织", List.of()),
                        Map.of(),
                        new TestClock(HubWorld.NOW))
                .close();
        SharedFaces.installInto(directory.resolve("hub"));
        try (RunningHub running = new RunningHub(directory)) {
            HttpsBrowser candidate = running.portal();
            agree(candidate, OWN);
            String path = OWN + "/picture";
            byte[] good = HeadWarp.frame(photograph);
            assertThat(said(candidate.put(path, DRAWN), 422)).contains("没有看到人脸");
            assertThat(said(candidate.put(path, together(photograph, other)), 422))
                    .contains("不止一张脸");
            assertThat(said(candidate.put(path, placed(photograph, 180, 1f)), 422)).contains("靠近");
            assertThat(said(candidate.put(path, placed(photograph, 480, 0.15f)), 422))
                    .contains("光线太暗");
            assertThat(candidate.get(OWN + "/own").statusCode()).as("none was kept").isEqualTo(404);
            assertThat(said(candidate.put(path + "?look=1", good), 200)).contains("照片可用");
            assertThat(said(candidate.put(path, good), 200)).contains("提交成功");
            assertThat(candidate.get(OWN).body()).contains("一张正面人脸");
        }
    }

    private static BufferedImage read(byte[] photograph) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(photograph));
    }

    /** The photograph in the middle of a portrait canvas, so wide, its light times so much. */
    private static byte[] placed(byte[] photograph, int width, float light) throws IOException {
        BufferedImage face = read(photograph);
        BufferedImage canvas = canvas(590, 826);
        int height = width * face.getHeight() / face.getWidth();
        Graphics2D paint = canvas.createGraphics();
        paint.drawImage(face, (590 - width) / 2, (826 - height) / 2, width, height, null);
        paint.setColor(new Color(0, 0, 0, 1 - light));
        paint.fillRect(0, 0, 590, 826);
        paint.dispose();
        return jpeg(canvas);
    }

    private static byte[] together(byte[] one, byte[] other) throws IOException {
        BufferedImage canvas = canvas(590, 826);
        Graphics2D paint = canvas.createGraphics();
        paint.drawImage(read(one), 0, 200, 295, 340, null);
        paint.drawImage(read(other), 295, 200, 295, 340, null);
        paint.dispose();
        return jpeg(canvas);
    }

    private static BufferedImage canvas(int width, int height) {
        BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D paint = canvas.createGraphics();
        paint.setColor(Color.LIGHT_GRAY);
        paint.fillRect(0, 0, width, height);
        paint.dispose();
        return canvas;
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return out.toByteArray();
    }
}
