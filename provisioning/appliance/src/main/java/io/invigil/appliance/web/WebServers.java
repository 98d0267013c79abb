package io.invigil.appliance.web;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.invigil.appliance.selftest.Health;
import io.invigil.appliance.selftest.Metrics;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The running listeners of one server: HTTPS for everything, plain HTTP for the few things a phone
 * needs, and an admin listener with {@code /health} and {@code /metrics}. Made by {@link #builder};
 * thread-safe.
 */
public final class WebServers implements AutoCloseable {
    public static final int CONNECTIONS_MAX = 4_000;
    public static final int REQUESTS_AT_ONCE_MAX = 2_000;
    public static final int HEADER_BYTES_MAX = 16 * 1024;
    public static final long BODY_BYTES_MAX = 2L * 1024 * 1024 * 1024;

    private static final String PLAIN = "plain";
    private static final String ADMIN = "admin";

    private final WebServer server;
    private final List<Route> routes;

    private WebServers(WebServer server, List<Route> routes) {
        this.server = server;
        this.routes = routes;
    }

    /** What the features declared on the HTTPS listener, by path; static files are not among it. */
    public List<Route> routes() {
        return routes;
    }

    public static Builder builder(HttpPages pages, Entropy entropy) {
        return new Builder(pages, entropy);
    }

    /** The port of the HTTPS listener. */
    public int httpsPort() {
        return server.port();
    }

    /** The port of the plain listener; -1 when there is none. */
    public int plainPort() {
        return server.port(PLAIN);
    }

    /** The port of the admin listener; -1 when there is none. */
    public int adminPort() {
        return server.port(ADMIN);
    }

    /** New connections use the new certificate from now on. */
    public void reloadTls(TlsMaterial material) {
        server.reloadTls(material.tls());
    }

    /** Stops taking connections and ends those there are. */
    @Override
    public void close() {
        server.stop();
    }

    /** Collects listeners and routes. */
    public static final class Builder {
        private final HttpPages pages;
        private final Entropy entropy;
        private final List<HttpService> services = new ArrayList<>();
        private final List<HttpService> plainServices = new ArrayList<>();
        private Optional<Listener> https = Optional.empty();
        private Optional<TlsMaterial> tls = Optional.empty();
        private Optional<Listener> plain = Optional.empty();
        private Optional<Listener> admin = Optional.empty();
        private Health health = new Health();
        private Metrics metrics = new Metrics();

        private Builder(HttpPages pages, Entropy entropy) {
            this.pages = pages;
            this.entropy = entropy;
        }

        public Builder https(Listener listener, TlsMaterial material) {
            https = Optional.of(listener);
            tls = Optional.of(material);
            return this;
        }

        /** Plain HTTP: handlers must be {@link HttpPages#stateless}. */
        public Builder plain(Listener listener, HttpService... routes) {
            plain = Optional.of(listener);
            plainServices.addAll(List.of(routes));
            return this;
        }

        /** Reachable by the machine's own operator only: bind it to loopback. */
        public Builder admin(Listener listener, Health checks, Metrics series) {
            admin = Optional.of(listener);
            health = checks;
            metrics = series;
            return this;
        }

        /** Adds the routes of a feature to the HTTPS listener. */
        public Builder routes(HttpService... routes) {
            services.addAll(List.of(routes));
            return this;
        }

        /** Binds and starts all listeners. */
        public WebServers start() {
            Listener main = https.orElseThrow(() -> new IllegalStateException("no HTTPS listener"));
            WebServerConfig.Builder config = WebServer.builder();
            config.host(main.host())
                    .port(main.port())
                    .tls(tls.orElseThrow().tls())
                    .shutdownHook(false)
                    .routing(this::mainRoutes);
            limits(config);
            plain.ifPresent(
                    listener ->
                            config.putSocket(
                                    PLAIN,
                                    socket -> {
                                        socket.host(listener.host()).port(listener.port());
                                        socket.routing(this::plainRoutes);
                                        socketLimits(socket);
                                    }));
            admin.ifPresent(
                    listener ->
                            config.putSocket(
                                    ADMIN,
                                    socket -> {
                                        socket.host(listener.host()).port(listener.port());
                                        socket.routing(this::adminRoutes);
                                        socketLimits(socket);
                                    }));
            return new WebServers(config.build().start(), routes());
        }

        private List<Route> routes() {
            RouteList list = new RouteList();
            pages.registerPreferences(list.rules());
            services.forEach(list::add);
            return list.all();
        }

        private static void limits(WebServerConfig.Builder config) {
            config.maxTcpConnections(CONNECTIONS_MAX)
                    .maxConcurrentRequests(REQUESTS_AT_ONCE_MAX)
                    .maxPayloadSize(BODY_BYTES_MAX)
                    .idleConnectionTimeout(Duration.ofMinutes(2))
                    .shutdownGracePeriod(Duration.ofMillis(500));
            config.addProtocol(http1());
        }

        private static void socketLimits(io.helidon.webserver.ListenerConfig.Builder socket) {
            socket.maxTcpConnections(CONNECTIONS_MAX)
                    .maxConcurrentRequests(REQUESTS_AT_ONCE_MAX)
                    .maxPayloadSize(BODY_BYTES_MAX)
                    .idleConnectionTimeout(Duration.ofMinutes(2))
                    .shutdownGracePeriod(Duration.ofMillis(500));
            socket.addProtocol(http1());
        }

        private static Http1Config http1() {
            return Http1Config.builder()
                    .maxHeadersSize(HEADER_BYTES_MAX)
                    .maxPrologueLength(8 * 1024)
                    .build();
        }

        private void mainRoutes(HttpRouting.Builder routing) {
            routing.addFilter(new SecurityHeaders());
            routing.register(new AssetRoute(pages.assets()));
            pages.registerPreferences(routing);
            routing.register(services.toArray(HttpService[]::new));
            new Errors(pages, entropy).register(routing);
        }

        private void plainRoutes(HttpRouting.Builder routing) {
            routing.addFilter(new SecurityHeaders());
            routing.register(new AssetRoute(pages.assets()));
            routing.register(plainServices.toArray(HttpService[]::new));
            new Errors(pages, entropy).register(routing);
        }

        private void adminRoutes(HttpRouting.Builder routing) {
            routing.get("/health", (request, response) -> health(response));
            routing.get(
                    "/metrics",
                    (request, response) -> {
                        response.headers()
                                .set(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4");
                        response.send(metrics.text().getBytes(StandardCharsets.UTF_8));
                    });
        }

        private void health(ServerResponse response) {
            List<Health.Line> lines = health.ask();
            Health.Light worst = Health.worst(lines);
            Map<String, Object> checks = new LinkedHashMap<>();
            for (Health.Line line : lines) {
                checks.put(
                        line.name(),
                        Map.of(
                                "light", line.finding().light().name(),
                                "detail", line.finding().detail()));
            }
            response.status(
                    worst == Health.Light.FAILED ? Status.SERVICE_UNAVAILABLE_503 : Status.OK_200);
            response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
            response.send(Json.write(Map.of("light", worst.name(), "checks", checks)));
        }
    }
}
