package io.invigil.appliance.vision.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where model files come from: a directory, or a URL with the files below it. */
public interface ModelSource {

    /** Content of a file; empty when the source does not have it. */
    Optional<InputStream> open(String file) throws IOException;

    static ModelSource directory(Path directory) {
        return file -> {
            Path path = directory.resolve(file);
            return Files.isRegularFile(path)
                    ? Optional.of(Files.newInputStream(path))
                    : Optional.empty();
        };
    }

    /** Files at {@code base/file}; 404 and 410 mean that there is no such file. */
    static ModelSource url(URI base, HttpClient client) {
        String root = base.toString().endsWith("/") ? base.toString() : base + "/";
        return file -> {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(root + file))
                            .timeout(Duration.ofMinutes(2))
                            .build();
            HttpResponse<InputStream> answer = send(client, request);
            return switch (answer.statusCode()) {
                case 200 -> Optional.of(answer.body());
                case 404, 410 -> {
                    answer.body().close();
                    yield Optional.empty();
                }
                default -> {
                    answer.body().close();
                    throw new IOException(
                            request.uri() + " answered with status " + answer.statusCode());
                }
            };
        };
    }

    private static HttpResponse<InputStream> send(HttpClient client, HttpRequest request)
            throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("the download was stopped", stopped);
        }
    }
}
