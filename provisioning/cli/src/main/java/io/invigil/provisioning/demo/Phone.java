package io.invigil.provisioning.demo;

import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** A candidate's phone on the room's plain listener. Used by one thread. */
public final class Phone {
    private static final int TRIES_MAX = 20;

    private final HttpClient client;
    private final NodeProcess node;

    public Phone(HttpClient client, NodeProcess node) {
        this.client = client;
        this.node = node;
    }

    /**
     * Reads the screen's code and checks in with it; a code that has just changed is read again.
     */
    public void checkIn(ProctorClient screen, SampleExam.Seat seat)
            throws IOException, InterruptedException {
        String lastFour = seat.idNumber().substring(seat.idNumber().length() - 4);
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            byte[] body =
                    Json.write(
                            Map.of(
                                    "code", screen.screenCode(seat.room()),
                                    "number", seat.admissionNumber(),
                                    "lastFour", lastFour));
            HttpRequest request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.0.0.1:"
                                                    + node.httpPort()
                                                    + "/api/check-in"))
                            .header("Content-Type", "application/json")
                            .timeout(Duration.ofSeconds(20))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build();
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                return;
            }
            if (response.statusCode() == 429) {
                // all phones of this machine share one address: the desk takes over, as it would
                screen.checkIn(seat.admissionNumber());
                return;
            }
            if (response.statusCode() != 409) {
                throw new IOException("phone check-in was refused: " + response.body());
            }
        }
        throw new IOException("phone check-in did not succeed in " + TRIES_MAX + " tries");
    }
}
