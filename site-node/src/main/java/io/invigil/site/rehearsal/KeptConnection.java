package io.invigil.site.rehearsal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One kept-alive HTTPS connection of one simulated person: HTTP/1.1 written by hand, so that two
 * hundred of them leave the processors to the server that is measured. Used by one thread.
 */
public final class KeptConnection implements AutoCloseable {
    private static final int HEAD_BYTES_MAX = 32 * 1024;
    private static final int BODY_BYTES_MAX = 8 * 1024 * 1024;
    private static final int ANSWER_MILLIS_MAX = 60_000;

    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String host;
    private final String name;
    private final Optional<InetAddress> own;
    private final Map<String, String> cookies;

    /** An answer; the body as it came. */
    public record Answer(int status, String body) {}

    /**
     * Connects from any address of this machine.
     *
     * @param tls trusts the node's authority
     */
    public KeptConnection(SSLContext tls, String host, int port) throws IOException {
        this(tls, host, port, Optional.empty(), new LinkedHashMap<>());
    }

    /**
     * Connects to a node on this machine.
     *
     * @param own the loopback address of this one machine; a room's machines have one each
     */
    public KeptConnection(SSLContext tls, int port, InetAddress own) throws IOException {
        this(tls, "localhost", port, Optional.of(own), new LinkedHashMap<>());
    }

    private KeptConnection(
            SSLContext tls,
            String name,
            int port,
            Optional<InetAddress> own,
            Map<String, String> cookies)
            throws IOException {
        this.name = name;
        this.host = name + ":" + port;
        this.own = own;
        this.cookies = cookies;
        this.socket = (SSLSocket) socket(tls, name, port, own);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_MILLIS_MAX);
        socket.startHandshake();
        this.in = new BufferedInputStream(socket.getInputStream(), 8 * 1024);
        this.out = socket.getOutputStream();
    }

    /** Another server that is sent the very same cookies. */
    public KeptConnection sameVisitorAt(SSLContext tls, int port) throws IOException {
        return new KeptConnection(tls, name, port, own, new LinkedHashMap<>(cookies));
    }

    private static Socket socket(SSLContext tls, String name, int port, Optional<InetAddress> own)
            throws IOException {
        if (own.isEmpty()) {
            return tls.getSocketFactory().createSocket(name, port);
        }
        SSLSocket socket =
                (SSLSocket)
                        tls.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), port, own.get(), 0);
        SSLParameters named = socket.getSSLParameters();
        named.setServerNames(List.of(new SNIHostName(name)));
        socket.setSSLParameters(named);
        return socket;
    }

    /** Reads a page or JSON. */
    public Answer get(String path, String accept) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nAccept: " + accept + "\r\n", new byte[0]);
    }

    /** Asks for a stream of events and gives its lines one by one; the connection is spent. */
    public void follow(String path, Consumer<String> lines) throws IOException {
        write("GET " + path + " HTTP/1.1\r\nAccept: text/event-stream\r\n", new byte[0]);
        String head = head();
        if (!head.startsWith("HTTP/1.1 200")) {
            throw new IOException(path + ": " + head.lines().findFirst().orElse(""));
        }
        socket.setSoTimeout(0);
        while (true) {
            lines.accept(line());
        }
    }

    /** Sends JSON as a page does. */
    public Answer postJson(String path, String csrfToken, String json) throws IOException {
        return post(path, csrfToken, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a body of this media type as a page does. */
    public Answer post(String path, String csrfToken, String type, byte[] body) throws IOException {
        return send(
                "POST "
                        + path
                        + " HTTP/1.1\r\nAccept: application/json\r\nContent-Type: "
                        + type
                        + "\r\nOrigin: https://"
                        + host
                        + "\r\nX-CSRF-Token: "
                        + csrfToken
                        + "\r\n",
                body);
    }

    private Answer send(String head, byte[] body) throws IOException {
        write(head, body);
        return answer();
    }

    private void write(String head, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream(1024 + body.length);
        String sent =
                cookies.entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; "));
        request.writeBytes(
                (head
                                + "Host: "
                                + host
                                + "\r\n"
                                + (sent.isEmpty() ? "" : "Cookie: " + sent + "\r\n")
                                + "Content-Length: "
                                + body.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        request.writeBytes(body);
        out.write(request.toByteArray());
        out.flush();
    }

    private Answer answer() throws IOException {
        String[] lines = head().split("\r\n");
        int status = Integer.parseInt(lines[0].split(" ")[1]);
        int length = 0;
        boolean chunked = false;
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                continue;
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            switch (name) {
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
                case "set-cookie" -> keep(value);
                default -> {}
            }
        }
        byte[] body = chunked ? chunks() : exactly(length);
        return new Answer(status, new String(body, StandardCharsets.UTF_8));
    }

    private void keep(String cookie) {
        String pair = cookie.split(";", 2)[0];
        int equals = pair.indexOf('=');
        cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream(512);
        int ending = 0;
        while (ending < 4) {
            int next = in.read();
            if (next < 0 || head.size() > HEAD_BYTES_MAX) {
                throw new EOFException("no answer from " + host);
            }
            head.write(next);
            ending = next == (ending % 2 == 0 ? '\r' : '\n') ? ending + 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line().split(";")[0].strip(), 16);
            body.writeBytes(exactly(size));
            line();
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() > HEAD_BYTES_MAX) {
                throw new EOFException("the answer of " + host + " broke off");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    private byte[] exactly(int length) throws IOException {
        if (length > BODY_BYTES_MAX) {
            throw new IOException("an answer of " + length + " bytes");
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the answer of " + host + " broke off");
        }
        return body;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
