package io.invigil.provisioning.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The proctor of one room, at the room's JSON interface. Used by one thread. */
public final class ProctorClient implements AutoCloseable {
    private final RoomClient client;
    private String exam = "";

    public ProctorClient(NodeProcess node) {
        this.client = new RoomClient(node);
        client.token();
    }

    /** False while the account is not there yet. */
    public boolean login() {
        return client.post(
                        "/api/staff/login",
                        Map.of("login", "proctor", "password", "proctor-practice-2026"))
                .ok();
    }

    /** The only exam of the node, once it has one. */
    public Optional<String> exam() {
        JsonNode exams = client.get("/api/room/exams").json().path("exams");
        if (exams.size() == 0) {
            return Optional.empty();
        }
        exam = exams.get(0).path("exam").asText();
        return Optional.of(exam);
    }

    public JsonNode state() {
        return client.get("/api/room/" + exam + "/state").json();
    }

    public void phase(String to) {
        required("phase " + to, client.post("/api/room/" + exam + "/phase", Map.of("to", to)));
    }

    /** The code now on the room's screen. */
    public String screenCode(String room) {
        String path = "/api/room/" + exam + "/check-in-code?room=" + Queries.encoded(room);
        return client.get(path).json().path("code").asText();
    }

    public void checkIn(String number) {
        required(
                "check-in",
                client.post("/api/room/" + exam + "/check-in", Map.of("number", number)));
    }

    public void moveSeat(long sitting, int seat, String reason) {
        act(Map.of("action", "seat", "sittings", List.of(sitting), "seat", seat, "reason", reason));
    }

    public void incident(long sitting, String category, String statement) {
        required(
                "incident",
                client.post(
                        "/api/room/" + exam + "/incidents",
                        Map.of("sitting", sitting, "category", category, "statement", statement)));
    }

    private void act(Map<String, Object> action) {
        RoomClient.Answer answer = client.post("/api/room/" + exam + "/actions", action);
        required("action", answer);
        for (JsonNode result : answer.json().path("results")) {
            if (!result.path("done").asBoolean()) {
                throw new IllegalStateException("the room refused " + action + ": " + result);
            }
        }
    }

    public void close(boolean room) {
        if (room) {
            required("closing", client.post("/api/room/" + exam + "/close", Map.of()));
        }
    }

    /** Records of the node that no verified receipt of the centre covers yet. */
    public long waitingForReceipts() {
        return client.get("/api/technician/sync").json().path("waiting").asLong(Long.MAX_VALUE);
    }

    /** Asks the seats for a picture of the camera every so many seconds. */
    public void snapshotsEvery(int seconds) {
        required(
                "snapshots",
                client.post(
                        "/api/room/" + exam + "/snapshots",
                        Map.of("everySeconds", seconds, "reason", "演示：抓拍")));
    }

    /** Where the ladder of the full disk stands, by the node's own word. */
    public String spaceLevel() {
        return client.get("/api/technician/status").json().path("space").path("level").asText();
    }

    /** What the node's technician is shown, oldest first: each with its code and detail. */
    public JsonNode alarms() {
        return client.get("/api/technician/status").json().path("alarms");
    }

    private static void required(String step, RoomClient.Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException(
                    step + " was refused: " + answer.status() + " " + answer.json());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
