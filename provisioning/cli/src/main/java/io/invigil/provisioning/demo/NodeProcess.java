package io.invigil.provisioning.demo;

import io.invigil.testkit.HttpsBrowser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One room's server: its process, its addresses, and how people reach it. */
public final class NodeProcess implements AutoCloseable {
    private static final Duration UP_MAX = Duration.ofSeconds(90);
    private static final Duration PACKAGE_MAX = Duration.ofMinutes(5);
    private static final long POLL_MILLIS = 200;

    private final SampleExam.Node node;
    private final int httpsPort;
    private final int httpPort;
    private final ChildProcess process;
    private volatile X509Certificate authority;

    public NodeProcess(
            SampleExam.Node node,
            int httpsPort,
            int httpPort,
            String hubUrl,
            Path directory,
            List<String> jvmOptions)
            throws IOException {
        this.node = node;
        this.httpsPort = httpsPort;
        this.httpPort = httpPort;
        Path home = Files.createDirectories(directory.resolve(node.name()));
        Path second = Files.createDirectories(home.resolve("second-device"));
        Path config = home.resolve("site.yaml");
        Files.writeString(
                config,
                """
                data-dir: %s
                second-device: %s
                host: 127.0.0.1
                https-port: %d
                http-port: %d
                server-names: [localhost, 127.0.0.1]
                hub-every: 2s
                ballast-mib: 16
                enrol:
                  hub-url: %s
                  claim-code: %s
                """
                        .formatted(
                                home.resolve("data"),
                                second,
                                httpsPort,
                                httpPort,
                                hubUrl,
                                node.claimCode()));
        this.process =
                new ChildProcess(
                        node.name(),
                        "io.invigil.site.SiteMain",
                        jvmOptions,
                        List.of("--config", config.toString(), "--until-parent-exits"),
                        Map.of(),
                        directory.resolve("logs/" + node.name() + ".log"));
    }

    public void start() throws IOException {
        process.start();
    }

    /** Waits until the node serves its pages. */
    public void awaitUp() throws IOException, InterruptedException {
        long end = System.nanoTime() + UP_MAX.toNanos();
        while (System.nanoTime() < end) {
            if (!process.isRunning()) {
                throw new IOException(node.name() + " ended: see " + process.log());
            }
            Optional<X509Certificate> found = authorityNow();
            if (found.isPresent()) {
                authority = found.get();
                return;
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new IOException(node.name() + " does not answer: see " + process.log());
    }

    private Optional<X509Certificate> authorityNow() throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/ca.crt"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response =
                    client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return response.statusCode() == 200
                    ? Optional.of(certificate(response.body()))
                    : Optional.empty();
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    private static X509Certificate certificate(byte[] bytes) throws IOException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(bytes));
        } catch (CertificateException malformed) {
            throw new IOException("the node gives no certificate", malformed);
        }
    }

    /** Waits until the proctor's account works: it comes with the package. */
    public void awaitPackage() throws IOException, InterruptedException {
        long end = System.nanoTime() + PACKAGE_MAX.toNanos();
        while (System.nanoTime() < end) {
            try (ProctorClient proctor = new ProctorClient(this)) {
                if (proctor.login() && proctor.exam().isPresent()) {
                    return;
                }
            }
            Thread.sleep(1_000);
        }
        throw new IOException(node.name() + " has no package: see " + process.log());
    }

    /** SIGKILL, a moment of darkness, and the start that a service manager would make. */
    public void killAndRestart(Duration darkness) throws IOException, InterruptedException {
        process.kill();
        Thread.sleep(darkness.toMillis());
        process.start();
        awaitUp();
    }

    public HttpsBrowser browser() {
        return HttpsBrowser.at(httpsPort, authority).acceptingJson();
    }

    public SampleExam.Node node() {
        return node;
    }

    public int httpsPort() {
        return httpsPort;
    }

    public int httpPort() {
        return httpPort;
    }

    public X509Certificate authority() {
        return authority;
    }

    public long pid() {
        return process.pid();
    }

    public int starts() {
        return process.starts();
    }

    @Override
    public void close() {
        try {
            process.stop();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
