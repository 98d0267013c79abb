package io.invigil.acceptance.browser;

import com.microsoft.playwright.options.ColorScheme;
import io.invigil.provisioning.demo.DemoCommand;
import io.invigil.provisioning.demo.DemoSettings;
import io.invigil.provisioning.demo.DemoWorld;
import io.invigil.provisioning.demo.NodeProcess;
import io.invigil.provisioning.demo.SampleExam;
import io.invigil.testkit.FaultProxy;
import io.invigil.testkit.browser.Chromium;
import io.invigil.testkit.browser.Journey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A room whose exam runs, with a cable between candidates' machines and the server that can be
 * pulled; the proctor's desk is not behind it. Used by one thread.
 */
final class CabledRoom implements AutoCloseable {
    private static final int PEOPLE = 33;
    private static final Duration UNTIL_START = Duration.ofSeconds(30);

    final DemoWorld world;
    final NodeProcess node;
    final FaultProxy cable;
    final Journey journey;
    final ProctorDesk proctor;
    final List<SampleExam.Seat> seats;
    final String room;
    final String overTheCable;
    private final Chromium chromium;

    /** Starts everything, checks five people in and begins. */
    CabledRoom() throws Exception {
        Path directory = Path.of("target", "demo-unreachable-node").toAbsolutePath();
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
        node = world.nodes().getFirst();
        Path home = Files.createDirectories(directory.resolve("browser"));
        chromium =
                Chromium.start(
                        home,
                        Journey.pem(node.authority(), directory.resolve("ca.pem")),
                        List.of(
                                "--use-fake-device-for-media-stream",
                                "--use-fake-ui-for-media-stream"));
        journey = new Journey(chromium, "unreachable-node");
        checkFacesOfWhoComesBack();
        world.publish();
        world.hub().ask("release");
        cable = FaultProxy.before(node.httpsPort());
        room = "https://localhost:" + node.httpsPort();
        overTheCable = "https://localhost:" + cable.port();
        seats =
                world.sample().seats().stream()
                        .filter(seat -> seat.room().equals(node.node().room()))
                        .limit(5)
                        .toList();
        proctor = new ProctorDesk(journey.machine("zh-CN", ColorScheme.LIGHT));
        proctor.openRoom(room);
        proctor.advance("READY");
        proctor.awaitPapers();
        proctor.advance("CHECK_IN");
        seats.forEach(seat -> proctor.checkIn(seat.admissionNumber()));
        long untilStart = Duration.between(Instant.now(), world.sample().start()).toMillis();
        Thread.sleep(Math.max(0, untilStart) + 500);
        proctor.advance("RUNNING");
    }

    /** The body sets it in the plan's form. */
    private void checkFacesOfWhoComesBack() {
        HubDesk body =
                new HubDesk(
                        journey.machine("zh-CN", ColorScheme.LIGHT),
                        "https://localhost:" + world.hubPort());
        body.login("body");
        body.openPlan();
        body.openOfPlan("/edit");
        body.page().fill("#f-recheckMinutes", "1");
        Journey.visible(body.page(), "#f-form button[type=submit]").click();
        Journey.visible(body.page(), "#e-recheckMinutes");
        body.page().fill("#f-recheckMinutes", "40");
        body.page().check("input[name=recheckOnReturn]");
        journey.picture(body.page(), "plan-face-checks");
        body.send("#f-form");
    }

    @Override
    public void close() {
        chromium.close();
        cable.close();
        world.close();
    }

    /** Somebody of the room at a machine behind the cable, who has begun. */
    CandidateDesk sitting(SampleExam.Seat seat, ColorScheme scheme) {
        CandidateDesk desk = new CandidateDesk(journey.machine("zh-CN", scheme));
        desk.login(overTheCable, seat);
        // source 000, step 4: yellow for what is not taken yet, grey for what is
        Journey.visible(desk.page(), ".subject.is-open");
        desk.start();
        return desk;
    }

    boolean nodeAnswers() {
        try (var socket = new java.net.Socket("127.0.0.1", node.httpsPort())) {
            return socket.isConnected();
        } catch (java.io.IOException refused) {
            return false;
        }
    }
}
