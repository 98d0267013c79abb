package io.invigil.site;

import static io.invigil.site.SiteFixture.exam;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.exam.room.AttemptKey;
import io.invigil.site.SiteFixture.Client;
import io.invigil.testkit.PolicyFixture;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The policies of the sources 000 and 001 (domain, section 11), each as one complete sitting over
 * the node's own HTTPS as the candidate's page speaks it.
 */
class SourcePolicyHttpTest {
    private static final long SITTING = 1001;
    private static final long SECOND = new AttemptKey(SITTING, 2).value();

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

    /**
     * Source 000, part 3 and step 4: 闭卷集中考试; any 150 minutes of the window; 所有测试科目只有一次提交机会; a text
     * that cannot be typed is 已线下作答; the result comes after marking.
     */
    @Test
    void source000ClosedBookOneChanceOf150MinutesAndTheResultAfterMarking() throws Exception {
        site.hub().policy(PolicyFixture.source000(), 150, 240);
        site.importPackage(1, 2);
        Client proctor = site.run();
        proctor.ok(exam("check-in"), Map.of("number", "2026000001"));
        Client candidate = login(1);
        String wait = candidate.get("/exam").body();
        assertThat(wait).contains("规则");
        JsonNode rules = candidate.json("/api/exam/state").path("rules");
        assertThat(rules.path("openBook").asBoolean()).as("闭卷").isFalse();

        long lease = begin(candidate, SITTING);
        assertThat(candidate.json("/api/exam/state").path("remainingMillis").asLong())
                .as("150 minutes, whenever in the window one begins")
                .isBetween(149 * 60_000L, 150 * 60_000L);
        save(candidate, SITTING, lease, "Q1", "op-1", "B");
        save(candidate, SITTING, lease, "Q3", "op-2", "已线下作答");
        leave(candidate, SITTING, lease, "s-1", true);
        assertThat(candidate.json("/api/exam/state").path("handIn").isObject())
                .as("leaving is recorded, nothing more")
                .isFalse();
        JsonNode receipt = candidate.ok("/api/exam/hand-in", Map.of("lease", lease));
        assertThat(receipt.path("answered").asInt()).isEqualTo(2);
        proctor.ok(
                exam("actions"),
                Map.of(
                        "action",
                        "papers",
                        "sittings",
                        List.of(SITTING),
                        "sheets",
                        2,
                        "reason",
                        "question 3"));

        JsonNode done = candidate.json("/api/exam/state");
        assertThat(done.path("result").isNull()).as("after marking, not here").isTrue();
        assertThat(done.path("attempts").path("another").asBoolean()).isFalse();
        assertThat(candidate.refusal("/api/exam/attempts", Map.of()))
                .isEqualTo("409 NO_ATTEMPT_LEFT");
        assertThat(candidate.get("/exam").body())
                .contains("成绩在评阅并审核通过后可查询")
                .doesNotContain("未审核")
                .doesNotContain("/exam/again");
        assertThat(seat(proctor, SITTING).path("state").asText()).isEqualTo("HANDED_IN");
        assertThat(seat(proctor, SITTING).path("desk").path("sheets").asInt()).isEqualTo(2);
    }

