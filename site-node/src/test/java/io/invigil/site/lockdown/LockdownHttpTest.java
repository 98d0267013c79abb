package io.invigil.site.lockdown;

import static io.invigil.site.SiteFixture.exam;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.exam.pack.PageRules;
import io.invigil.protocol.crypto.Digest;
import io.invigil.site.PaperHub;
import io.invigil.site.SiteFixture;
import io.invigil.site.SiteFixture.Client;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lockdown over HTTP: issue 3, part 5; domain, section 11; source 001, article 4. */
class LockdownHttpTest {
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

    private Client room(PageRules rules) throws Exception {
        site.hub().pageRules(rules);
        site.importPackage(1, 3);
        Client proctor = site.run();
        proctor.ok(exam("check-in"), Map.of("number", "2026000001"));
        return proctor;
    }

    private Client candidate() {
        Client client = site.client();
        client.ok("/api/exam/login", Map.of("number", "2026000001", "pin", "246001"));
        return client;
    }

    private static PageRules rules(PageRules.Leaving leaving, boolean safeBrowser) {
        return new PageRules(leaving, 0, false, true, safeBrowser, List.of());
    }

    private static String proof(Client client, String path, String key) {
        return Digest.sha256((client.url(path) + key).getBytes(StandardCharsets.UTF_8)).hex();
    }

    @Test
    void everyRequestMustProveTheSettingsAndThePageSaysWhatDiffers() throws Exception {
        Client proctor = room(rules(PageRules.Leaving.RECORDED, true));
        Client candidate = candidate();
        HttpResponse<String> bare = candidate.get("/api/exam/state");
        assertThat(bare.statusCode()).isEqualTo(403);
        assertThat(bare.body()).contains("SAFE_BROWSER_NEEDED", "not-safe-browser");
        String origin = candidate.url("/").replaceAll("/$", "").replace("127.0.0.1", "localhost");
        SafeBrowserConfig config =
                SafeBrowserConfig.of(
                        origin + "/login?exam=" + PaperHub.EXAM,
                        origin + "/quit",
                        site.hub().authority().getEncoded());
        HttpResponse<String> file = proctor.get("/technician/lab/" + PaperHub.EXAM + "/exam.seb");
        assertThat(file.body()).isEqualTo(new String(config.file(), StandardCharsets.UTF_8));
        for (String path : List.of("/api/exam/state", "/api/exam/time", "/exam")) {
            assertThat(
                            candidate
                                    .getWith(
                                            path,
                                            SafeBrowserCheck.CONFIG_HEADER,
                                            proof(candidate, path, config.configKey()))
                                    .statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
        String changed =
                config.keysWithOneDifference().entrySet().stream()
                        .filter(entry -> entry.getValue().equals("enablePrintScreen"))
                        .findFirst()
                        .orElseThrow()
                        .getKey();
        HttpResponse<String> page =
                candidate.getWith(
                        "/exam",
                        SafeBrowserCheck.CONFIG_HEADER,
                        proof(candidate, "/exam", changed));
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("enablePrintScreen");
    }

    @Test
    void aTechnicianGetsTheKitAndACandidateDoesNot() throws Exception {
        Client proctor = room(rules(PageRules.Leaving.RECORDED, false));
        HttpResponse<String> kit = proctor.get("/technician/lab/kit.zip");
        assertThat(kit.statusCode()).isEqualTo(200);
        assertThat(kit.body()).startsWith("PK").contains("windows/invigil.reg", "check-sheet-107");
        assertThat(proctor.get("/technician/lab").body())
                .contains(PaperHub.EXAM + ".seb", "/technician/lab/kit.zip");
        assertThat(candidate().get("/technician/lab/kit.zip").statusCode()).isNotEqualTo(200);
    }

    @Test
    void leavingThePageHandsInWhereThePolicySaysSoAndIsAFact() throws Exception {
        Client proctor = room(rules(PageRules.Leaving.USES_ATTEMPT, false));
        Client candidate = candidate();
        long lease =
                candidate.ok("/api/exam/writer", Map.of("takeover", false)).path("lease").asLong();
        candidate.ok("/api/exam/start", Map.of("lease", lease));
        candidate.ok("/api/exam/signal", signal(lease, "s-1", "PASTE", 0));
        assertThat(candidate.json("/api/exam/state").path("handIn").isNull()).isTrue();
        assertThat(candidate.refusal("/api/exam/signal", signal(lease + 5, "s-2", "LEFT", 9_000)))
                .isEqualTo("409 WRITER_ELSEWHERE");
        candidate.ok("/api/exam/signal", signal(lease, "s-3", "LEFT", 9_000));
        JsonNode state = candidate.json("/api/exam/state");
        assertThat(state.at("/handIn/cause").asText()).isEqualTo("LEFT_PAGE");
        assertThat(candidate.get("/exam").body()).contains("notice-warning");
        assertThat(proctor.get("/room/" + PaperHub.EXAM).statusCode()).isEqualTo(200);
    }

    private static Map<String, Object> signal(long lease, String id, String kind, long millis) {
        return Map.of(
                "lease",
                lease,
                "signal",
                id,
                "kind",
                kind,
                "lastedMillis",
                millis,
                "reached",
                true);
    }
}
