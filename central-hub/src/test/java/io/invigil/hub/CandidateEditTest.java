package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.hub.candidate.MadeUpPeople;
import io.invigil.testkit.HttpsBrowser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clerks correct candidates, also two at once (domain, section 3; issue 4, part 13: "the second
 * sees the conflict and both versions; nothing is silently lost").
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CandidateEditTest {
    private static final Pattern INPUT = Pattern.compile("<input[^>]*>");
    private static final Pattern NAME = Pattern.compile("name=\"([^\"]+)\"");
    private static final Pattern VALUE = Pattern.compile("value=\"([^\"]*)\"");

    @TempDir static Path directory;
    private OrganisationServer server;
    private HttpsBrowser first;
    private HttpsBrowser second;
    private int next;
    private String edit;

    @BeforeAll
    void start() {
        server = new OrganisationServer(directory);
        first = server.enter("clerk");
        second = server.enter("clerk");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void aCandidate() {
        first.get("/candidates/new");
        List<String> row = MadeUpPeople.rows(next++, 1).get(0);
        String shown =
                OrganisationServer.location(
                        first.post(
                                "/candidates/new",
                                "name",
                                "王小二",
                                "pinyin",
                                "Wang",
                                "idNumber",
                                row.get(2),
                                "mobile",
                                "13800000001",
                                "major",
                                "电子商务",
                                "programmeLevel",
                                "高职",
                                "enrolmentYear",
                                "2025",
                                "type",
                                "院校考生"));
        edit = shown + "/edit";
    }

    @Test
    void aClerkCorrectsACandidateAndTheFormSaysWhatIsWrong() {
        Map<String, String> form = form(first.get(edit));
        assertThat(form).containsEntry("name", "王小二").containsEntry("mobile", "13800000001");
        form.put("mobile", "12");
        HttpResponse<String> refused = send(first, form);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("href=\"#f-mobile\"");
        form.put("mobile", "13900000002");
        form.put("pinyin", "");
        assertThat(send(first, form).statusCode()).isEqualTo(303);
        assertThat(form(first.get(edit)))
                .containsEntry("mobile", "13900000002")
                .containsEntry("pinyin", "");
    }

    @Test
    void theSecondChoosesFieldByFieldAndLosesNothing() {
        Map<String, String> ofFirst = form(first.get(edit));
        Map<String, String> ofSecond = form(second.get(edit));
        ofFirst.put("name", "王小三");
        ofFirst.put("major", "物流管理");
        assertThat(send(first, ofFirst).statusCode()).isEqualTo(303);
        ofSecond.put("name", "王小四");
        ofSecond.put("mobile", "13900000003");
        HttpResponse<String> conflict = send(second, ofSecond);
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(conflict.body()).contains("王小三").contains("王小四").contains("物流管理");
        assertThat(form(first.get(edit))).containsEntry("name", "王小三");

        Map<String, String> again = form(conflict);
        assertThat(again)
                .as("what the second did not touch stays as the first saved it")
                .containsEntry("keep.major", "stored")
                .containsEntry("keep.name", "sent")
                .containsEntry("keep.mobile", "sent");
        again.put("keep.name", "stored");
        assertThat(send(second, again).statusCode()).isEqualTo(303);
        assertThat(form(first.get(edit)))
                .containsEntry("name", "王小三")
                .containsEntry("major", "物流管理")
                .containsEntry("mobile", "13900000003");
    }

    @Test
    void aThirdVersionMeanwhileIsAConflictAgain() {
        Map<String, String> ofSecond = form(second.get(edit));
        ofSecond.put("name", "王小四");
        for (String name : List.of("王小五", "王小六")) {
            Map<String, String> ofFirst = form(first.get(edit));
            ofFirst.put("name", name);
            assertThat(send(first, ofFirst).statusCode()).isEqualTo(303);
            HttpResponse<String> conflict = send(second, ofSecond);
            assertThat(conflict.statusCode()).isEqualTo(409);
            assertThat(conflict.body()).contains(name);
            ofSecond = form(conflict);
        }
        assertThat(send(second, ofSecond).statusCode()).isEqualTo(303);
        assertThat(form(first.get(edit))).containsEntry("name", "王小四");
    }

    @Test
    void anIdNumberIsCorrectedToAFreeOneOnly() {
        String taken = MadeUpPeople.idNumber(900);
        Map<String, String> form = form(first.get(edit));
        String own = form.get("idNumber");
        form.put("idNumber", taken);
        assertThat(send(first, form).statusCode()).isEqualTo(303);
        assertThat(form(first.get(edit))).containsEntry("idNumber", taken);
        form = form(first.get(edit));
        form.put("idNumber", own.substring(0, 17) + (own.endsWith("1") ? "2" : "1"));
        assertThat(send(first, form).statusCode()).isEqualTo(422);
        form.put("idNumber", own);
        assertThat(send(first, form).statusCode()).isEqualTo(303);
    }

    @Test
    void anotherSchoolsCandidateIsNotFound() {
        HttpsBrowser other = server.enter("other");
        assertThat(other.get(edit).statusCode()).isEqualTo(404);
        assertThat(server.enter("authority").get(edit).statusCode()).isEqualTo(403);
    }

    /** The form's fields as a browser would send them. */
    private static Map<String, String> form(HttpResponse<String> page) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher inputs = INPUT.matcher(page.body());
        while (inputs.find()) {
            String input = inputs.group();
            Matcher name = NAME.matcher(input);
            Matcher value = VALUE.matcher(input);
            boolean chosen = !input.contains("radio") || input.contains(" checked");
            if (chosen && name.find() && !name.group(1).equals("_csrf")) {
                fields.put(name.group(1), value.find() ? unescaped(value.group(1)) : "");
            }
        }
        return fields;
    }

    private static String unescaped(String text) {
        return text.replace("&#34;", "\"").replace("&quot;", "\"").replace("&amp;", "&");
    }

    private HttpResponse<String> send(HttpsBrowser browser, Map<String, String> fields) {
        List<String> pairs = new ArrayList<>();
        fields.forEach((name, value) -> pairs.addAll(List.of(name, value)));
        return browser.post(edit, pairs.toArray(String[]::new));
    }
}
