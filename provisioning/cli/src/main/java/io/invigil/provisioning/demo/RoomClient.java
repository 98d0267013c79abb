package io.invigil.provisioning.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.protocol.json.Json;
import io.invigil.testkit.HttpsBrowser;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/**
 * A person's browser at a node: JSON in, JSON out, and patience while the node is away. Used by one
 * thread.
 */
public final class RoomClient implements AutoCloseable {
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final int TRY_AGAIN_MILLIS = 300;

    private final HttpsBrowser browser;

    public RoomClient(NodeProcess node) {
        this.browser = node.browser();
    }

    /** An answer of the node: its status and what it says. */
    public record Answer(int status, JsonNode json) {
        public boolean ok() {
            return status / 100 == 2;
        }

        public String code() {
            return json.path("code").asText("HTTP_" + status);
        }
    }

    /** The node was away for longer than anybody waits. */
    public static final class NodeAway extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NodeAway(String path) {
            super("the node did not answer for two minutes: " + path);
        }
    }

    public Answer get(String path) {
        return patiently(path, () -> browser.get(path));
    }

    /** Sends the same body until the node answers; a repeat must therefore be harmless. */
    public Answer post(String path, Object body) {
        String json = new String(Json.write(body), StandardCharsets.UTF_8);
        return patiently(
                path,
                () -> {
                    HttpResponse<String> response = browser.postJson(path, json);
                    if (response.statusCode() == 403 && response.body().contains("CSRF")) {
                        token();
                        return browser.postJson(path, json);
                    }
                    return response;
                });
    }

    /** The page's token comes with any page; the session's JSON brings it too. */
    public void token() {
        patiently("/login", () -> browser.get("/login", "Accept", "text/html"));
    }

    private interface Sending {
        HttpResponse<String> send();
    }

    private static Answer patiently(String path, Sending sending) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end) {
            try {
                HttpResponse<String> response = sending.send();
                if (response.statusCode() != 503) {
                    return answer(response);
                }
            } catch (UncheckedIOException away) {
                // killed or starting: that is what the demonstration is about
            }
            try {
                Thread.sleep(TRY_AGAIN_MILLIS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new NodeAway(path);
            }
        }
        throw new NodeAway(path);
    }

    private static Answer answer(HttpResponse<String> response) {
        try {
            JsonNode json = Json.mapper().readTree(response.body());
            return new Answer(response.statusCode(), json);
        } catch (JsonProcessingException page) {
            return new Answer(response.statusCode(), Json.mapper().createObjectNode());
        }
    }

    @Override
    public void close() {
        browser.close();
    }
}
