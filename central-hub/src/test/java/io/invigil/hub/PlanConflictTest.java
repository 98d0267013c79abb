package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.RecordVersion;
import io.invigil.testkit.HttpsBrowser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two clerks edit the same record: the second sees the conflict and both versions, and nothing is
 * silently lost (issue 4, part 13).
 */
class PlanConflictTest {
    private static final Pattern INPUT =
            Pattern.compile("<input[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"[^>]*>");

    @TempDir Path directory;

    @Test
    void theSecondSeesBothVersionsAndMaySaveKnowingThem() {
        try (RunningHub running = new RunningHub(directory)) {
            String edit = "/plans/" + running.samples.get("plan") + "/edit";
            HttpsBrowser first = running.person("body");
            HttpsBrowser second = running.person("body");
            Map<String, String> ofFirst = form(first.get(edit));
            Map<String, String> ofSecond = form(second.get(edit));
            ofFirst.put("name", "第一人改的名称");
            ofSecond.put("name", "第二人改的名称");
            assertThat(send(first, edit, ofFirst).statusCode()).isEqualTo(303);

            HttpResponse<String> conflict = send(second, edit, ofSecond);
            assertThat(conflict.statusCode()).isEqualTo(409);
            assertThat(conflict.body()).contains("第一人改的名称").contains("第二人改的名称");
            assertThat(form(first.get(edit))).containsEntry("name", "第一人改的名称");

            Map<String, String> again = form(conflict);
            assertThat(again).containsEntry("name", "第二人改的名称");
            assertThat(send(second, edit, again).statusCode()).isEqualTo(303);
            assertThat(form(first.get(edit))).containsEntry("name", "第二人改的名称");
        }
    }

    /** The filled fields of the page's form, as a browser would send them. */
    private static Map<String, String> form(HttpResponse<String> page) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher input = INPUT.matcher(page.body());
        while (input.find()) {
            boolean box = input.group().contains("checkbox") || input.group().contains("radio");
            if (!input.group(1).equals("_csrf") && (!box || input.group().contains(" checked"))) {
                fields.put(input.group(1), input.group(2).replace("&#34;", "\""));
            }
        }
        fields.put("visibility", "NEVER");
        fields.putIfAbsent("requirements", "携带身份证");
        return fields;
    }

    private static HttpResponse<String> send(
            HttpsBrowser browser, String path, Map<String, String> fields) {
        List<String> pairs = new ArrayList<>();
        fields.forEach((name, value) -> pairs.addAll(List.of(name, value)));
        return browser.post(path, pairs.toArray(String[]::new));
    }

    @Test
    void aVersionChangesWithTheRecordAndNotWithTheOrderOfASet() {
        record Plan(String name, List<String> schools) {}
        String version = RecordVersion.of(new Plan("一", List.of("a", "b")));
        assertThat(RecordVersion.of(new Plan("一", List.of("b", "a")))).isEqualTo(version);
        assertThat(RecordVersion.of(new Plan("二", List.of("a", "b")))).isNotEqualTo(version);
        assertThat(RecordVersion.of(new Plan("一", List.of("a")))).isNotEqualTo(version);
    }

    @Test
    void namesTheFieldsInWhichTwoFormsDiffer() {
        Entered stored = new Entered(Map.of("name", List.of("一"), "schools", List.of("2", "1")));
        Entered sent =
                new Entered(
                        Map.of(
                                "name", List.of("二"),
                                "schools", List.of("1", "2"),
                                "fullId", List.of("on"),
                                "version", List.of("x"),
                                "_csrf", List.of("y")));
        assertThat(RecordVersion.differences(stored, sent))
                .containsExactly(
                        new RecordVersion.Difference("name", "name", "一", "二", true),
                        new RecordVersion.Difference("fullId", "fullId", "", "on", true));
    }
}
