package io.invigil.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private ServerSocket echo;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        proxy = FaultProxy.before(echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket socket = echo.accept();
                Thread.ofVirtual().start(() -> reply(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void reply(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException cut) {
            // the proxy cut the connection, as the test wanted
            return;
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(2_000);
        return socket;
    }

    private static String exchange(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        byte[] back = socket.getInputStream().readNBytes(text.length());
        return new String(back, StandardCharsets.UTF_8);
    }

    @Test
    void passesEverythingOnWhileHealthy() throws IOException {
        try (Socket socket = connect()) {
            String large = "0123456789".repeat(20_000);
            assertThat(exchange(socket, "hello")).isEqualTo("hello");
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    socket.getOutputStream()
                                            .write(large.getBytes(StandardCharsets.UTF_8));
                                    socket.shutdownOutput();
                                } catch (IOException failure) {
                                    throw new java.io.UncheckedIOException(failure);
                                }
                            });
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(large);
        }
        Awaitility.await().until(() -> proxy.connections() == 0);
    }

    @Test
    void cutsAndRefusesUntilPluggedInAgain() throws IOException {
        try (Socket socket = connect()) {
            assertThat(exchange(socket, "a")).isEqualTo("a");
            proxy.unplug();
            assertThatThrownBy(() -> endOf(socket)).isInstanceOf(IOException.class);
            try (Socket second = connect()) {
                assertThatThrownBy(() -> endOf(second)).isInstanceOf(IOException.class);
            }
        }
        proxy.plug();
        try (Socket socket = connect()) {
            assertThat(exchange(socket, "b")).isEqualTo("b");
        }
    }

    /** Reads until an error or the end; the end is an error here. */
    private static void endOf(Socket socket) throws IOException {
        if (socket.getInputStream().read() < 0) {
            throw new IOException("closed");
        }
    }

    @Test
    void swallowsBytesWhileSilentAndCutsSuchConnectionsAfterwards() throws IOException {
        try (Socket socket = connect()) {
            assertThat(exchange(socket, "a")).isEqualTo("a");
            proxy.silence(true);
            socket.setSoTimeout(200);
            assertThatThrownBy(() -> exchange(socket, "lost"))
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(proxy.connections()).isEqualTo(1);
            proxy.silence(false);
            assertThatThrownBy(() -> endOf(socket)).isInstanceOf(IOException.class);
        }
        try (Socket socket = connect()) {
            assertThat(exchange(socket, "b")).isEqualTo("b");
        }
    }

    @Test
    void cutsAfterTheGivenNumberOfBytes() throws IOException {
        proxy.cutAfter(6);
        try (Socket socket = connect()) {
            assertThat(exchange(socket, "abc")).isEqualTo("abc");
            assertThatThrownBy(() -> exchange(socket, "d")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesMoreConnectionsThanAllowed() throws IOException {
        proxy.connectionsAtOnce(1);
        try (Socket first = connect();
                Socket second = connect()) {
            assertThat(exchange(first, "a")).isEqualTo("a");
            assertThatThrownBy(() -> endOf(second)).isInstanceOf(IOException.class);
            assertThat(proxy.accepted()).isEqualTo(1);
        }
    }
}
