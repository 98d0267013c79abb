package io.invigil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.layout.Chrome;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.NavItem;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.selftest.Health;
import io.invigil.appliance.selftest.Metrics;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Listener;
import io.invigil.appliance.web.PagesSettings;
import io.invigil.appliance.web.Problem;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.SignedIn;
import io.invigil.appliance.web.Upload;
import io.invigil.appliance.web.Visit;
import io.invigil.appliance.web.WebServers;
import io.invigil.appliance.web.asset.Assets;
import io.invigil.appliance.web.live.Broadcast;
import io.invigil.appliance.web.session.MemorySessions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebTest {
    private static final TestCertificates CERTIFICATES = new TestCertificates();

    @TempDir Path directory;
    private final TestClock clock = TestClock.examMorning();
    private final Broadcast broadcast = new Broadcast("run1");
    private HttpPages pages;
    private WebServers servers;
    private HttpsBrowser browser;

    @BeforeEach
    void start() {
        pages =
                new HttpPages(
                        PagesSettings.of("test", new byte[32]),
                        new MemorySessions(),
                        I18n.load(
                                WebTest.class.getClassLoader(),
                                ZoneId.of("Asia/Shanghai"),
                                List.of()),
                        new Chrome(
                                "appliance.account",
                                List.of(NavItem.of("appliance.nav", "/secret", "boss"))),
                        new Assets(WebTest.class.getClassLoader()),
                        clock,
                        new SeededEntropy(1));
        servers =
                WebServers.builder(pages, new SeededEntropy(2))
                        .https(
                                Listener.loopback(0),
                                CERTIFICATES
                                        .server()
                                        .trustingClients(List.of(CERTIFICATES.authority())))
                        .plain(
                                Listener.loopback(0),
                                rules ->
                                        rules.get(
                                                "/hello",
                                                pages.stateless(visit -> Reply.text("plain"))))
                        .admin(Listener.loopback(0), new Health(), new Metrics())
                        .routes(new Routes())
                        .start();
        browser = HttpsBrowser.at(servers.httpsPort(), CERTIFICATES.authority());
    }

    @AfterEach
    void stop() {
        broadcast.close();
        browser.close();
        servers.close();
    }

    private final class Routes implements HttpService {
        @Override
        public void routing(HttpRules rules) {
            rules.get("/", pages.page(Access.open(), v -> page("start <b>")))
                    .post("/enter", pages.page(Access.open(), this::enter))
                    .post("/leave", pages.page(Access.open(), this::leave))
                    .get("/secret", pages.page(Access.roles("boss"), v -> page("secret")))
                    .get("/other", pages.page(Access.roles("clerk"), v -> page("other")))
                    .get("/api", pages.api(Access.anyoneSignedIn(), v -> Reply.json(Map.of())))
                    .get("/broken", pages.page(Access.open(), WebTest::broken))
                    .get(
                            "/gone",
                            pages.page(
                                    Access.open(),
                                    v -> Reply.problem(Problem.of(409, "TOO_LARGE"))))
                    .post("/form", pages.page(Access.open(), v -> page(v.form().text("a"))))
                    .put("/file", pages.page(Access.open(), this::upload))
                    .get("/live", pages.page(Access.open(), v -> Reply.live(broadcast)))
                    .get("/who", pages.stateless(WebTest::who));
        }

        private Reply enter(Visit visit) {
            visit.signIn(
                    new SignedIn(
                            7, 1, "li", "李四", Set.of("boss"), Optional.empty(), Map.of("k", "v")));
            visit.flash(Flash.Kind.SUCCESS, "欢迎");
            return Reply.seeOther("/secret");
        }

        private Reply leave(Visit visit) {
            visit.signOut();
            return Reply.seeOther("/");
        }

        private Reply upload(Visit visit) {
            try (Upload upload = visit.upload(directory, 1000)) {
                return Reply.text(upload.fileName() + " " + upload.length());
            }
        }
    }

    private static Reply who(Visit visit) {
        return Reply.text(
                visit.clientCertificate()
                        .map(c -> c.getSubjectX500Principal().getName())
                        .orElse("nobody"));
    }

    private static Reply broken(Visit visit) {
        throw new IllegalStateException("on purpose at " + visit.path());
    }

    private static Reply page(String text) {
        return Reply.page(Page.titled("T"), output -> output.writeContent(text));
    }

    @Test
    void showsAPageInTheFrameWithStrictHeaders() {
        var response = browser.get("/");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("<html lang=\"zh-CN\"").contains("start <b>");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.headers().firstValue("Set-Cookie").orElse(""))
                .startsWith("__Host-test-id=")
                .contains("Secure")
                .contains("HttpOnly")
                .contains("SameSite=Lax");
    }

    @Test
    void answersAnUnknownPathWithA404PageAndProblemJson() {
        var page = browser.get("/nothing/here");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("没有这个页面").contains("<main");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        var json = browser.acceptingJson().get("/nothing/here");
        assertThat(json.statusCode()).isEqualTo(404);
        assertThat(json.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json.body()).contains("\"code\":\"NOT_FOUND\"");
    }

    @Test
    void answersAnExceptionWithA500PageThatSaysNothingOfIt() {
        var page = browser.get("/broken");
        assertThat(page.statusCode()).isEqualTo(500);
        assertThat(page.body()).contains("系统出现错误").doesNotContain("on purpose");
    }

    @Test
    void leadsToTheLoginPageAndAfterSigningInToThePage() {
        var before = browser.get("/secret?x=1");
        assertThat(before.statusCode()).isEqualTo(303);
        assertThat(before.headers().firstValue("Location"))
                .contains("/login?next=%2Fsecret%3Fx%3D1");
        assertThat(browser.get("/api").statusCode()).isEqualTo(401);
        enter();
        var page = browser.get("/secret");
        assertThat(page.body()).contains("secret").contains("欢迎").contains("李四");
        assertThat(browser.get("/secret").body()).doesNotContain("欢迎");
        assertThat(browser.get("/other").statusCode()).isEqualTo(403);
        assertThat(browser.get("/api").statusCode()).isEqualTo(200);
        browser.post("/leave");
        assertThat(browser.get("/secret").statusCode()).isEqualTo(303);
    }

    private void enter() {
        browser.get("/");
        assertThat(browser.post("/enter").statusCode()).isEqualTo(303);
    }

    @Test
    void endsASessionThatIsIdleOrOld() {
        enter();
        clock.advance(Duration.ofMinutes(29));
        assertThat(browser.get("/secret").statusCode()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(29));
        assertThat(browser.get("/secret").statusCode()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(31));
        assertThat(browser.get("/secret").statusCode()).isEqualTo(303);
    }

    @Test
    void refusesAChangeWithoutTokenOrFromAnotherOrigin() {
        browser.get("/");
        String token = browser.csrfToken().orElseThrow();
        assertThat(form("https://localhost:" + servers.httpsPort(), "wrong").statusCode())
                .isEqualTo(403);
        assertThat(form("https://evil.example", token).statusCode()).isEqualTo(403);
        assertThat(form("https://localhost:" + servers.httpsPort(), token).statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> form(String origin, String token) {
        return browser.send(
                browser.request("/form")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", origin)
                        .POST(HttpRequest.BodyPublishers.ofString("a=1&_csrf=" + token)));
    }

    @Test
    void refusesAFormThatIsTooLong() {
        browser.get("/");
        assertThat(browser.post("/form", "a", "x".repeat(520 * 1024)).statusCode()).isEqualTo(413);
        assertThat(browser.post("/form", "a", "x".repeat(500 * 1024)).statusCode()).isEqualTo(200);
    }

    @Test
    void takesAFileByPutUpToItsLimitAndLeavesNothingBehind() throws IOException {
        browser.get("/");
        var taken = browser.put("/file", new byte[1000], "X-File-Name", "%E5%90%8D%E5%8D%95.xlsx");
        assertThat(taken.body()).isEqualTo("名单.xlsx 1000");
        assertThat(browser.put("/file", new byte[1001]).statusCode()).isEqualTo(413);
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void remembersLanguageAndSchemeAndReturnsOnlyToOwnPages() {
        browser.get("/");
        var language = browser.get("/preferences/language/en?back=%2Fgone");
        assertThat(language.headers().firstValue("Location")).contains("/gone");
        assertThat(
                        browser.get("/preferences/scheme/dark?back=%2F%2Fevil.example")
                                .headers()
                                .firstValue("Location"))
                .contains("/");
        assertThat(browser.get("/").body())
                .contains("lang=\"en\"")
                .contains("data-scheme=\"dark\"");
        assertThat(browser.get("/preferences/language/xx").statusCode()).isEqualTo(404);
    }

    @Test
    void servesStaticFilesWithFingerprintsAndEtags() {
        String url = pages.assets().url("appliance/tokens.css");
        var first = browser.get(url);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
        String etag = first.headers().firstValue("ETag").orElseThrow();
        var again = browser.get("/assets/appliance/tokens.css", "If-None-Match", etag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(browser.get(pages.assets().url("htmx/htmx.min.js")).body()).contains("htmx");
        for (String path :
                List.of(
                        "/assets/appliance/none.css",
                        "/assets/hub/x.css",
                        "/assets/appliance/..%2f..%2fmessages/appliance_en.properties",
                        "/assets/")) {
            assertThat(browser.get(path).statusCode()).as(path).isIn(404, 400);
        }
    }

    @Test
    void givesTheClientCertificateToTheHandlerButDemandsNone() {
        assertThat(browser.get("/who").body()).isEqualTo("nobody");
        try (HttpsBrowser node =
                HttpsBrowser.at(
                        URI.create("https://localhost:" + servers.httpsPort()),
                        CERTIFICATES.authority(),
                        Optional.of(CERTIFICATES.client("urn:xsp:test:node:n1")))) {
            assertThat(node.get("/who").body()).isEqualTo("CN=client");
        }
    }

    @Test
    void takesANewCertificateWhileRunning() {
        TestCertificates other = new TestCertificates();
        servers.reloadTls(other.server());
        try (HttpsBrowser newcomer = HttpsBrowser.at(servers.httpsPort(), other.authority())) {
            assertThat(newcomer.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void servesPlainAndAdminOnTheirOwnPorts() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            assertThat(plain(client, servers.plainPort(), "/hello").body()).isEqualTo("plain");
            assertThat(plain(client, servers.plainPort(), "/secret").statusCode()).isEqualTo(404);
            assertThat(plain(client, servers.adminPort(), "/health").body())
                    .contains("\"light\":\"OK\"");
            assertThat(plain(client, servers.adminPort(), "/metrics").statusCode()).isEqualTo(200);
            assertThat(plain(client, servers.adminPort(), "/secret").statusCode()).isEqualTo(404);
        }
    }

    private static HttpResponse<String> plain(HttpClient client, int port, String path)
            throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void streamsEventsAndRepeatsTheMissedOnes() throws Exception {
        broadcast.publish("seats", "1");
        broadcast.publish("seats", "2\nzwei");
        HttpRequest request =
                browser.request("/live")
                        .setHeader("Accept", "text/event-stream")
                        .setHeader("Last-Event-ID", "run1.1")
                        .build();
        var response = browser.client().send(request, HttpResponse.BodyHandlers.ofLines());
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/event-stream");
        var lines = response.body().iterator();
        StringBuilder text = new StringBuilder();
        while (text.indexOf("data:zwei") < 0) {
            text.append(lines.next().replace(": ", ":")).append('\n');
        }
        assertThat(text).contains("id:run1.2").contains("event:seats").contains("data:2");
    }
}
