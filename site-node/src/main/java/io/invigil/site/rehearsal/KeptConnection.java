package io.invigil.site.rehearsal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
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
    private final String name;
    private final String host;
    private final Map<String, String> cookies;

    /** An answer; the body as it came. */
    public record Answer(int status, String body) {}

    /**
     * Connects.
     *
     * @param tls trusts the node's authority
     */
    public KeptConnection(SSLContext tls, String host, int port) throws IOException {
        this(tls, host, port, new LinkedHashMap<>());
    }

    private KeptConnection(SSLContext tls, String host, int port, Map<String, String> cookies)
            throws IOException {
        this.name = host;
        this.host = host + ":" + port;
        this.cookies = cookies;
        this.socket = (SSLSocket) tls.getSocketFactory().createSocket(host, port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_MILLIS_MAX);
        socket.startHandshake();
        this.in = new BufferedInputStream(socket.getInputStream(), 8 * 1024);
        this.out = socket.getOutputStream();
    }

    /** Another server that is sent the very same cookies. */
    public KeptConnection sameVisitorAt(SSLContext tls, int port) throws IOException {
        return new KeptConnection(tls, name, port, new LinkedHashMap<>(cookies));
    }

    public Answer get(String path, String accept) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nAccept: " + accept + "\r\n", "");
    }

    public Answer postJson(String path, String csrfToken, String json) throws IOException {
        return send(
                "POST "
                        + path
                        + " HTTP/1.1\r\nAccept: application/json\r\n"
                        + "Content-Type: application/json\r\nOrigin: https://"
                        + host
                        + "\r\nX-CSRF-Token: "
                        + csrfToken
                        + "\r\n",
                json);
    }

    private Answer send(String head, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream request = new ByteArrayOutputStream(1024 + bytes.length);
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
                                + bytes.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        request.writeBytes(bytes);
        out.write(request.toByteArray());
        out.flush();
        return answer();
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
