package io.invigil.site.technician;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Requests to the hub with limits on time and size. HTTP/1.1 (XSP/1 section 16). Thread-safe. */
public final class HubHttp implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration GREETING_TIMEOUT = Duration.ofSeconds(12);

    private final HttpClient client;
    private final URI base;

    /**
     * @param base such as {@code https://hub.example:8443}
     */
    public HubHttp(URI base, SSLContext tls) {
        this.base = base;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .sslContext(tls)
                        .build();
    }

    /** Status and body of an answer. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Answer(int status, byte[] body) {
        public boolean ok() {
            return status == 200;
        }
    }

    /** How the hub answers, for a check: the status, what its clock says, how long it took. */
    public record Greeting(int status, Optional<String> date, Duration took) {}

    /** Asks for a path and reads nothing of the body. */
    public Greeting greet(String path) throws IOException {
        HttpRequest.Builder request = request(path).timeout(GREETING_TIMEOUT).GET();
        long start = System.nanoTime();
        HttpResponse<InputStream> response = exchange(request);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        response.body().close();
        return new Greeting(response.statusCode(), response.headers().firstValue("Date"), took);
    }

    public Answer get(String path, int bytesMax) throws IOException {
        return send(request(path).GET(), bytesMax);
    }

    public Answer post(String path, byte[] json, int bytesMax) throws IOException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(json)),
                bytesMax);
    }

    /**
     * The rest of a resource from a byte on; status 206, or 200 with the whole when the server
     * gives no ranges. The caller closes the stream.
     */
    public HttpResponse<InputStream> getFrom(String path, long offset) throws IOException {
        HttpRequest.Builder request = request(path).GET();
        if (offset > 0) {
            request.header("Range", "bytes=" + offset + "-");
        }
        return exchange(request);
    }

    private Answer send(HttpRequest.Builder request, int bytesMax) throws IOException {
        HttpResponse<InputStream> response = exchange(request);
        try (InputStream in = response.body()) {
            byte[] body = in.readNBytes(bytesMax + 1);
            if (body.length > bytesMax) {
                throw new IOException("the hub's answer is longer than " + bytesMax + " bytes");
            }
            return new Answer(response.statusCode(), body);
        }
    }

    private HttpResponse<InputStream> exchange(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while talking to the hub", stopped);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(REQUEST_TIMEOUT);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
