package io.invigil.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.appliance.data.DataDirectory;
import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.KeyFile;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.json.Json;
import io.invigil.site.space.FilledDisk;
import io.invigil.site.technician.EnrolDecision;
import io.invigil.site.technician.Enrolment;
import io.invigil.site.technician.NodeIdentity;
import io.invigil.site.technician.NodeKeys;
import io.invigil.site.technician.SetupCode;
import io.invigil.testkit.HttpsBrowser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An enrolled node on temporary directories, reached over its real HTTPS. The hub is away. */
public final class SiteFixture implements AutoCloseable {
    public static final Clock CLOCK = Clock.systemUTC();

    private final Path directory;
    private final PaperHub hub = new PaperHub(Instant.now());
    private final Entropy entropy = Entropy.secure();
    private final FilledDisk disk;
    private DataDirectory data;
    private SiteNode node;
    private SetupCode setupCode;
    private boolean open;

    public SiteFixture(Path directory) throws IOException {
        this.directory = directory;
        this.disk = new FilledDisk(directory.resolve("data/ledger/ballast"), FilledDisk.MIB);
        Files.createDirectories(directory.resolve("media/stick"));
        open();
    }

    private void open() throws IOException {
        data = DataDirectory.open(directory.resolve("data"));
        DataKey dataKey = DataKey.open(data, Map.of(), entropy);
        NodeKeys keys =
                NodeKeys.open(new KeyFile(data.directory("keys"), dataKey, entropy), entropy);
        Path identityFile = data.file("identity.json");
        Optional<NodeIdentity> known = NodeIdentity.read(identityFile);
        NodeIdentity identity = known.isPresent() ? known.get() : enrol(keys, identityFile);
        setupCode = new SetupCode(entropy, CLOCK);
        node =
                SiteNode.start(
                        new SiteWiring.Base(
                                settings(),
                                data,
                                dataKey,
                                keys,
                                identity,
                                setupCode,
                                CLOCK,
                                entropy,
                                disk));
        open = true;
    }

    private NodeIdentity enrol(NodeKeys keys, Path identityFile) {
        Enrolment enrolment =
                new Enrolment(keys, identityFile, List.of("localhost", "127.0.0.1"), "test", CLOCK);
        byte[] request = enrolment.request(hub.claim());
        EnrolDecision decision = enrolment.accept(hub.claim(), request, hub.enrol(request));
        assertThat(decision).isInstanceOf(EnrolDecision.Enrolled.class);
        return ((EnrolDecision.Enrolled) decision).identity();
    }

    /** What the node is configured with. */
    public SiteSettings settings() {
        return new SiteSettings(
                directory.resolve("data"),
                Optional.of(directory.resolve("second")),
                "127.0.0.1",
                0,
                0,
                -1,
                "127.0.0.1",
                List.of("localhost", "127.0.0.1"),
                "Asia/Shanghai",
                Duration.ofSeconds(20),
                1,
                List.of(directory.resolve("media")),
                List.of(),
                new SiteSettings.Enrol(Optional.empty(), Optional.empty()));
    }

    public PaperHub hub() {
        return hub;
    }

    public Path stick() {
        return directory.resolve("media/stick");
    }

    /** What the node takes for its disk. */
    public FilledDisk disk() {
        return disk;
    }

    public SetupCode setupCode() {
        return setupCode;
    }

    public int plainPort() {
        return node.httpPort();
    }

    /** Stops and starts the process's part of it on the same directories. */
    public void restart() throws IOException {
        close();
        open();
    }

    /** The process ends; {@link #restart} begins the next one on the same directories. */
    public void stop() {
        close();
    }

    /** A client of its own, with its own cookies. */
    public Client client() {
        return client(() -> node.httpsPort());
    }

    /** A client of whatever serves on that port with this node's certificate. */
    public Client client(java.util.function.IntSupplier port) {
        return new Client(HttpsBrowser.at(port.getAsInt(), hub.authority()).acceptingJson(), port);
    }

    public Path directory() {
        return directory;
    }

    /** A technician at the console imports a package that is good. */
    public void importPackage(long version, int count) throws IOException {
        hub.writePackage(stick(), version, count);
        JsonNode imported = importStick();
        assertThat(imported.path("packages").size()).as("%s", imported).isEqualTo(1);
        assertThat(imported.path("packages").get(0).path("version").asLong()).isEqualTo(version);
    }

    /** A technician at the console imports whatever is on the stick. */
    public JsonNode importStick() {
        Client technician = client();
        technician.ok(
                "/api/staff/login", Map.of("login", SetupCode.LOGIN, "password", setupCode.text()));
        return technician.ok(
                "/api/technician/sticks/import", Map.of("directory", stick().toString()));
    }

