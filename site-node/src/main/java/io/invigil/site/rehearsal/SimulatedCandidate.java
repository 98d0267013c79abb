package io.invigil.site.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * One simulated candidate at the node's own interface, over one kept-alive connection: logs in,
 * takes the right to write, starts, saves round robin over the items with the revisions that the
 * page would send, hands in. Remembers what was acknowledged. Used by one thread at a time.
 */
public final class SimulatedCandidate implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("data-csrf=\"([^\"]+)\"");
    private static final String SAVE_PATH = "/api/exam/answers";
    private static final int TOKEN_TRIES_MAX = 20;

    private final KeptConnection connection;
    private final String label;
    private final List<Question> questions = new ArrayList<>();
    private final List<String> acknowledged = new ArrayList<>();
    private String token = "";
    private long lease;
    private int saves;
    private int onTwoDevices;

    /** An item and a response to it that the paper allows. */
    public record Question(String item, Map<String, List<String>> response) {}

    private SimulatedCandidate(KeptConnection connection, String label) {
        this.connection = connection;
        this.label = label;
    }

    /**
     * Logs in over a fresh connection, which is then this candidate's.
     *
     * @param label stands in its texts
     */
    public static SimulatedCandidate loggedIn(
            KeptConnection connection, String number, String pin, String label) throws IOException {
        SimulatedCandidate candidate = new SimulatedCandidate(connection, label);
        candidate.takeToken();
        candidate.post(
                "/api/exam/login",
                Map.of("number", number, "pin", pin, "device", UUID.randomUUID().toString()));
        return candidate;
    }

    /** Takes the right to write, starts and reads the paper; the room must be running. */
    public void start() throws IOException {
        lease = post("/api/exam/writer", Map.of("takeover", false)).path("lease").asLong();
        post("/api/exam/start", Map.of("lease", lease));
        KeptConnection.Answer paper = connection.get("/api/exam/paper", "application/json");
        for (JsonNode section : Json.mapper().readTree(paper.body()).path("sections")) {
            for (JsonNode item : section.path("items")) {
                if (item.path("interactions").size() > 0) {
                    questions.add(new Question(item.path("id").asText(), response(item)));
                }
            }
        }
        if (questions.isEmpty()) {
            throw new IOException("the paper has nothing to answer: " + paper.status());
        }
    }

    private Map<String, List<String>> response(JsonNode item) {
        Map<String, List<String>> response = new LinkedHashMap<>();
        for (JsonNode interaction : item.path("interactions")) {
            boolean choice = interaction.path("kind").asText().equals("choice");
            response.put(
                    interaction.path("responseIdentifier").asText(),
                    List.of(
                            choice
                                    ? interaction.path("options").path(0).path("id").asText()
                                    : "答案 " + label));
        }
        return response;
    }

    /** As a browser gets it: with the page. */
    private void takeToken() throws IOException {
        Matcher found = TOKEN.matcher(connection.get("/login", "text/html").body());
        if (!found.find()) {
            throw new IOException("the login page has no token");
        }
        token = found.group(1);
    }

    /** A sign-in changes the visitor's cookie and with it the token. */
    private JsonNode post(String path, Map<String, Object> body) throws IOException {
        String json = text(body);
        for (int tries = 0; tries < TOKEN_TRIES_MAX; tries++) {
            KeptConnection.Answer answer = connection.postJson(path, token, json);
            if (answer.status() == 200) {
                return Json.mapper().readTree(answer.body());
            }
            if (answer.status() != 403 || !answer.body().contains("CSRF")) {
                throw new IOException(path + ": " + answer.status() + " " + answer.body());
            }
            takeToken();
        }
        throw new IOException(path + ": no token fits");
    }

    /** Saves the next answer; returns when the node says that it is durable, and on what. */
    public void save() throws IOException {
        String op = UUID.randomUUID().toString();
        KeptConnection.Answer answer = connection.postJson(SAVE_PATH, token, request(op));
        if (answer.status() != 200 || !answer.body().contains("\"durability\"")) {
            throw new IOException("save: " + answer.status() + " " + answer.body());
        }
        saves++;
        acknowledged.add(op);
        if (answer.body().contains("\"TWO_DEVICES\"")) {
            onTwoDevices++;
        }
    }

    /** Sends a picture of the camera over a connection of its own; gives the node's status. */
    public int snapshot(KeptConnection camera, byte[] jpeg) throws IOException {
        return camera.post("/api/exam/snapshots?cause=RANDOM", token, "image/jpeg", jpeg).status();
    }

    /** The request that the next save would make, to a server that keeps nothing. */
    public void saveInto(KeptConnection discarding) throws IOException {
        KeptConnection.Answer answer =
                discarding.postJson(SAVE_PATH, token, request(UUID.randomUUID().toString()));
        if (answer.status() != 200) {
            throw new IOException("discarded save: " + answer.status() + " " + answer.body());
        }
    }

    private String request(String op) {
        Question question = questions.get(saves % questions.size());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("item", question.item());
        body.put("op", op);
        body.put("rev", 1 + saves / questions.size());
        body.put("lease", lease);
        body.put("response", question.response());
        return text(body);
    }

    /** Hands in; returns when the node has acknowledged it. */
    public void handIn() throws IOException {
        post("/api/exam/hand-in", Map.of("lease", lease));
    }

    /** Another server that is sent the very same cookies. */
    public KeptConnection sameVisitorAt(SSLContext tls, int port) throws IOException {
        return connection.sameVisitorAt(tls, port);
    }

    /** The first item and its response: what a save's fact is made of. */
    public Question sample() {
        return questions.getFirst();
    }

    /** The operations of all acknowledged saves. */
    public List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    public int saves() {
        return saves;
    }

    /** How many of the saves were on both devices of the ledger when they were answered. */
    public int savesOnTwoDevices() {
        return onTwoDevices;
    }

    private static String text(Map<String, Object> body) {
        return new String(Json.write(body), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
