package io.invigil.hub.message;

import io.invigil.appliance.config.Secret;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * An SMS gateway over HTTP: {@code POST} of {@code {"id": …, "to": …, "text": …}} with a bearer
 * token. 2xx means taken, 400 and 422 never, everything else later; the gateway should know a
 * message again by its id. Thread-safe.
 */
public final class SmsCarrier implements Carrier, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final URI gateway;
    private final Secret token;
    private final HttpClient client;

    public SmsCarrier(URI gateway, Secret token) {
        this.gateway = gateway;
        this.token = token;
        this.client =
                HttpClient.newBuilder()
                        .connectTimeout(PATIENCE)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    private record Sms(String id, String to, String text) {}

    @Override
    public Channel channel() {
        return Channel.SMS;
    }

    @Override
    public Delivery send(Message message) {
        Sms sms =
                new Sms(message.tenant() + "-" + message.id(), message.recipient(), message.text());
        HttpRequest request =
                HttpRequest.newBuilder(gateway)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token.reveal())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(sms)))
                        .build();
        try {
            int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status >= 200 && status < 300) {
                return new Delivery.Sent();
            }
            return status == 400 || status == 422
                    ? new Delivery.Refused("HTTP " + status)
                    : new Delivery.Failed("HTTP " + status);
        } catch (IOException failure) {
            return new Delivery.Failed(String.valueOf(failure.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Delivery.Failed("stopped");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
