package io.invigil.exam.pack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.invigil.protocol.json.Json;
import org.junit.jupiter.api.Test;

/** Policies travel as JSON, and older packages stay readable. */
class ExamPolicyTest {
    private static final ExamPolicy PLAIN =
            new ExamPolicy(
                    30,
                    60,
                    ExamPolicy.ResultVisibility.NEVER,
                    false,
                    true,
                    true,
                    "<p>规则</p>",
                    "<p>Rules</p>",
                    IdentityCheck.OFF,
                    PageRules.RECORDED,
                    AttemptRules.ONE,
                    AttendanceWindows.STANDARD,
                    FaceRechecks.OFF);

    @Test
    void aPackageThatSaysNothingOfIdentityAsksForNothing() {
        ObjectNode json = Json.mapper().valueToTree(PLAIN);
        json.remove("identity");
        assertThat(Json.read(Json.write(json), ExamPolicy.class)).contains(PLAIN);
        assertThat(PLAIN.identity().needed()).isFalse();
    }

    @Test
    void theCheckOfIdentityTravels() {
        ObjectNode json = Json.mapper().valueToTree(PLAIN);
        json.put("identity", "FACE_AND_TURN");
        ExamPolicy read = Json.read(Json.write(json), ExamPolicy.class).orElseThrow();
        assertThat(read.identity()).isEqualTo(IdentityCheck.FACE_AND_TURN);
        assertThat(read.identity().compares()).isTrue();
        assertThat(IdentityCheck.BY_EYE.compares()).isFalse();
    }

    /** Domain, section 11: one attempt, or two of which the higher counts. */
    @Test
    void attemptsTravelAndAPackageThatSaysNothingAllowsOne() {
        ObjectNode json = Json.mapper().valueToTree(PLAIN);
        json.putObject("attemptRules").put("allowed", 2).put("counting", "LAST");
        assertThat(Json.read(Json.write(json), ExamPolicy.class).orElseThrow().attemptRules())
                .isEqualTo(new AttemptRules(2, AttemptRules.Counting.LAST));
        json.remove("attemptRules");
        json.put("attempts", 1);
        assertThat(Json.read(Json.write(json), ExamPolicy.class)).contains(PLAIN);
        json.putObject("attemptRules").put("allowed", 0);
        assertThat(Json.read(Json.write(json), ExamPolicy.class)).isEmpty();
    }

    /** Domain, section 9; S0 section 5: 下课后 15 分钟内完成签退. */
    @Test
    void theTimeToLeaveTravelsAndAPackageThatSaysNothingTakesThatOfTheSource() {
        ObjectNode json = Json.mapper().valueToTree(PLAIN);
        json.putObject("attendance").put("checkOutMinutes", 20).put("handInLeaves", false);
        assertThat(Json.read(Json.write(json), ExamPolicy.class).orElseThrow().attendance())
                .isEqualTo(new AttendanceWindows(20, false));
        json.remove("attendance");
        assertThat(Json.read(Json.write(json), ExamPolicy.class)).contains(PLAIN);
        assertThat(AttendanceWindows.STANDARD).isEqualTo(new AttendanceWindows(15, true));
        json.putObject("attendance").put("checkOutMinutes", 241).put("handInLeaves", true);
        assertThat(Json.read(Json.write(json), ExamPolicy.class)).isEmpty();
    }

    /** S0, section 7: 不定时进行人脸识别; a package made before it has none. */
    @Test
    void faceChecksDuringTheTestTravelAndOlderPackagesHaveNone() {
        ObjectNode json = Json.mapper().valueToTree(PLAIN);
        json.putObject("rechecks").put("everyMinutes", 20).put("afterLeaving", true);
        assertThat(Json.read(Json.write(json), ExamPolicy.class).orElseThrow().rechecks())
                .isEqualTo(new FaceRechecks(20, true));
        json.remove("rechecks");
        assertThat(Json.read(Json.write(json), ExamPolicy.class)).contains(PLAIN);
        assertThat(PLAIN.rechecks().any()).isFalse();
        for (int minutes : new int[] {1, FaceRechecks.EVERY_MINUTES_MAX + 1}) {
            json.putObject("rechecks").put("everyMinutes", minutes);
            assertThat(Json.read(Json.write(json), ExamPolicy.class)).isEmpty();
        }
    }
}
