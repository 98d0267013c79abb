package io.invigil.provisioning.doctor;

import io.invigil.appliance.i18n.Language;
import io.invigil.appliance.web.TlsMaterial;
import io.invigil.protocol.json.Json;
import io.invigil.site.doctor.DoctorApi;
import io.invigil.site.doctor.LocalPass;
import io.invigil.site.technician.NodeIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Asks a node that runs for its checks, over its HTTPS. Used by one thread. */
final class RunningNode implements AutoCloseable {
    /** The node's own checks end within half a minute for each round. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final int BODY_BYTES_MAX = 4 * 1024 * 1024;

    private final HttpClient client;
    private final URI base;
    private final Language language;

    private RunningNode(URI base, PinnedTls tls, Language language) {
        this.base = base;
        this.language = language;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(tls.context())
                        .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                        .connectTimeout(PATIENCE)
                        .build();
    }

    /** The node said no, or something else answers there. */
    static final class Declined extends IOException {
        private static final long serialVersionUID = 1L;

        Declined(String message) {
            super(message);
        }
    }

    /** The node of this machine, by the pass in its data directory. */
    static DoctorApi.Report local(Path dataDirectory, Language language) throws IOException {
        Optional<LocalPass.Kept> pass = LocalPass.Kept.read(dataDirectory.resolve(LocalPass.FILE));
        Optional<NodeIdentity> identity = NodeIdentity.read(dataDirectory.resolve("identity.json"));
        if (pass.isEmpty() || identity.isEmpty()) {
            throw new Declined("the node runs but is not set up yet");
        }
        URI base = URI.create("https://" + bracketed(pass.get().host()) + ":" + pass.get().port());
        X509Certificate own =
                TlsMaterial.certificates(identity.get().enrolment().serverChain()).getFirst();
        try (RunningNode node = new RunningNode(base, PinnedTls.toLeaf(own), language)) {
            return node.report(
                    node.request("/api/local/checks")
                            .header(DoctorApi.PASS_HEADER, pass.get().pass())
                            .GET());
        }
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** A node elsewhere, by a technician's or proctor's account. */
    static DoctorApi.Report remote(
            URI base, X509Certificate authority, String login, String password, Language language)
            throws IOException {
        try (RunningNode node = new RunningNode(base, PinnedTls.toAuthority(authority), language)) {
            node.post("/api/staff/login", Map.of("login", login, "password", password));
            return node.report(node.json("/api/technician/checks", Map.of()));
        }
    }

    private DoctorApi.Report report(HttpRequest.Builder request) throws IOException {
        return Json.read(send(request), DoctorApi.Report.class)
                .orElseThrow(() -> new Declined("what answers there is no node of this version"));
    }

    private void post(String path, Object body) throws IOException {
        send(json(path, body));
    }

    private HttpRequest.Builder json(String path, Object body) throws IOException {
        byte[] session = send(request("/api/session").GET());
        String token = Json.readTree(session).map(s -> s.path("csrf").asText()).orElse("");
        return request(path)
                .header("Content-Type", "application/json")
                .header("X-CSRF-Token", token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .header("Accept-Language", language.tag());
    }

    private byte[] send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<InputStream> answer =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                byte[] body = in.readNBytes(BODY_BYTES_MAX);
                if (answer.statusCode() / 100 != 2) {
                    throw new Declined(answer.statusCode() + " " + title(body));
                }
                return body;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    private static String title(byte[] body) {
        return Json.readTree(body)
                .map(problem -> problem.path("title").asText())
                .orElseGet(() -> new String(body, StandardCharsets.UTF_8).strip());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