    /**
     * Source 001, articles 3 and 4 and part four, 7: 开卷; 90 分钟; 2 次机会, 取最高分;
     * 若退出考试页面，系统自动默认占用一次考试机会; 考试完毕后即可查询成绩, shown as 未审核.
     */
    @Test
    void source001OpenBookTwoChancesOf90MinutesAndTheResultAtOnce() throws Exception {
        site.hub().policy(PolicyFixture.source001(), 90, 240);
        site.importPackage(1, 2);
        Client proctor = site.run();
        proctor.ok(exam("check-in"), Map.of("number", "2026000001"));
        Client candidate = login(1);
        assertThat(candidate.json("/api/exam/state").path("rules").path("openBook").asBoolean())
                .isTrue();
        long lease = begin(candidate, SITTING);
        assertThat(candidate.json("/api/exam/state").path("remainingMillis").asLong())
                .isBetween(89 * 60_000L, 90 * 60_000L);
        save(candidate, SITTING, lease, "Q1", "op-1", "B");
        leave(candidate, SITTING, lease, "s-1", false);
        assertThat(candidate.json("/api/exam/state").path("handIn").isNull())
                .as("the node was out of reach: not the candidate's own cause")
                .isTrue();
        leave(candidate, SITTING, lease, "s-2", true);

        JsonNode first = scored(candidate);
        assertThat(first.path("handIn").path("cause").asText()).isEqualTo("LEFT_PAGE");
        assertThat(first.path("attempts").path("another").asBoolean()).isTrue();
        String shown = candidate.get("/exam").body();
        assertThat(shown).contains("未审核").contains("取最高分").contains("开始第 2 次考试（共 2 次）");
        double low = first.path("result").path("score").asDouble();

        JsonNode next = candidate.ok("/api/exam/attempts", Map.of());
        assertThat(next.path("sitting").asLong()).isEqualTo(SECOND);
        assertThat(next.path("answered").asInt()).as("a new, empty attempt").isZero();
        long again = begin(candidate, SECOND);
        site.restart();
        Client back = login(1);
        JsonNode resumed = back.json("/api/exam/state");
        assertThat(resumed.path("sitting").asLong()).as("after a crash too").isEqualTo(SECOND);
        save(candidate, SECOND, again, "Q1", "op-3", "A");
        save(candidate, SECOND, again, "Q2", "op-4", "C");
        candidate.at(SECOND).ok("/api/exam/hand-in", Map.of("lease", again));

        JsonNode done = scored(candidate);
        assertThat(done.path("attempts").path("taken")).hasSize(2);
        assertThat(done.path("result").path("score").asDouble()).isGreaterThan(low);
        assertThat(done.path("attempts").path("rules").path("counting").asText())
                .as("取最高分")
                .isEqualTo("HIGHEST");
        assertThat(done.path("attempts").path("another").asBoolean()).isFalse();
        assertThat(candidate.at(SECOND).refusal("/api/exam/attempts", Map.of()))
                .isEqualTo("409 NO_ATTEMPT_LEFT");
        JsonNode kept = candidate.at(SITTING).json("/api/exam/answers");
        assertThat(
                        kept.path("answers")
                                .path("Q1")
                                .path("response")
                                .path("RESPONSE")
                                .get(0)
                                .asText())
                .as("the first attempt's answers stay")
                .isEqualTo("B");
        assertThat(seat(proctor, SITTING).path("answered").asInt())
                .as("the desk sees the latest attempt")
                .isEqualTo(2);
    }

    private Client login(int number) {
        Client candidate = site.client();
        candidate.ok(
                "/api/exam/login",
                Map.of(
                        "number",
                        "2026%06d".formatted(number),
                        "pin",
                        "%06d".formatted(246_000 + number),
                        "device",
                        "machine-" + number));
        return candidate;
    }

    private static long begin(Client candidate, long attempt) {
        long lease =
                candidate
                        .at(attempt)
                        .ok("/api/exam/writer", Map.of("takeover", false))
                        .path("lease")
                        .asLong();
        candidate.at(attempt).ok("/api/exam/start", Map.of("lease", lease));
        return lease;
    }

    private static void save(
            Client candidate, long attempt, long lease, String item, String op, String value) {
        Map<String, Object> save = new HashMap<>();
        save.put("item", item);
        save.put("op", op);
        save.put("rev", 1);
        save.put("lease", lease);
        save.put("response", Map.of("RESPONSE", List.of(value)));
        candidate.at(attempt).ok("/api/exam/answers", save);
    }

    private static void leave(
            Client candidate, long attempt, long lease, String signal, boolean reached) {
        candidate
                .at(attempt)
                .ok(
                        "/api/exam/signal",
                        Map.of(
                                "lease", lease,
                                "signal", signal,
                                "kind", "LEFT",
                                "lastedMillis", 8_000,
                                "reached", reached));
    }

    /** The node scores a moment after the hand-in. */
    private static JsonNode scored(Client candidate) throws InterruptedException {
        for (int tries = 0; tries < 500; tries++) {
            JsonNode state = candidate.json("/api/exam/state");
            if (state.path("result").isObject()) {
                return state;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("no result");
    }

    private static JsonNode seat(Client proctor, long sitting) {
        for (JsonNode seat : proctor.json(exam("state")).path("rooms").get(0).path("taken")) {
            if (seat.path("sitting").asLong() == sitting) {
                return seat;
            }
        }
        throw new AssertionError("no such sitting");
    }
}
