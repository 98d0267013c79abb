package io.invigil.acceptance.exam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.hub.HubWiring;
import io.invigil.hub.message.Outbox;
import io.invigil.hub.pack.ExamPackage;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.Sittings;
import io.invigil.protocol.fact.NodeId;
import io.invigil.provisioning.demo.CandidatePlay;
import io.invigil.provisioning.demo.CandidateRecord;
import io.invigil.provisioning.demo.RoomClient;
import io.invigil.provisioning.demo.SampleExam;
import io.invigil.testkit.HttpsBrowser;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Domain section 9, S0 sections 5 and 7, from the teacher's page to the room and back: the class is
 * the roster, the sealed package goes to a running room server, the teacher holds the session there
 * with the own account, and what happened comes back to the class.
 */
@ResourceLock("embedded broker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClassTestOnAServerTest {
    private static final int STUDENTS = ClassOnAServer.STUDENTS;
    private static final int SITTING = 2;
    private static final String MOBILE = ClassOnAServer.MOBILE;
    private static final String PASSWORD = ClassOnAServer.PASSWORD;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern ROOM_PASSWORD = Pattern.compile("考场密码：([^。]+)。");

    @TempDir static Path directory;
    private ClassOnAServer world;
    private String password = "";

    @BeforeAll
    void startHubAndRoomServer() throws Exception {
        world = new ClassOnAServer(directory);
    }

    @AfterAll
    void stop() {
        if (world != null) {
            world.close();
        }
    }

    /** Once: a password asked for anew would hold in later packages only. */
    private void askForPassword(HttpsBrowser own, String path) {
        if (password.isEmpty()) {
            own.post(path + "/account");
            password = roomPassword();
        }
    }

    private String roomPassword() {
        String text =
                world.tx(
                                tx ->
                                        new Outbox()
                                                .list(
                                                        tx,
                                                        HubWiring.TENANT.value(),
                                                        world.clerk.organisation().id().value(),
                                                        Optional.empty(),
                                                        0,
                                                        1))
                        .getFirst()
                        .text();
        Matcher found = ROOM_PASSWORD.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(1);
    }

    private void give(HttpsBrowser browser, String path) {
        String room = world.node.node().room();
        browser.get(path);
        assertThat(
                        browser.post(
                                        path,
                                        "node",
                                        world.node.node().name(),
                                        "room",
                                        room,
                                        "seats",
                                        "10",
                                        "paper",
                                        "" + world.paper,
                                        "minutes",
                                        "30",
                                        "results",
                                        "AFTER_REVIEW")
                                .statusCode())
                .isEqualTo(303);
    }

    private List<Sitting> seated(long session) {
        long plan =
                world.tx(
                        tx ->
                                tx.query(
                                                """
                                                select plan from session_room
                                                where tenant = :t and session_id = :session
                                                """)
                                        .bind("t", HubWiring.TENANT.value())
                                        .bind("session", session)
                                        .mapTo(Long.class)
                                        .one());
        return world
                .tx(tx -> new Sittings().ofPlan(tx, HubWiring.TENANT, new PlanId(plan)))
                .stream()
                .sorted(Comparator.comparing(one -> one.seating().orElseThrow().seat()))
                .toList();
    }

    private String exam(Sitting one) {
        return ExamPackage.nameOf(
                one.seating().orElseThrow().slot(), new NodeId(world.node.node().name()));
    }

    /** The teacher at the room server, once the exam's package is there. */
    private RoomClient signedIn(String exam) {
        RoomClient room = new RoomClient(world.node);
        room.token();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () ->
                                room.post(
                                                "/api/staff/login",
                                                Map.of("login", MOBILE, "password", password))
                                        .ok());
        await().atMost(PATIENCE).until(() -> room.get("/api/room/" + exam + "/state").ok());
        return room;
    }

    private void step(RoomClient room, String exam, String what, Map<String, Object> body) {
        RoomClient.Answer answer = room.post("/api/room/" + exam + "/" + what, body);
        assertThat(answer.ok()).as("%s %s", what, answer.json()).isTrue();
    }

    private long present(long session, String column) {
        return world.tx(
                tx ->
                        tx.query(
                                        "select count(*) from session_presence where tenant = :t"
                                                + " and session_id = :session and "
                                                + column
                                                + " > 0")
                                .bind("t", HubWiring.TENANT.value())
                                .bind("session", session)
                                .mapTo(Long.class)
                                .one());
    }

    @Test
    void aTeachersTestGoesToTheServerIsSatThereAndComesBackToTheClass() throws Exception {
        Instant now = Instant.now();
        long session = world.session(now.minusSeconds(60), now.plus(Duration.ofMinutes(45)), true);
        String path = "/sessions/" + session + "/room";
        HttpsBrowser own = world.page(MOBILE, PASSWORD);
        assertThat(own.get(path).body()).contains("发送考场密码");
        askForPassword(own, path);
        give(own, path);
        assertThat(own.get(path).body()).contains("重新发送考场密码");
        own.post(path + "/approve");
        HttpsBrowser school = world.page("clerk", "clerk-practice-2026");
        school.get(path);
        school.post(path + "/approve");
        own.get(path);
        own.post(path + "/release");
        List<Sitting> all = seated(session);
        assertThat(all).hasSize(STUDENTS);
        String exam = exam(all.getFirst());
        try (RoomClient room = signedIn(exam)) {
            nothingOfOthers(room, exam);
            step(room, exam, "phase", Map.of("to", "READY"));
            await().atMost(PATIENCE).until(() -> papersAreOpen(room, exam));
            step(room, exam, "phase", Map.of("to", "CHECK_IN"));
            for (Sitting one : all.subList(0, SITTING)) {
                String number = one.seating().orElseThrow().admissionNumber();
                step(room, exam, "check-in", Map.of("number", number, "reason", "来得晚"));
            }
            step(room, exam, "phase", Map.of("to", "RUNNING"));
            for (Sitting one : all.subList(0, SITTING)) {
                sit(one);
            }
            step(room, exam, "close", Map.of());
        }
        await().atMost(PATIENCE).until(() -> present(session, "left_ms") == SITTING);
        assertThat(present(session, "arrived_ms")).isEqualTo(SITTING);
        String back = own.get(path).body();
        assertThat(back.split("/sittings/", -1)).hasSizeGreaterThan(SITTING);
        assertThat(back).contains("缺考");
    }

    /** A session without a test: no paper, no release, attendance alone. */
    @Test
    void aPlainSessionNeedsNoPaperAndItsAttendanceComesBack() {
        Instant from = Instant.now().plus(Duration.ofMinutes(50));
        long session = world.session(from, from.plus(Duration.ofMinutes(40)), false);
        String path = "/sessions/" + session + "/room";
        HttpsBrowser own = world.page(MOBILE, PASSWORD);
        own.get(path);
        askForPassword(own, path);
        give(own, path);
        Sitting first = seated(session).getFirst();
        String exam = exam(first);
        try (RoomClient room = signedIn(exam)) {
            step(room, exam, "phase", Map.of("to", "READY"));
            step(room, exam, "phase", Map.of("to", "CHECK_IN"));
            String number = first.seating().orElseThrow().admissionNumber();
            step(room, exam, "check-in", Map.of("number", number, "reason", "提前到"));
        }
        await().atMost(PATIENCE).until(() -> present(session, "arrived_ms") == 1);
    }

    private static boolean papersAreOpen(RoomClient room, String exam) {
        JsonNode papers = room.get("/api/room/" + exam + "/state").json().path("papers");
        return papers.size() > 0
                && papers.findValues("open").stream().allMatch(JsonNode::asBoolean);
    }

    /** The certificate's exam lies at the same server. */
    private void nothingOfOthers(RoomClient room, String own) {
        String other =
                ExamPackage.nameOf(
                        new SlotId(world.sample.slot()), new NodeId(world.node.node().name()));
        await().atMost(PATIENCE)
                .until(() -> room.get("/api/room/" + other + "/state").status() == 403);
        RoomClient.Answer phase = room.post("/api/room/" + other + "/phase", Map.of("to", "READY"));
        assertThat(phase.status()).isEqualTo(403);
        assertThat(room.get("/api/room/exams").json().path("exams").findValuesAsText("exam"))
                .contains(own)
                .doesNotContain(other);
    }

    private void sit(Sitting one) throws InterruptedException {
        var seating = one.seating().orElseThrow();
        SampleExam.Seat seat =
                new SampleExam.Seat(
                        one.id().value(),
                        world.node.node().room(),
                        seating.seat(),
                        "",
                        seating.admissionNumber(),
                        "",
                        seating.pin());
        CandidateRecord record = new CandidateRecord(seat.sitting());
        new CandidatePlay(world.node, seat, record, Map.of(), seat.sitting(), false).play();
        assertThat(record.answersDigest()).isPresent();
    }
}
