package io.invigil.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import io.invigil.appliance.config.Secret;
import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.FactStamp;
import io.invigil.exam.room.HandInCause;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.SnapshotCause;
import io.invigil.exam.room.StampedFact;
import io.invigil.hub.HubSettings;
import io.invigil.hub.HubWiring;
import io.invigil.hub.attempt.AttemptProjection;
import io.invigil.hub.ingest.IngestedFact;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.NodeId;
import io.invigil.provisioning.demo.DemoHub;
import io.invigil.provisioning.demo.SampleExam;
import io.invigil.testkit.bench.BenchReport;
import io.invigil.testkit.bench.Figure;
import io.invigil.testkit.browser.Chromium;
import io.invigil.testkit.browser.Journey;
import io.invigil.testkit.face.HeadWarp;
import io.invigil.testkit.face.SharedFaces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Issue 3, part 7: median seconds and keystrokes per sitting for 200 reviewed by keyboard, with
 * real photographs. The seconds are the machine's: from the key to the next sitting with all its
 * pictures drawn; how long a person looks comes on top.
 */
@Isolated("a benchmark measures itself alone")
@Tag("bench")
class ReviewBenchTest {
    private static final int SITTINGS = 200;
    private static final int PICTURES = 8;
    private static final int REJECT_EVERY = 10;
    private static final String REASON = "替考";
    private static final double KEYS_MAX = 2;
    private static final String DRAWN =
            "() => [...document.querySelectorAll('.gallery-pictures img')]"
                    + ".every(image => image.complete && image.naturalWidth > 0)";

    @TempDir Path directory;
    private HubWiring hub;
    private Chromium chromium;
    private int keys;

    @BeforeEach
    void startTheCentre() throws Exception {
        hub = HubWiring.start(settings(), Map.of(), Clock.systemUTC());
        Path ca = Journey.pem(hub.realm().authority().root(), directory.resolve("ca.pem"));
        chromium = Chromium.start(Files.createDirectory(directory.resolve("browser")), ca);
    }

    @AfterEach
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
        hub.close();
    }

    private HubSettings settings() throws IOException {
        return new HubSettings(
                directory.resolve("hub"),
                "main",
                "Asia/Shanghai",
                new HubSettings.Web(
                        "127.0.0.1", freePort(), List.of("localhost"), 0, Optional.empty()),
                new HubSettings.Mqtt(
                        "127.0.0.1", 0, Optional.empty(), Optional.empty(), 1, Optional.empty()),
                new HubSettings.Storage(Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.of(
                        new HubSettings.Founding(
                                "bench",
                                Optional.of(directory.resolve("root.json")),
                                "示范培训评价组织",
                                "BODY",
                                List.of(
                                        new HubSettings.FirstStaff(
                                                "body",
                                                "评价组织",
                                                Optional.of(Secret.of("body-practice-2026")))))));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Facts of sittings as a room would send them, with pictures of the camera. */
    private void sit(SampleExam exam) throws IOException {
        List<Digest> pictures = new ArrayList<>();
        for (Path photo : SharedFaces.people().keySet()) {
            byte[] frame = HeadWarp.frame(Files.readAllBytes(photo));
            pictures.add(hub.parts().blobs().put(new ByteArrayInputStream(frame), 8 * 1024 * 1024));
        }
        List<IngestedFact> facts = new ArrayList<>();
        for (int at = 0; at < SITTINGS; at++) {
            long sitting = exam.seats().get(at).sitting();
            add(facts, new RoomFact.CheckedIn(sitting, CheckInWay.DESK_NUMBER));
            add(facts, new RoomFact.SittingStarted(sitting, "paper", 7, 3_600_000));
            for (int one = 0; one < PICTURES; one++) {
                Digest picture = pictures.get((at * PICTURES + one) % pictures.size());
                add(
                        facts,
                        new ProctorFact.SnapshotTaken(
                                sitting, SnapshotCause.RANDOM, picture.hex(), 40_000));
            }
            // the plan passes sittings without an incident by itself
            add(
                    facts,
                    new RoomFact.IncidentReported(
                            "i-" + sitting, "E", Optional.of(sitting), "DEVICE", "键盘失灵，已更换"));
            add(facts, new RoomFact.HandedIn(sitting, HandInCause.CANDIDATE, 0, "00".repeat(32)));
        }
        AttemptProjection attempts = new AttemptProjection(List.of());
        hub.parts().database().useTransaction(tx -> attempts.applyAll(tx, facts));
    }

    private static void add(List<IngestedFact> facts, RoomFact fact) {
        long position = facts.size() + 1;
        FactStamp stamp =
                new FactStamp(Instant.now().toEpochMilli(), position, "boot", "staff:proctor");
        FactDraft draft = new StampedFact(stamp, fact).draft();
        facts.add(
                IngestedFact.of(
                        HubWiring.TENANT,
                        new NodeId("room-107"),
                        new EpochId("0123456789abcdef0123456789abcdef"),
                        draft.lane(),
                        position,
                        position,
                        draft.json(),
                        Digest.sha256(draft.json()),
                        Instant.now()));
    }

    @Test
    void twoHundredSittingsByKeyboard() throws Exception {
        double load = BenchReport.load();
        Instant start = Instant.now().plus(Duration.ofHours(1));
        sit(DemoHub.load(hub, SITTINGS, start, directory));
        String url = "https://localhost:" + hub.httpsPort();
        Journey journey = new Journey(chromium, "review-bench");
        Page page = journey.machine("zh-CN", ColorScheme.LIGHT);
        HubDesk desk = new HubDesk(page, url);
        desk.login("body");
        desk.openPlan();
        desk.openOfPlan("/gallery");
        drawn(page);
        journey.picture(page, "first");
        double[] seconds = new double[SITTINGS];
        for (int at = 0; at < SITTINGS; at++) {
            String before = page.url();
            boolean reject = at % REJECT_EVERY == REJECT_EVERY - 1;
            long from = System.nanoTime();
            if (reject) {
                press(page, "r");
                for (String letter : REASON.split("")) {
                    page.keyboard().insertText(letter);
                    keys++;
                }
                press(page, "Enter");
            } else {
                press(page, "p");
            }
            page.waitForURL(address -> !address.equals(before));
            drawn(page);
            seconds[at] = (System.nanoTime() - from) / 1e9;
        }
        assertThat(page.locator(".empty").count()).as("nothing is left to review").isEqualTo(1);
        assertThat(journey.scriptErrors()).isEmpty();
        Arrays.sort(seconds);
        BenchReport.ofBuild()
                .section(
                        "review",
                        SITTINGS
                                + " sittings with "
                                + PICTURES
                                + " photographs of 640 by 480 pixels each, one in "
                                + REJECT_EVERY
                                + " rejected with a reason, in Chromium by keyboard; from the key"
                                + " to the next sitting with its pictures drawn, without a person's"
                                + " look",
                        load,
                        List.of(
                                Figure.information("medianPerSitting", seconds[SITTINGS / 2], "s"),
                                Figure.information(
                                        "p95PerSitting", seconds[SITTINGS * 95 / 100], "s"),
                                Figure.atMost(
                                        "keystrokesPerSitting",
                                        (double) keys / SITTINGS,
                                        "keys",
                                        KEYS_MAX,
                                        "P passes; a rejection is R, the reason and Enter")));
    }

    private void press(Page page, String key) {
        page.keyboard().press(key);
        keys++;
    }

    private static void drawn(Page page) {
        page.waitForLoadState(LoadState.DOMCONTENTLOADED);
        page.waitForFunction(DRAWN);
    }
}
