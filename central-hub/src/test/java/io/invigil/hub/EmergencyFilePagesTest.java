package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.testkit.HttpsBrowser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issue 3, part 4: the centre opens an emergency file; two people, on their own pages. */
class EmergencyFilePagesTest {
    @TempDir Path directory;

    @Test
    void oneTakesAFileInAndSeesItBesideTheLedgerAndAnotherAdmitsIt() {
        try (RunningHub running = RunningHub.beforeTheExam(directory)) {
            running.account("second", "body-staff", running.world.body.organisation().id().value());
            String list = EmergencyFileSample.list(running);
            HttpsBrowser body = running.person("body");
            assertThat(body.get(list).body()).contains("data-upload=\"" + list + "\"");
            String page = EmergencyFileSample.broughtBy(running, body);
            assertThat(page).startsWith(list + "/");
            assertThat(body.get(page).body())
                    .contains("先断开低压电源 &lt;b&gt;")
                    .as("who took it in gets no form")
                    .doesNotContain("name=\"verdict\"");
            HttpsBrowser second = running.person("second");
            assertThat(second.get(page).body()).contains("name=\"verdict\"");
            assertThat(second.post(page, "verdict", "admit", "reason", "服务器损坏").statusCode())
                    .isEqualTo(303);
            assertThat(second.get(page).body())
                    .contains("服务器损坏")
                    .doesNotContain("name=\"verdict\"");
            assertThat(second.get(list).body()).contains(page);
            assertThat(running.person("clerk").get(page).statusCode()).isEqualTo(403);
        }
    }
}
