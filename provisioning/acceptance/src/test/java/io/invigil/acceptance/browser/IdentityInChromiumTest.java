package io.invigil.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.invigil.appliance.vision.model.ModelShelf;
import io.invigil.appliance.vision.model.ShelfState;
import io.invigil.appliance.vision.opencv.FaceEngine;
import io.invigil.appliance.vision.opencv.OpenCvLibrary;
import io.invigil.provisioning.demo.DemoCommand;
import io.invigil.provisioning.demo.DemoSettings;
import io.invigil.provisioning.demo.DemoWorld;
import io.invigil.provisioning.demo.NodeProcess;
import io.invigil.provisioning.demo.SampleExam;
import io.invigil.testkit.browser.AxeWalk;
import io.invigil.testkit.browser.Chromium;
import io.invigil.testkit.browser.Journey;
import io.invigil.testkit.face.HeadWarp;
import io.invigil.testkit.face.SharedFaces;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Identity before the start, in real browsers whose camera shows real photographs (domain, section
 * 10). The moving clip is a photograph warped as a turning head, switched by what the page asks, as
 * a person would turn; the file cameras show still photographs.
 */
@Isolated("a browser and what it looks at fill two processors")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IdentityInChromiumTest {
    private static final int PEOPLE = 12;
    private static final Duration UNTIL_START = Duration.ofMinutes(20);
    private static final String OWN = "image_0042.jpg";
    private static final String SAME_PERSON = "image_0043.jpg";
    private static final String STRANGER = "image_0133.jpg";
    private static final String CLIP =
            """
            const frames = %s;
            const canvas = document.createElement("canvas");
            canvas.width = 640;
            canvas.height = 480;
            const show = (name) => {
              const image = new Image();
              image.onload = () => canvas.getContext("2d").drawImage(image, 0, 0);
              image.src = "data:image/jpeg;base64," + frames[name];
            };
            window.turnHead = show;
            show("ahead");
            navigator.mediaDevices.getUserMedia = async () => {
              show("ahead");
              return canvas.captureStream(15);
            };
            """;

    private Path directory;
    private DemoWorld world;
    private String room;
    private Path authority;
    private List<SampleExam.Seat> seats;
    private Chromium desk;
    private Journey deskJourney;
    private ProctorDesk proctor;
    private String list;

    @BeforeAll
    void anExamThatComparesFaces() throws Exception {
        SharedFaces.models();
        SharedFaces.photo(OWN);
        directory = Path.of("target", "demo-identity").toAbsolutePath();
        world =
                new DemoWorld(
                        new DemoSettings(
                                directory,
                                PEOPLE,
                                UNTIL_START,
                                DemoCommand.DatabaseKind.derby,
                                DemoCommand.BrokerKind.embedded,
                                false));
        world.start();
        NodeProcess node = world.nodes().getFirst();
        SharedFaces.installInto(directory.resolve(node.node().name()).resolve("data"));
        node.killAndRestart(Duration.ZERO);
        room = "https://localhost:" + node.httpsPort();
        authority = Journey.pem(node.authority(), directory.resolve("ca.pem"));
        desk = browser("desk", camera("same", HeadWarp.frame(SharedFaces.photo(SAME_PERSON))));
        deskJourney = new Journey(desk, "identity");
        askForFaces();
        world.publish();
        seats =
                world.sample().seats().stream()
                        .filter(seat -> seat.room().equals(node.node().room()))
                        .toList();
        proctor = new ProctorDesk(deskJourney.machine("zh-CN", ColorScheme.LIGHT));
        proctor.openRoom(room);
        proctor.advance("READY");
        proctor.advance("CHECK_IN");
        list = proctor.page().url() + "/identity";
        for (SampleExam.Seat seat : seats.subList(0, 5)) {
            proctor.checkIn(seat.admissionNumber());
            bringPhoto(seat);
            proctor.page().navigate(list.replace("/identity", ""));
        }
    }

    @AfterAll
    void stop() {
        if (desk != null) {
            desk.close();
        }
        if (world != null) {
            world.close();
        }
    }

    /** The body sets the policy where it sets all others. */
    private void askForFaces() {
        HubDesk body =
                new HubDesk(
                        deskJourney.machine("zh-CN", ColorScheme.LIGHT),
                        "https://localhost:" + world.hubPort());
        body.login("body");
        body.openPlan();
        body.openOfPlan("/edit");
        body.page().selectOption("#f-identity", "FACE_AND_TURN");
        deskJourney.picture(body.page(), "plan-policy");
        body.send("#f-form");
    }

    private static List<String> camera(String file) {
        return List.of(
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                "--use-file-for-fake-video-capture=" + file);
    }

    /** A file of still pictures as Chromium plays them: JPEG after JPEG, 4:2:0. */
    private List<String> camera(String name, byte[] jpeg) throws Exception {
        Path file = directory.resolve(name + ".mjpeg");
        ByteArrayOutputStream stills = new ByteArrayOutputStream();
        for (int at = 0; at < 30; at++) {
            stills.writeBytes(jpeg);
        }
        Files.write(file, stills.toByteArray());
        return camera(file.toString());
    }

    private Chromium browser(String name, List<String> flags) throws Exception {
        Path home = Files.createDirectories(directory.resolve("browser-" + name));
        return Chromium.start(home, authority, flags);
    }

    /** The sample's photos are drawings: at the desk a real one takes their place. */
    private void bringPhoto(SampleExam.Seat seat) throws Exception {
        Path photo = Files.write(directory.resolve("own.jpg"), SharedFaces.photo(OWN));
        Page page = proctor.page();
        page.navigate(list + "/" + seat.sitting());
        page.click("details:has(#f-photo-file) summary");
        page.fill("#f-photo-reason", "报名照片不是真人");
        page.setInputFiles("#f-photo-file", photo);
        page.click("#identity-upload");
        Journey.visible(page, "figcaption:has-text('监考台拍摄的照片')");
    }

    private static CandidateDesk login(
            Journey journey,
            String room,
            SampleExam.Seat seat,
            String language,
            ColorScheme scheme) {
        CandidateDesk candidate = new CandidateDesk(journey.machine(language, scheme));
        candidate.page().navigate(room + "/login");
        if (language.startsWith("en")) {
            // pages begin in the browser's language
            Journey.visible(candidate.page(), "html[lang=en] #f-number");
        }
        candidate.page().fill("#f-number", seat.admissionNumber());
        candidate.page().fill("#f-pin", seat.pin());
        candidate.page().keyboard().press("Enter");
        Journey.visible(candidate.page(), "#identity[data-state=camera]");
        return candidate;
    }

    private static void says(Page page, String words) {
        Journey.visible(page, "#identity-say:has-text('" + words + "')");
    }

    @Test
    void aTurningFaceIsAcceptedAndTheSittingGoesOn() throws Exception {
        OpenCvLibrary.load(directory.resolve("native"));
        var models = (ShelfState.Ready) new ModelShelf(SharedFaces.models()).look();
        Map<String, String> frames;
        try (FaceEngine engine = new FaceEngine(models.models(), 1)) {
            HeadWarp head = HeadWarp.of(SharedFaces.photo(OWN), engine);
            frames =
                    Map.of(
                            "ahead", text(head.ahead()),
                            "left", text(head.left()),
                            "right", text(head.right()));
        }
        Page page = deskJourney.machine("zh-CN", ColorScheme.LIGHT);
        page.addInitScript(CLIP.formatted(json(frames)));
        page.navigate(room + "/login");
        page.fill("#f-number", seats.get(0).admissionNumber());
        page.fill("#f-pin", seats.get(0).pin());
        page.keyboard().press("Enter");
        Journey.visible(page, "#identity-start");
        deskJourney.picture(page, "candidate-intro");
        page.click("#identity-start");
        page.evaluate(
                """
                () => {
                  const say = document.getElementById("identity-say");
                  const follow = () => {
                    const words = say.textContent;
                    // a person takes a moment
                    setTimeout(() => window.turnHead(words.includes("左侧") ? "left"
                      : words.includes("右侧") ? "right" : "ahead"), 1500);
                  };
                  new MutationObserver(follow).observe(say, { childList: true, subtree: true });
                }
                """);
        Journey.visible(page, "#identity-arrow:not([hidden])");
        deskJourney.picture(page, "candidate-turns");
        Journey.visible(page, "[data-exam-state]");
        deskJourney.picture(page, "candidate-after");
        proctor.page().navigate(list + "/" + seats.get(0).sitting());
        assertThat(proctor.page().innerText("#identity-desk")).contains("比对通过");
        deskJourney.picture(proctor.page(), "desk-accepted");
    }

    @Test
    void aStillPhotographFailsTheHeadTurnAndTheProctorDecidesWithBothPictures() throws Exception {
        SampleExam.Seat seat = seats.get(1);
        CandidateDesk candidate = login(deskJourney, room, seat, "zh-CN", ColorScheme.DARK);
        Page page = candidate.page();
        page.click("#identity-start");
        Journey.visible(page, "#identity-arrow:not([hidden])");
        deskJourney.picture(page, "still-photograph-dark");
        Journey.visible(page, "#identity[data-state=asked]");
        deskJourney.picture(page, "candidate-asked-dark");

        Page desktop = proctor.page();
        desktop.navigate(list);
        deskJourney.picture(desktop, "desk-list");
        desktop.click("a[href$='/identity/" + seat.sitting() + "']");
        assertThat(desktop.innerText("#identity-desk")).contains("转头未通过");
        assertThat(desktop.locator(".identity-pair img").count()).isEqualTo(2);
        desktop.check("input[name=decision][value=same]");
        desktop.fill("#f-reason", "已查看身份证，是同一人");
        deskJourney.picture(desktop, "desk-decides");
        desktop.click("form[action$='/decide'] button");
        Journey.visible(desktop, "#notices .notice-success");
        Journey.visible(page, "[data-exam-state]");
    }

    @Test
    void anImpostorIsAskedToTheProctorWhoDoesNotConfirm() throws Exception {
        SampleExam.Seat seat = seats.get(2);
        byte[] stranger = HeadWarp.frame(SharedFaces.photo(STRANGER));
        try (Chromium other = browser("impostor", camera("stranger", stranger))) {
            Journey journey = new Journey(other, "identity");
            Page page = login(journey, room, seat, "en-GB", ColorScheme.LIGHT).page();
            journey.picture(page, "candidate-intro-english");
            page.click("#identity-start");
            Journey.visible(page, "#identity[data-state=asked]");
            journey.picture(page, "impostor-asked-english");
            Page desktop = proctor.page();
            desktop.navigate(list + "/" + seat.sitting());
            assertThat(desktop.innerText("#identity-desk")).contains("不是同一人");
            desktop.check("input[name=decision][value=other]");
            desktop.fill("#f-reason", "与照片不是同一人");
            desktop.click("form[action$='/decide'] button");
            Journey.visible(page, "#identity[data-state=no]");
            journey.picture(page, "impostor-refused-english");
            assertThat(new AxeWalk(page, room).look("not confirmed").found()).isEmpty();
            assertThat(journey.scriptErrors()).isEmpty();
        }
    }

    @Test
    void withoutAFaceThePageAdvises() throws Exception {
        try (Chromium other = browser("nobody", camera("nobody", HeadWarp.nobody()))) {
            Journey journey = new Journey(other, "identity");
            Page page = login(journey, room, seats.get(3), "zh-CN", ColorScheme.LIGHT).page();
            page.click("#identity-start");
            says(page, "没有看到人脸");
            assertThat(new AxeWalk(page, room).look("camera step").found()).isEmpty();
            journey.picture(page, "no-face");
            page.click("#identity-decline");
            Journey.visible(page, "#identity[data-state=asked]");
            assertThat(journey.scriptErrors()).isEmpty();
        }
    }

    @Test
    void aDeniedCameraIsToldInPlainWordsAndGoesByEyeWithTheKeyboardAlone() throws Exception {
        SampleExam.Seat seat = seats.get(4);
        // there is a camera, and the browser may not use it
        List<String> denied =
                List.of("--use-fake-device-for-media-stream", "--deny-permission-prompts");
        try (Chromium other = browser("denied", denied)) {
            Journey journey = new Journey(other, "identity");
            Page page = login(journey, room, seat, "en-GB", ColorScheme.DARK).page();
            KeyboardOnly keys = new KeyboardOnly(page);
            keys.tabTo("#identity-start");
            keys.press("Enter");
            Journey.visible(page, "#identity-start:has-text('Try the camera again')");
            assertThat(page.innerText("#identity-say")).contains("does not allow");
            journey.picture(page, "camera-denied-english-dark");
            keys.tabTo("#identity-decline");
            keys.press("Enter");
            Journey.visible(page, "#identity[data-state=asked]");
            Page desktop = proctor.page();
            desktop.navigate(list + "/" + seat.sitting());
            assertThat(desktop.innerText("#identity-desk")).contains("摄像头不能用");
            // the desk's own camera shows the person: accepted without another question
            desktop.click("#identity-compare");
            Journey.visible(desktop, "#identity-desk .tag-good");
            deskJourney.picture(desktop, "desk-compared");
            Journey.visible(page, "[data-exam-state]");
            assertThat(journey.scriptErrors()).isEmpty();
        }
        assertThat(deskJourney.scriptErrors()).isEmpty();
    }

    private static String text(byte[] jpeg) {
        return Base64.getEncoder().encodeToString(jpeg);
    }

    private static String json(Map<String, String> frames) {
        StringBuilder json = new StringBuilder("{");
        frames.forEach((name, data) -> json.append("\"%s\":\"%s\",".formatted(name, data)));
        return json.append("}").toString();
    }
}
