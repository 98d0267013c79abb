package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.testkit.HttpsBrowser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two people edit one record (issue 4, part 13): the second sees the conflict and both versions
 * field by field, chooses which value stands, and nothing is silently lost. Rooms, teachers,
 * classes, proctors and staff accounts; plans are in {@link PlanConflictTest}, candidates in {@link
 * CandidateEditTest}, organisations and sites in {@link OrganisationPagesTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoEditorsTest {
    private static final Pattern FORM =
            Pattern.compile("<form id=\"(?:f-form|f-edit)\".*?</form>", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<input[^>]*>");
    private static final Pattern OPTION =
            Pattern.compile("<select[^>]*name=\"([^\"]+)\".*?</select>", Pattern.DOTALL);
    private static final Pattern CHOSEN = Pattern.compile("value=\"([^\"]*)\" selected");

    @TempDir static Path directory;
    private RunningHub running;

    @BeforeAll
    void start() {
        running = new RunningHub(directory);
    }

    @AfterAll
    void stop() {
        running.close();
    }

    /** The form's fields as a browser would send them, one pair after the other. */
    private static final class Sheet {
        private final List<String> pairs = new ArrayList<>();

        static Sheet of(HttpResponse<String> page) {
            assertThat(page.statusCode()).isIn(200, 409);
            Matcher form = FORM.matcher(page.body());
            assertThat(form.find()).isTrue();
            Sheet sheet = new Sheet();
            Matcher input = INPUT.matcher(form.group());
            while (input.find()) {
                sheet.take(input.group());
            }
            Matcher select = OPTION.matcher(form.group());
            while (select.find()) {
                Matcher chosen = CHOSEN.matcher(select.group());
                if (chosen.find()) {
                    sheet.pairs.addAll(List.of(select.group(1), chosen.group(1)));
                }
            }
            return sheet;
        }

        private void take(String input) {
            Optional<String> name = attribute(input, "name");
            boolean box = input.contains("type=\"checkbox\"") || input.contains("type=\"radio\"");
            if (name.isPresent()
                    && !name.get().equals("_csrf")
                    && (!box || input.contains(" checked"))) {
                pairs.addAll(List.of(name.get(), attribute(input, "value").orElse("")));
            }
        }

        private static Optional<String> attribute(String input, String name) {
            Matcher found = Pattern.compile(" " + name + "=\"([^\"]*)\"").matcher(input);
            return found.find()
                    ? Optional.of(found.group(1).replace("&#34;", "\"").replace("&amp;", "&"))
                    : Optional.empty();
        }

        Sheet with(String name, String value) {
            for (int at = 0; at < pairs.size(); at += 2) {
                if (pairs.get(at).equals(name)) {
                    pairs.set(at + 1, value);
                    return this;
                }
            }
            pairs.addAll(List.of(name, value));
            return this;
        }

        String text(String name) {
            int at = 0;
            while (!pairs.get(at).equals(name)) {
                at += 2;
            }
            return pairs.get(at + 1);
        }

        HttpResponse<String> sentBy(HttpsBrowser browser, String path) {
            return browser.post(path, pairs.toArray(String[]::new));
        }
    }

    /**
     * The first changes one field, the second two: the shared one the second takes from the first,
     * its own other one it keeps.
     */
    private void bothAreKept(
            HttpsBrowser first, HttpsBrowser second, String path, Shared shared, Own own) {
        Sheet ofFirst = Sheet.of(first.get(path)).with(shared.field(), shared.first());
        Sheet ofSecond =
                Sheet.of(second.get(path))
                        .with(shared.field(), shared.second())
                        .with(own.field(), own.value());
        assertThat(ofFirst.sentBy(first, path).statusCode()).isEqualTo(303);

        HttpResponse<String> conflict = ofSecond.sentBy(second, path);
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(conflict.body())
                .contains(shared.first())
                .contains(shared.second())
                .contains("name=\"keep." + shared.field() + "\"");
        Sheet stored = Sheet.of(first.get(path));
        assertThat(stored.text(shared.field())).isEqualTo(shared.first());

        Sheet again = Sheet.of(conflict).with("keep." + shared.field(), "stored");
        assertThat(again.sentBy(second, path).statusCode()).isEqualTo(303);
        Sheet after = Sheet.of(first.get(path));
        assertThat(after.text(shared.field())).isEqualTo(shared.first());
        assertThat(after.text(own.field())).isEqualTo(own.value());
    }

    /** A field that both change. */
    private record Shared(String field, String first, String second) {}

    /** A field that only the second changes. */
    private record Own(String field, String value) {}

    @Test
    void ofARoomTheSecondSeesBothVersionsAndChoosesFieldByField() {
        String path =
                "/plans/" + running.samples.get("plan") + "/rooms/" + running.samples.get("room");
        // somebody sits there already: only seats are changed, and only upwards
        HttpsBrowser second = running.person("clerk");
        bothAreKept(
                running.person("clerk"),
                second,
                path,
                new Shared("seats", "31", "41"),
                new Own("accessible", "3"));
        HttpResponse<String> stale = second.post(path, "name", "没有版本的表单");
        assertThat(stale.statusCode())
                .as("a form that does not say what it was filled from")
                .isEqualTo(409);
    }

    @Test
    void ofATeacherTheSecondSeesBothVersionsAndChoosesFieldByField() {
        String path = "/teachers/" + running.samples.get("teacher");
        bothAreKept(
                running.person("clerk"),
                running.person("clerk"),
                path,
                new Shared("name", "王第一", "王第二"),
                new Own("title", "副教授"));
    }

    @Test
    void ofAClassTheCollegeSeesWhatTheSchoolStored() {
        bothAreKept(
                running.person("clerk"),
                running.person(running.courses.college.login()),
                "/classes/" + running.samples.get("class") + "/edit",
                new Shared("name", "机电甲班", "机电乙班"),
                new Own("batch", "2026年12月"));
    }

    @Test
    void ofAProctorTheSecondSeesBothVersionsAndChoosesFieldByField() {
        HttpsBrowser first = running.person("clerk");
        first.get("/proctors/new");
        String path =
                first.post("/proctors/new", "name", "李监考", "mobile", "13900008888")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow();
        bothAreKept(
                first,
                running.person("clerk"),
                path,
                new Shared("name", "李第一", "李第二"),
                new Own("mobile", "13900009999"));
    }

    @Test
    void ofAnAccountTheSecondSeesBothVersionsAndChoosesFieldByField() {
        long school = running.world.clerk.organisation().id().value();
        long account = running.account("edited", "school-clerk", school);
        HttpsBrowser first = running.person("school-admin");
        HttpsBrowser second = running.person("body-admin");
        String path = "/staff/" + account;
        Sheet.of(first.get(path)).with("mail", "old@example.org").sentBy(first, path);
        bothAreKept(
                first,
                second,
                path,
                new Shared("mail", "one@example.org", "two@example.org"),
                new Own("mobile", "13700000001"));
        assertThat(AuditTrail.of(running.hub.parts().database(), running.world.tenant))
                .filteredOn(("CHANGED account " + account)::equals)
                .hasSize(3);
    }

    @Test
    void aDutyThatTheOtherTookAwayIsShownInWords() {
        long school = running.world.clerk.organisation().id().value();
        long account = running.account("promoted", "school-clerk", school);
        HttpsBrowser first = running.person("school-admin");
        HttpsBrowser second = running.person("school-admin");
        String path = "/staff/" + account;
        Sheet stale = Sheet.of(second.get(path)).with("mail", "p@example.org");
        Sheet promoted = Sheet.of(first.get(path)).with("mail", "q@example.org");
        promoted.pairs.addAll(List.of("duty", "ADMINISTRATOR"));
        assertThat(promoted.sentBy(first, path).statusCode()).isEqualTo(303);
        HttpResponse<String> conflict = stale.sentBy(second, path);
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(conflict.body()).contains("业务人员、管理员");
        assertThat(running.hub.parts().accounts().byId(running.world.tenant.value(), account))
                .get()
                .satisfies(
                        one ->
                                assertThat(one.roles())
                                        .isEqualTo(Set.of("school-clerk", "school-admin")));
    }
}
