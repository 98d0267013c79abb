package io.invigil.site.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The rehearsal's proctor at the room's own interface. Used by one thread. */
final class RehearsalProctor implements AutoCloseable {
    private final KeptConnection connection;
    private final String room;

    RehearsalProctor(Stage.Open stage, RehearsalExam exam) throws IOException {
        this.connection = new KeptConnection(stage.tls(), stage.host(), stage.port());
        this.room = "/api/room/" + exam.name() + "/";
        post("/api/staff/login", Map.of("login", RehearsalExam.STAFF, "password", exam.password()));
    }

    /** Readies the room, opens the paper by its code and lets everybody in. */
    void begin(RehearsalExam exam) throws IOException {
        post(room + "phase", Map.of("to", "READY"));
        post(room + "open", Map.of("code", exam.releaseCode()));
        post(room + "phase", Map.of("to", "CHECK_IN"));
        for (RehearsalExam.Seat seat : exam.seats()) {
            post(room + "check-in", Map.of("number", seat.admissionNumber()));
        }
        post(room + "phase", Map.of("to", "RUNNING"));
    }

    void end() throws IOException {
        post(room + "close", Map.of());
    }

    private void post(String path, Map<String, Object> body) throws IOException {
        JsonNode session =
                Json.mapper().readTree(connection.get("/api/session", "application/json").body());
        String json = new String(Json.write(body), StandardCharsets.UTF_8);
        KeptConnection.Answer answer =
                connection.postJson(path, session.path("csrf").asText(), json);
        if (answer.status() / 100 != 2) {
            throw new IOException(path + ": " + answer.status() + " " + answer.body());
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
