package io.invigil.site;

import static io.invigil.site.SiteFixture.exam;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.site.SiteFixture.Client;
import io.invigil.site.attendance.PhoneCheckIn;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole sitting over the node's own HTTPS, the hub away all the time. */
class SiteHttpTest {
    @TempDir Path directory;
    private SiteFixture site;

    @BeforeEach
    void start() throws Exception {
        site = new SiteFixture(directory);
        site.importPackage(1, 4);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void aCandidateSitsFromLoginToReceiptAcrossARestart() throws Exception {
        Client proctor = site.run();
        proctor.ok(exam("check-in"), Map.of("number", "2026000001"));
        Client candidate = login(1);
        JsonNode before = candidate.json("/api/exam/state");
        assertThat(before.path("person").path("name").asText()).isEqualTo("张1");
        assertThat(before.path("person").path("idNumberMasked").asText())
                .isEqualTo("110***********0001");
        long lease = start(candidate);
        JsonNode paper = candidate.json("/api/exam/paper");
        assertThat(paper.path("sections").size()).isEqualTo(2);
        assertThat(paper.toString()).doesNotContain("correct");

        JsonNode saved = save(candidate, lease, "Q1", "op-1", 1, "A");
        assertThat(saved.path("durability").asText()).isEqualTo("TWO_DEVICES");
        assertThat(saved.path("remainingMillis").asLong()).isBetween(3_500_000L, 3_600_000L);

        site.restart();
        assertThat(save(candidate, lease, "Q1", "op-1", 1, "A").path("repeated").asBoolean())
                .as("fault 4: the page's repeat after a crash is one save")
                .isTrue();
        assertThat(candidate.json("/api/exam/paper"))
                .as("fault 86: no code is needed again")
                .isEqualTo(paper);
        save(candidate, lease, "Q2", "op-2", 1, "C");
        save(candidate, lease, "Q3", "op-3", 1, "\ud840\udfb7 \u4dae");
        JsonNode answers = candidate.json("/api/exam/answers").path("answers");
        assertThat(answers.path("Q3").path("response").path("RESPONSE").get(0).asText())
                .isEqualTo("\ud840\udfb7 \u4dae");

        JsonNode receipt = candidate.ok("/api/exam/hand-in", Map.of("lease", lease));
        assertThat(receipt.path("answered").asInt()).isEqualTo(3);
        assertThat(candidate.ok("/api/exam/hand-in", Map.of("lease", lease))).isEqualTo(receipt);
        JsonNode after = awaitResult(candidate);
        assertThat(after.path("result").path("score").decimalValue()).isEqualByComparingTo("1");
        assertThat(after.path("receivedByCentre").asBoolean()).isFalse();
    }

    @Test
    void anotherMachineTakesOverAndTheFirstOneMayNotWriteAnyMore() {
        Client proctor = site.run();
        proctor.ok(exam("check-in"), Map.of("number", "2026000002"));
        Client first = login(2);
        long lease = start(first);
        Client second = login(2);
        assertThat(second.refusal("/api/exam/writer", Map.of("takeover", false)))
                .isEqualTo("409 WRITER_ELSEWHERE");
        long newLease =
                second.ok("/api/exam/writer", Map.of("takeover", true)).path("lease").asLong();
        assertThat(first.refusal("/api/exam/answers", body(lease, "Q1", "op-1", 1, "A")))
                .isEqualTo("409 WRITER_ELSEWHERE");
        save(second, newLease, "Q1", "op-2", 1, "B");
        assertThat(first.json("/api/exam/state").path("writerElsewhere").asBoolean()).isTrue();
    }

    @Test
    void refusalsNameTheirReason() {
        Client proctor = site.proctor("li");
        Client candidate = site.client();
        assertThat(candidate.refusal("/api/exam/login", loginBody("2026000001", "000000")))
                .isEqualTo("401 PIN_WRONG");
        assertThat(candidate.refusal("/api/exam/login", loginBody("nobody", "246001")))
                .isEqualTo("401 PIN_WRONG");
        assertThat(
                        candidate.refusal(
                                "/api/exam/login",
                                Map.of("number", "2026000001", "pin", "246001", "room", "108")))
                .isEqualTo("409 ROOM_OTHER");
        Client one = login(1);
        assertThat(one.refusal("/api/exam/writer", Map.of("takeover", false)))
                .isEqualTo("403 NOT_CHECKED_IN");
        assertThat(one.get("/api/exam/paper").body()).contains("NOT_STARTED");
        assertThat(proctor.refusal(exam("phase"), Map.of("to", "RUNNING")))
                .isEqualTo("409 PHASE_NOT_NEXT");
        assertThat(proctor.refusal(exam("open"), Map.of("code", "1")))
                .isEqualTo("400 RELEASE_CODE_LENGTH");
        Map<String, String> other = Map.of("login", "wang", "password", "wrong");
        assertThat(proctor.refusal(exam("open"), Map.of("code", "1", "second", other)))
                .as("401 would sign the first one's page out")
                .isEqualTo("403 SECOND_LOGIN_WRONG");
        assertThat(proctor.refusal("/api/room/other/close", Map.of()))
                .isEqualTo("404 EXAM_UNKNOWN");
        assertThat(one.get("/api/room/exams").statusCode()).isEqualTo(403);
        assertThat(site.client().get("/api/room/exams").statusCode()).isEqualTo(401);
    }

    @Test
    void wrongPinsAreThrottledForThatNumberAlone() {
        Client guesser = site.client();
        String last = "";
        for (int guess = 0; guess < 6; guess++) {
            last = guesser.refusal("/api/exam/login", loginBody("2026000001", "00000" + guess));
        }
        assertThat(last).isEqualTo("429 PIN_WAIT");
        login(2);
    }

    @Test
    void aPhoneChecksInOverPlainHttpWithTheCodeOnTheScreen() throws Exception {
        Client proctor = site.proctor("li");
        proctor.ok(exam("phase"), Map.of("to", "READY"));
        proctor.ok(exam("phase"), Map.of("to", "CHECK_IN"));
        String code = proctor.json(exam("check-in-code?room=107")).path("code").asText();
        assertThat(phone(code, "2026000003", "0009")).contains("CHECK_IN_NUMBER_WRONG");
        assertThat(phone("ZZZZZZZZ", "2026000003", "0003")).contains("CHECK_IN_CODE_WRONG");
        String typed = code.substring(0, 4).toLowerCase(Locale.ROOT) + " " + code.substring(4);
        assertThat(proctor.get("/room/" + PaperHub.EXAM + "/screen?room=107").body())
                .as("address and code beside the QR, for phones that cannot scan")
                .contains("/check-in</span>", "id=\"screen-code\"");
        assertThat(phonePage("")).contains("id=\"code\"").doesNotContain("id=\"number\"");
        assertThat(phonePage("?code=" + typed.replace(" ", "%20"))).contains("id=\"number\"");
        assertThat(phone(typed, "2026000003", "0003")).contains("\"seat\":3");
        JsonNode seat = seat(proctor, 1003);
        assertThat(seat.path("state").asText()).isEqualTo("CHECKED_IN");
        assertThat(phone(code, "2026000003", "0003\",\"leave\":\"true"))
                .contains("CHECK_OUT_NOT_OPEN");
        String guessed = "";
        for (int guess = 0; guess <= PhoneCheckIn.TRIES_AT_ONCE; guess++) {
            guessed = phone("ZZZZZZZ" + guess % 10, "2026000002", "0002");
        }
        assertThat(guessed).as("nobody tries codes through").contains("CHECK_IN_WAIT");
    }

    private String phonePage(String query) throws Exception {
        URI page = URI.create("http://localhost:" + site.plainPort() + "/check-in" + query);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(page).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void theProctorSeesAndDoesEverything() {
        Client proctor = site.run();
        proctor.ok(exam("check-in"), Map.of("number", "110101199003070001"));
        Client candidate = login(1);
        start(candidate);
        act(proctor, Map.of("action", "pause", "sittings", List.of(1001), "reason", "alarm"));
        assertThat(seat(proctor, 1001).path("state").asText()).isEqualTo("PAUSED");
        act(proctor, Map.of("action", "resume", "sittings", List.of(1001)));
        act(
                proctor,
                Map.of(
                        "action",
                        "grant-time",
                        "sittings",
                        List.of(1001, 1002),
                        "minutes",
                        10,
                        "reason",
                        "fire alarm"));
        act(
                proctor,
                Map.of("action", "seat", "sittings", List.of(1002), "seat", 8, "reason", "screen"));
        JsonNode pin =
                act(proctor, Map.of("action", "reset-pin", "sittings", List.of(1002))).get(0);
        assertThat(site.client().refusal("/api/exam/login", loginBody("2026000002", "246002")))
                .isEqualTo("401 PIN_WRONG");
        site.client().ok("/api/exam/login", loginBody("2026000002", pin.path("pin").asText()));
        JsonNode moved = seat(proctor, 1002);
        assertThat(moved.path("seat").asInt()).isEqualTo(8);
        assertThat(moved.path("grantedMillis").asLong()).isEqualTo(600_000);
        proctor.ok(
                exam("incidents"),
                Map.of("sitting", 1001, "category", "OTHER", "statement", "phone rang"));
        act(proctor, Map.of("action", "hand-in", "sittings", List.of(1001), "reason", "left"));
        proctor.ok(exam("close"), Map.of());
        JsonNode map = proctor.json(exam("state"));
        assertThat(map.path("phase").asText()).isEqualTo("CLOSED");
        assertThat(map.path("counts").path("HANDED_IN").asInt()).isEqualTo(1);
        assertThat(map.path("counts").path("ABSENT").asInt()).isEqualTo(3);
        assertThat(map.path("incidents").asInt()).isEqualTo(2);
    }

    @Test
    void aStickTakesEverythingThatTheCentreHasNot() {
        Client proctor = site.run();
        JsonNode exported =
                proctor.ok(
                        "/api/technician/sticks/export",
                        Map.of("directory", site.stick().toString()));
        assertThat(exported.path("records").asInt()).isGreaterThan(5);
        assertThat(proctor.refusal("/api/technician/sticks/export", Map.of("directory", "/etc")))
                .isEqualTo("400 STICK_UNUSABLE");
    }

    private JsonNode awaitResult(Client candidate) throws InterruptedException {
        for (int tries = 0; tries < 200; tries++) {
            JsonNode state = candidate.json("/api/exam/state");
            if (!state.path("result").isNull()) {
                return state;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("no result appeared");
    }

    private Client login(int seat) {
        Client client = site.client();
        client.ok(
                "/api/exam/login",
                loginBody("2026%06d".formatted(seat), "%06d".formatted(246_000 + seat)));
        return client;
    }

    private static Map<String, Object> loginBody(String number, String pin) {
        return Map.of("number", number, "pin", pin);
    }

    private static long start(Client candidate) {
        long lease =
                candidate.ok("/api/exam/writer", Map.of("takeover", false)).path("lease").asLong();
        candidate.ok("/api/exam/start", Map.of("lease", lease));
        return lease;
    }

    private static JsonNode save(
            Client candidate, long lease, String item, String op, long rev, String value) {
        return candidate.ok("/api/exam/answers", body(lease, item, op, rev, value));
    }

    private static Map<String, Object> body(
            long lease, String item, String op, long rev, String value) {
        return Map.of(
                "item",
                item,
                "op",
                op,
                "rev",
                rev,
                "lease",
                lease,
                "response",
                Map.of("RESPONSE", List.of(value)));
    }

    private static JsonNode act(Client proctor, Map<String, Object> action) {
        JsonNode results = proctor.ok(exam("actions"), action).path("results");
        results.forEach(result -> assertThat(result.path("done").asBoolean()).isTrue());
        return results;
    }

    private static JsonNode seat(Client proctor, long sitting) {
        for (JsonNode seat : proctor.json(exam("state")).path("rooms").get(0).path("taken")) {
            if (seat.path("sitting").asLong() == sitting) {
                return seat;
            }
        }
        throw new AssertionError("no such sitting");
    }

    private String phone(String code, String number, String lastFour) throws Exception {
        String json =
                "{\"code\":\"%s\",\"number\":\"%s\",\"lastFour\":\"%s\"}"
                        .formatted(code, number, lastFour);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://localhost:"
                                                            + site.plainPort()
                                                            + "/api/check-in"))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(json))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
