package io.invigil.appliance.vision.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.invigil.appliance.vision.FaceScale;
import io.invigil.appliance.vision.model.FaceModelFile.Use;
import io.invigil.protocol.crypto.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models are installed by pinned hashes only (protocol.md, section 16). */
class ModelShelfTest {
    private static final byte[] DETECTOR = bytes("detector");
    private static final byte[] FIRST = bytes("first recogniser");
    private static final byte[] SECOND = bytes("second recogniser");

    @TempDir Path temporary;
    private Path source;
    private Path shelf;
    private ModelShelf models;

    @BeforeEach
    void twoRecognisersAreKnown() throws IOException {
        source = Files.createDirectory(temporary.resolve("source"));
        shelf = temporary.resolve("shelf");
        models =
                new ModelShelf(
                        shelf,
                        List.of(
                                known("detector.onnx", Use.DETECTOR, DETECTOR, ""),
                                known("first.onnx", Use.RECOGNISER, FIRST, "first"),
                                known("second.onnx", Use.RECOGNISER, SECOND, "second")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static FaceModelFile known(String file, Use use, byte[] content, String model) {
        return new FaceModelFile(
                file,
                use,
                content.length,
                Digest.sha256(content),
                "made up",
                model.isEmpty() ? Optional.empty() : Optional.of(new FaceScale(model, 0.5, 0.3)));
    }

    private InstallOutcome install() {
        return models.install(ModelSource.directory(source));
    }

    @Test
    void aShelfWithoutFilesIsEmptyAndNotBroken() {
        assertThat(models.look()).isInstanceOf(ShelfState.Empty.class);
    }

    @Test
    void installsWhatTheDirectoryHasAndSaysWhatItHasNot() throws IOException {
        Files.write(source.resolve("detector.onnx"), DETECTOR);
        Files.write(source.resolve("second.onnx"), SECOND);
        assertThat(install())
                .isEqualTo(
                        new InstallOutcome.Installed(
                                List.of("detector.onnx", "second.onnx"), List.of("first.onnx")));
        ShelfState.Ready ready = (ShelfState.Ready) models.look();
        assertThat(ready.models().scale().model()).isEqualTo("second");
        assertThat(ready.models().liveness()).isEmpty();
    }

    @Test
    void theThresholdsComeWithTheRecogniserThatIsUsed() throws IOException {
        Files.write(source.resolve("detector.onnx"), DETECTOR);
        Files.write(source.resolve("first.onnx"), FIRST);
        Files.write(source.resolve("second.onnx"), SECOND);
        install();
        ShelfState.Ready ready = (ShelfState.Ready) models.look();
        assertThat(ready.models().scale()).isEqualTo(new FaceScale("first", 0.5, 0.3));
    }

    @Test
    void aWrongHashNamesTheFileAndNothingIsInstalled() throws IOException {
        Files.write(source.resolve("detector.onnx"), DETECTOR);
        byte[] changed = FIRST.clone();
        changed[0]++;
        Files.write(source.resolve("first.onnx"), changed);
        assertThat(install())
                .isEqualTo(
                        new InstallOutcome.WrongFile(
                                "first.onnx",
                                "SHA-256 " + Digest.sha256(FIRST).hex(),
                                "SHA-256 " + Digest.sha256(changed).hex()));
        assertThat(models.look()).isInstanceOf(ShelfState.Empty.class);
        try (var left = Files.list(shelf)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aFileLongerThanPinnedIsNotReadToItsEnd() throws IOException {
        Files.write(source.resolve("detector.onnx"), new byte[1_000_000]);
        assertThat(install())
                .isEqualTo(
                        new InstallOutcome.WrongFile(
                                "detector.onnx", "8 bytes", "more than 8 bytes"));
    }

    @Test
    void namesTheNeededFileThatTheSourceLacks() throws IOException {
        Files.write(source.resolve("first.onnx"), FIRST);
        assertThat(install()).isEqualTo(new InstallOutcome.Missing(List.of("detector.onnx")));
        assertThat(models.look()).isInstanceOf(ShelfState.Empty.class);
    }

    @Test
    void aFileChangedOnTheShelfIsNoticedAndNamed() throws IOException {
        Files.write(source.resolve("detector.onnx"), DETECTOR);
        Files.write(source.resolve("first.onnx"), FIRST);
        install();
        Files.write(shelf.resolve("first.onnx"), SECOND);
        assertThat(models.look())
                .isEqualTo(new ShelfState.Incomplete(List.of("first.onnx"), List.of("first.onnx")));
    }

    @Test
    void installsFromAUrlAndSaysWhenTheServerFails() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/good/",
                exchange -> {
                    String name = exchange.getRequestURI().getPath().substring("/good/".length());
                    byte[] content =
                            name.equals("detector.onnx")
                                    ? DETECTOR
                                    : name.equals("first.onnx") ? FIRST : new byte[0];
                    exchange.sendResponseHeaders(
                            content.length == 0 ? 404 : 200,
                            content.length == 0 ? -1 : content.length);
                    exchange.getResponseBody().write(content);
                    exchange.close();
                });
        server.createContext(
                "/broken/",
                exchange -> {
                    exchange.sendResponseHeaders(500, -1);
                    exchange.close();
                });
        server.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(models.install(ModelSource.url(URI.create(base + "/broken"), client)))
                    .isEqualTo(
                            new InstallOutcome.SourceBroken(
                                    base + "/broken/detector.onnx answered with status 500"));
            assertThat(models.install(ModelSource.url(URI.create(base + "/good"), client)))
                    .isInstanceOf(InstallOutcome.Installed.class);
            assertThat(models.look()).isInstanceOf(ShelfState.Ready.class);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void pinsEveryKnownModelAndGivesThresholdsToRecognisersOnly() {
        assertThat(FaceModelFile.KNOWN)
                .allMatch(
                        file ->
                                file.scale().isPresent() == (file.use() == Use.RECOGNISER)
                                        && file.bytes() > 0
                                        && !file.licence().isEmpty());
        FaceModelFile mobileface = FaceModelFile.KNOWN.get(1);
        assertThat(mobileface.scale().orElseThrow().accept()).isEqualTo(0.52);
        assertThat(mobileface.scale().orElseThrow().ask()).isEqualTo(0.36);
    }
}