    public Client proctor(String login) {
        Client client = client();
        client.ok("/api/staff/login", Map.of("login", login, "password", PaperHub.PASSWORD));
        return client;
    }

    /** Ready, open, checking in, running: everything before the first start. */
    public Client run() {
        Client proctor = proctor("li");
        proctor.ok(exam("phase"), Map.of("to", "READY"));
        proctor.ok(exam("open"), Map.of("code", hub.releaseCode()));
        proctor.ok(exam("phase"), Map.of("to", "CHECK_IN"));
        proctor.ok(exam("phase"), Map.of("to", "RUNNING"));
        return proctor;
    }

    public static String exam(String what) {
        return "/api/room/" + PaperHub.EXAM + "/" + what;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            node.close();
            data.close();
        }
    }

    /** A program that speaks to the node as a page does: cookies and CSRF token. */
    public static final class Client {
        private final HttpsBrowser browser;
        private final java.util.function.IntSupplier port;
        private final String[] headers;

        Client(HttpsBrowser browser, java.util.function.IntSupplier port, String... headers) {
            this.browser = browser;
            this.port = port;
            this.headers = headers;
        }

        /** The same session, as a page that speaks of this attempt. */
        public Client at(long attempt) {
            return new Client(browser, port, "X-Attempt", String.valueOf(attempt));
        }

        public HttpResponse<String> get(String path) {
            return browser.send(browser.request("/").uri(uri(path)).GET(), headers);
        }

        /** As the browser's address bar has it. */
        public String url(String path) {
            return uri(path).toString();
        }

        /** With headers of its own: name, value, name, value. */
        public HttpResponse<String> getWith(String path, String... headers) {
            return browser.send(browser.request("/").uri(uri(path)).GET(), headers);
        }

        public JsonNode json(String path) {
            HttpResponse<String> response = get(path);
            assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
            return tree(response);
        }

        public HttpResponse<String> post(String path, Object body) {
            String csrf = tree(get("/api/session")).path("csrf").asText();
            String json = new String(Json.write(body), StandardCharsets.UTF_8);
            return browser.send(
                    browser.request("/")
                            .uri(uri(path))
                            .header("Content-Type", "application/json")
                            .header("X-CSRF-Token", csrf)
                            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(json)),
                    headers);
        }

        /** A picture as the camera pages send it; the answer's body is JSON. */
        public HttpResponse<String> picture(String path, byte[] jpeg) {
            String csrf = tree(get("/api/session")).path("csrf").asText();
            return browser.send(
                    browser.request("/")
                            .uri(uri(path))
                            .header("Content-Type", "image/jpeg")
                            .header("X-CSRF-Token", csrf)
                            .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(jpeg)));
        }

        /** A form as the pages send it; redirects are not followed. */
        public HttpResponse<String> form(String path, Map<String, String> fields) {
            String csrf = tree(get("/api/session")).path("csrf").asText();
            StringBuilder body = new StringBuilder("_csrf=" + csrf);
            fields.forEach(
                    (name, value) ->
                            body.append('&')
                                    .append(name)
                                    .append('=')
                                    .append(
                                            java.net.URLEncoder.encode(
                                                    value, StandardCharsets.UTF_8)));
            return browser.send(
                    browser.request("/")
                            .uri(uri(path))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(
                                    java.net.http.HttpRequest.BodyPublishers.ofString(
                                            body.toString())));
        }

        public JsonNode ok(String path, Object body) {
            HttpResponse<String> response = post(path, body);
            assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
            return tree(response);
        }

        public byte[] bytes(String path) {
            try {
                HttpResponse<byte[]> response =
                        browser.client()
                                .send(
                                        browser.request("/").uri(uri(path)).GET().build(),
                                        HttpResponse.BodyHandlers.ofByteArray());
                assertThat(response.statusCode()).as(path).isEqualTo(200);
                return response.body();
            } catch (IOException | InterruptedException failed) {
                throw new AssertionError(path, failed);
            }
        }

        /** Status and code of a refusal, such as {@code 409 NOT_STARTED}. */
        public String refusal(String path, Object body) {
            HttpResponse<String> response = post(path, body);
            return response.statusCode() + " " + tree(response).path("code").asText();
        }

        private URI uri(String path) {
            return URI.create("https://localhost:" + port.getAsInt() + path);
        }

        private static JsonNode tree(HttpResponse<String> response) {
            return Json.readTree(response.body().getBytes(StandardCharsets.UTF_8)).orElseThrow();
        }
    }
}
