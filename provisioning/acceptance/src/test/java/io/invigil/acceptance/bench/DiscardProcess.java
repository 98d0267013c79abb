package io.invigil.acceptance.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** {@link DiscardServer} in a process with the same JVM options as a node. */
final class DiscardProcess implements AutoCloseable {
    private final Process process;
    private final int port;
    private final SSLContext tls;

    DiscardProcess(Path authorityFile, Path log) throws IOException {
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx192m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                DiscardServer.class.getName(),
                                authorityFile.toAbsolutePath().toString())
                        .redirectError(log.toFile())
                        .start();
        port = awaitPort();
        tls = TrustingTls.of(certificate(Files.readAllBytes(authorityFile)));
    }

    private int awaitPort() throws IOException {
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(DiscardServer.READY)) {
                return Integer.parseInt(line.substring(DiscardServer.READY.length()));
            }
        }
        throw new IOException("the discarding server did not start");
    }

    private static X509Certificate certificate(byte[] bytes) throws IOException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new java.io.ByteArrayInputStream(bytes));
        } catch (CertificateException malformed) {
            throw new IOException("no certificate", malformed);
        }
    }

    int port() {
        return port;
    }

    SSLContext tls() {
        return tls;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
