package io.invigil.acceptance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.protocol.json.Json;
import io.invigil.provisioning.demo.SampleExam;
import java.io.IOException;
import java.net.InetAddress;
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
 * One candidate who has started and saves answers over one kept-alive connection, round robin over
 * the items. Each save has the revision that the page would send. Used by one thread at a time.
 */
final class BenchCandidate implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("data-csrf=\"([^\"]+)\"");
    private static final String SAVE_PATH = "/api/exam/answers";
    private static final int LOGIN_TRIES_MAX = 20;

    private final LightConnection connection;
    private final SampleExam.Seat seat;
    private final List<Item> items = new ArrayList<>();
    private String token = "";
    private long lease;
    private int saves;
    private int onTwoDevices;

    /** An item and a response to it that the paper allows. */
    private record Item(String id, Map<String, List<String>> response) {}

    private BenchCandidate(LightConnection connection, SampleExam.Seat seat) {
        this.connection = connection;
        this.seat = seat;
    }

    /** Logs in, takes the right to write, starts, reads the paper. */
    static BenchCandidate started(SSLContext tls, int port, SampleExam.Seat seat)
            throws IOException {
        BenchCandidate candidate = arrived(tls, port, InetAddress.getLoopbackAddress(), seat);
        candidate.start();
        return candidate;
    }

    /** Opens the page and logs in, from a machine with this address. */
    static BenchCandidate arrived(
            SSLContext tls, int port, InetAddress machine, SampleExam.Seat seat)
            throws IOException {
        BenchCandidate candidate =
                new BenchCandidate(new LightConnection(tls, port, machine), seat);
        candidate.takeToken();
        candidate.post(
                "/api/exam/login",
                Map.of(
                        "number", seat.admissionNumber(),
                        "pin", seat.pin(),
                        "device", UUID.randomUUID().toString()));
        return candidate;
    }

    /** Takes the right to write, starts, reads the paper. */
    void start() throws IOException {
        JsonNode writer = post("/api/exam/writer", Map.of("takeover", false));
        lease = writer.path("lease").asLong();
        post("/api/exam/start", Map.of("lease", lease));
        readPaper();
    }

    /** Sends a picture of the camera over a connection of its own; gives the node's status. */
    int snapshot(LightConnection camera, byte[] jpeg) throws IOException {
        return camera.post("/api/exam/snapshots?cause=RANDOM", token, "image/jpeg", jpeg).status();
    }

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
        for (int tries = 0; tries < LOGIN_TRIES_MAX; tries++) {
            LightConnection.Answer answer = connection.postJson(path, token, json);
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

    private void readPaper() throws IOException {
        JsonNode paper =
                Json.mapper()
                        .readTree(connection.get("/api/exam/paper", "application/json").body());
        for (JsonNode section : paper.path("sections")) {
            for (JsonNode item : section.path("items")) {
                if (item.path("interactions").size() > 0) {
                    items.add(new Item(item.path("id").asText(), response(item)));
                }
            }
        }
        if (items.isEmpty()) {
            throw new IOException("the paper has nothing to answer");
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
                                    : "答案 " + seat.seat()));
        }
        return response;
    }

    /** Saves the next answer; returns when the node says that it is durable, and on what. */
    void save() throws IOException {
        Item item = items.get(saves % items.size());
        long revision = 1 + saves / items.size();
        LightConnection.Answer answer =
                connection.postJson(SAVE_PATH, token, request(item, revision));
        if (answer.status() != 200 || !answer.body().contains("\"durability\"")) {
            throw new IOException("save: " + answer.status() + " " + answer.body());
        }
        saves++;
        if (answer.body().contains("\"TWO_DEVICES\"")) {
            onTwoDevices++;
        }
    }

    /** The request that the next save would make, to a server that keeps nothing. */
    void saveInto(LightConnection discarding) throws IOException {
        Item item = items.get(saves % items.size());
        long revision = 1 + saves / items.size();
        LightConnection.Answer answer =
                discarding.postJson(SAVE_PATH, token, request(item, revision));
        if (answer.status() != 200) {
            throw new IOException("discarded save: " + answer.status() + " " + answer.body());
        }
    }

    private String request(Item item, long revision) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("item", item.id());
        body.put("op", UUID.randomUUID().toString());
        body.put("rev", revision);
        body.put("lease", lease);
        body.put("response", item.response());
        return text(body);
    }

    void handIn() throws IOException {
        post("/api/exam/hand-in", Map.of("lease", lease));
    }

    LightConnection sameVisitorAt(SSLContext tls, int port) throws IOException {
        return connection.sameVisitorAt(tls, port);
    }

    /** The sitting, the first item and its response: what a save's fact is made of. */
    SavedAnswer sample() {
        return new SavedAnswer(seat.sitting(), items.getFirst().id(), items.getFirst().response());
    }

    /** What the bare ledger is fed with. */
    record SavedAnswer(long sitting, String item, Map<String, List<String>> response) {}

    int saves() {
        return saves;
    }

    /** How many of the saves were on both devices of the ledger when they were answered. */
    int savesOnTwoDevices() {
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
