package io.invigil.site.proctoring;

import static io.invigil.site.SiteFixture.exam;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.site.SiteFixture;
import io.invigil.site.SiteFixture.Client;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Issue 3 part 6 over the node's own HTTPS: what one proctor does, the other one and the seat see.
 */
class DeskHttpTest {
    @TempDir Path directory;
    private SiteFixture site;
    private Client li;
    private Client wang;
    private Client candidate;

    @BeforeEach
    void start() throws Exception {
        site = new SiteFixture(directory);
        site.importPackage(1, 4);
        li = site.run();
        wang = site.proctor("wang");
        li.ok(exam("check-in"), Map.of("number", "2026000001"));
        candidate = site.client();
        candidate.ok("/api/exam/login", Map.of("number", "2026000001", "pin", "246001"));
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void wordsOfAProctorAreKeptOverARestartAndHeardOnlyByWhomTheyConcern() throws Exception {
        li.post(exam("messages"), Map.of("text", "还有十分钟"));
        li.ok(
                exam("messages"),
                Map.of("text", "请看自己的屏幕", "sittings", List.of(sitting()), "warning", true));
        site.restart();
        assertThat(candidate.json("/api/exam/notices").path("notices"))
                .extracting(notice -> notice.path("kind").asText())
                .containsExactly("ANNOUNCEMENT", "WARNING");
        assertThat(candidate.json("/api/exam/beat").path("notices").asInt()).isEqualTo(2);
        assertThat(wang.json(exam("desk")).path("messages").get(0).path("by").asText())
                .isEqualTo("staff:li");
        Client other = site.client();
        other.ok("/api/exam/login", Map.of("number", "2026000002", "pin", "246002"));
        assertThat(other.json("/api/exam/beat").path("notices").asInt()).isEqualTo(1);
    }

    @Test
    void aCallForHelpReachesEveryProctorAndIsDealtWithOnce() {
        candidate.ok("/api/exam/help", Map.of());
        candidate.ok("/api/exam/help", Map.of());
        JsonNode cases = wang.json(exam("desk")).path("cases");
        assertThat(cases.size()).isEqualTo(1);
        assertThat(cases.get(0).path("leftMillis").asLong()).isBetween(60_000L, 180_000L);
        assertThat(seat().path("desk").path("openCases").get(0).asText()).isEqualTo("HELP");
        String id = cases.get(0).path("id").asText();
        li.ok(exam("cases/" + id), Map.of("outcome", "SOLVED"));
        wang.ok(exam("cases/" + id), Map.of("outcome", "SOLVED"));
        assertThat(candidate.json("/api/exam/beat").path("helpCalled").asBoolean()).isFalse();
        assertThat(wang.refusal(exam("cases/" + id), Map.of("outcome", "REFUSED")))
                .isEqualTo("409 CASE_SETTLED");
    }

    @Test
    void anEmergencyIsACaseThatPassesFromDeskToDesk() {
        li.ok(
                exam("cases"),
                Map.of("sitting", sitting(), "kind", "CANNOT_SUBMIT", "statement", "显示 0 分"));
        String id = li.json(exam("desk")).path("cases").get(0).path("id").asText();
        li.ok(exam("cases/" + id), Map.of("owner", "CENTRE", "note", "技术员查过存储"));
        JsonNode known = wang.json(exam("desk")).path("cases").get(0);
        assertThat(known.path("owner").asText()).isEqualTo("CENTRE");
        assertThat(li.refusal(exam("cases"), Map.of("kind", "NO_SUCH", "statement", "x")))
                .startsWith("400");
    }

    @Test
    void aWrongHandInIsTakenBackWithMinutesOnTop() {
        long lease =
                candidate.ok("/api/exam/writer", Map.of("takeover", false)).path("lease").asLong();
        candidate.ok("/api/exam/start", Map.of("lease", lease));
        candidate.ok("/api/exam/hand-in", Map.of("lease", lease));
        JsonNode result =
                wang.ok(
                        exam("actions"),
                        Map.of(
                                "action",
                                "readmit",
                                "sittings",
                                List.of(sitting()),
                                "reason",
                                "误交卷",
                                "minutes",
                                3));
        assertThat(result.path("results").get(0).path("done").asBoolean()).isTrue();
        assertThat(seat().path("state").asText()).isEqualTo("WORKING");
        assertThat(seat().path("remainingMillis").asLong()).isGreaterThan(3_600_000L);
    }

    @Test
    void nothingIsGivenBackWhereNothingWasLost() {
        JsonNode results = li.ok(exam("compensations"), Map.of("reason", "实测")).path("results");
        assertThat(results.size()).isZero();
        assertThat(li.refusal(exam("compensations"), Map.of())).startsWith("400");
    }

    @Test
    void lateChangesAreThereForTheCentreWhoeverRecordedThem() {
        li.ok(
                exam("late-changes"),
                Map.of("kind", "STAND_IN_PROCTOR", "detail", "教师编号 T-77", "reason", "生病"));
        li.ok(exam("swap"), Map.of("sitting", sitting(), "other", sitting() + 1, "reason", "坐错"));
        assertThat(wang.json(exam("desk")).path("changes"))
                .extracting(change -> change.path("kind").asText())
                .containsExactly("STAND_IN_PROCTOR", "SEAT_SWAP");
        assertThat(seat().path("seat").asInt()).isEqualTo(2);
    }

    @Test
    void candidatesHaveNoDesk() {
        assertThat(candidate.get(exam("desk")).statusCode()).isEqualTo(403);
        assertThat(candidate.refusal(exam("messages"), Map.of("text", "x"))).startsWith("403");
    }

    private long sitting() {
        return seat("2026000001").path("sitting").asLong();
    }

    private JsonNode seat() {
        return seat("2026000001");
    }

    private JsonNode seat(String admission) {
        for (JsonNode seat : li.json(exam("state")).path("rooms").get(0).path("taken")) {
            if (seat.path("admissionNumber").asText().equals(admission)) {
                return seat;
            }
        }
        throw new AssertionError("no such candidate");
    }
}
