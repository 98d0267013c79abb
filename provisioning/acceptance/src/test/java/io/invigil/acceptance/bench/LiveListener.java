package io.invigil.acceptance.bench;

import io.invigil.protocol.json.Json;
import io.invigil.provisioning.demo.NodeProcess;
import io.invigil.site.rehearsal.KeptConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A proctor's desk that is open and listens to the room's live events. */
final class LiveListener implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("data-csrf=\"([^\"]+)\"");

    private final KeptConnection connection;
    private final AtomicInteger events = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean lost;

    LiveListener(NodeProcess node) throws IOException {
        connection =
                new KeptConnection(TrustingTls.of(node.authority()), "localhost", node.httpsPort());
        Matcher token = TOKEN.matcher(connection.get("/staff", "text/html").body());
        if (!token.find()) {
            throw new IOException("the staff's page has no token");
        }
        String login =
                new String(
                        Json.write(Map.of("login", "proctor", "password", "proctor-practice-2026")),
                        StandardCharsets.UTF_8);
        int status = connection.postJson("/api/staff/login", token.group(1), login).status();
        if (status != 200) {
            throw new IOException("the proctor's login: " + status);
        }
        thread = Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        try {
            connection.follow(
                    "/api/room/live",
                    line -> {
                        if (line.startsWith("data:")) {
                            events.incrementAndGet();
                        }
                    });
        } catch (IOException ended) {
            lost = !closing;
        }
    }

    int events() {
        return events.get();
    }

    boolean isLost() {
        return lost;
    }

    @Override
    public void close() throws IOException {
        closing = true;
        connection.close();
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
