package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.appliance.config.Secret;
import io.invigil.appliance.data.DataDirectoryInUse;
import io.invigil.protocol.trust.TrustBundle;
import io.invigil.protocol.trust.TrustRoot;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole hub in this process: what stands behind its ports, and that it comes back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HubWiringTest {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    @TempDir static Path directory;
    private HubSettings settings;
    private HubWiring hub;

    @BeforeAll
    void start() {
        settings =
                TestHubSettings.of(
                        directory,
                        2,
                        "评价组织",
                        List.of(
                                new HubSettings.FirstStaff(
                                        "clerk1", "张三", Optional.of(Secret.of("a-good-pass-1"))),
                                new HubSettings.FirstStaff("clerk2", "李四", Optional.empty())));
        hub = HubWiring.start(settings, Map.of(), Clock.systemUTC());
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void isReadyWithItsBroker() throws Exception {
        assertThat(hub.awaitReady()).isTrue();
        HttpResponse<String> health =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        "http://127.0.0.1:"
                                                                + hub.adminPort()
                                                                + "/health"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("ingest");
    }

    @Test
    void statesItsTrustRootToEverybodyAndPackagesOnlyToNodes() throws Exception {
        Browser browser = new Browser();
        TrustBundle bundle =
                TrustBundle.read(browser.get("/x1/trust").body().getBytes(StandardCharsets.UTF_8))
                        .orElseThrow();
        assertThat(bundle.rootEnvelopes()).hasSize(1);
        assertThat(bundle.rootEnvelopes().getFirst().length).isLessThan(TrustRoot.BYTES_MAX);
        assertThat(browser.get("/x1/manifests").statusCode()).isEqualTo(403);
        assertThat(browser.get("/x1/parts/" + "0".repeat(64)).statusCode()).isEqualTo(403);
        assertThat(browser.get("/ca.crt").body()).contains("BEGIN CERTIFICATE");
    }

    @Test
    void leadsStrangersToTheLoginAndStaffToThePages() throws Exception {
        Browser browser = new Browser();
        assertThat(browser.get("/nodes").statusCode()).isEqualTo(303);
        browser.login("clerk1", "a-good-pass-1");
        for (String page :
                List.of("/nodes", "/nodes/claim", "/packages", "/room-staff", "/ingest")) {
            HttpResponse<String> reply = browser.get(page);
            assertThat(reply.statusCode()).as(page).isEqualTo(200);
            assertThat(reply.body())
                    .as(page + " has every text")
                    .doesNotContainPattern("\\[(fleet|pack|ingest|room-staff)\\.");
        }
    }

    @Test
    void refusesAClaimWithoutASite() throws Exception {
        Browser browser = new Browser();
        browser.login("clerk1", "a-good-pass-1");
        String token = browser.token("/nodes/claim");
        HttpResponse<String> reply =
                browser.post("/nodes/claim", "_csrf=" + encode(token) + "&node=room-one&site=99");
        assertThat(reply.statusCode()).isEqualTo(422);
        assertThat(browser.post("/nodes/claim", "node=room-one&site=1").statusCode())
                .as("no token of ours")
                .isEqualTo(403);
    }

    @Test
    void givesAFirstPasswordOnceAndKeepsTheRootKeysOutOfTheDataDirectory() throws Exception {
        assertThat(hub.passwords()).hasSize(1);
        assertThat(Files.exists(directory.resolve("root.json"))).isTrue();
        try (var files = Files.list(directory.resolve("hub"))) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .doesNotContain("root-keys.json");
        }
    }

    @Test
    void letsNoSecondProcessIntoItsDataDirectory() {
        assertThatThrownBy(() -> HubWiring.start(settings, Map.of(), Clock.systemUTC()))
                .isInstanceOf(DataDirectoryInUse.class);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A browser that trusts the realm's CA. */
    private final class Browser {
        private final HttpClient client;

        Browser() throws Exception {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("ca", hub.realm().authority().root());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), new SecureRandom());
            client =
                    HttpClient.newBuilder()
                            .sslContext(tls)
                            .version(HttpClient.Version.HTTP_1_1)
                            .cookieHandler(new CookieManager())
                            .build();
        }

        HttpResponse<String> get(String path) throws Exception {
            return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        }

        HttpResponse<String> post(String path, String form) throws Exception {
            return client.send(
                    request(path)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Origin", base())
                            .POST(HttpRequest.BodyPublishers.ofString(form))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        String token(String path) throws Exception {
            Matcher matcher = CSRF.matcher(get(path).body());
            assertThat(matcher.find()).isTrue();
            return matcher.group(1);
        }

        void login(String login, String password) throws Exception {
            String form =
                    "_csrf="
                            + encode(token("/login"))
                            + "&login="
                            + encode(login)
                            + "&password="
                            + encode(password);
            assertThat(post("/login", form).statusCode()).isEqualTo(303);
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(base() + path));
        }

        private String base() {
            return "https://localhost:" + hub.httpsPort();
        }
    }
}
