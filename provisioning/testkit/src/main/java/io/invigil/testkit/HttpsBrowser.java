package io.invigil.testkit;

import io.invigil.appliance.web.TlsMaterial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A browser without a screen: trusts one CA, keeps cookies, sends the CSRF token of the last page.
 * HTTP/1.1 only, because the JDK's client fails over HTTP/2 against Helidon. Redirects are not
 * followed, tests look at them. Used by one thread.
 */
public final class HttpsBrowser implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("data-csrf=\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client;
    private final URI base;
    private Optional<String> csrf = Optional.empty();
    private Optional<String> accept = Optional.of("text/html,application/xhtml+xml");

    private HttpsBrowser(HttpClient client, URI base) {
        this.client = client;
        this.base = base;
    }

    public static HttpsBrowser at(int port, X509Certificate authority) {
        return at(URI.create("https://localhost:" + port), authority, Optional.empty());
    }

    /**
     * @param base scheme, host and port
     * @param own the client's certificate and key, when it has one
     */
    public static HttpsBrowser at(URI base, X509Certificate authority, Optional<TlsMaterial> own) {
        HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(context(authority, own))
                        .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(PATIENCE)
                        .build();
        return new HttpsBrowser(client, base);
    }

    private static SSLContext context(X509Certificate authority, Optional<TlsMaterial> own) {
        try {
            char[] none = new char[0];
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, none);
            trust.setCertificateEntry("ca", authority);
            TrustManagerFactory trusts =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusts.init(trust);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, none);
            if (own.isPresent()) {
                keys.setKeyEntry(
                        "own",
                        own.get().key(),
                        none,
                        own.get().chain().toArray(Certificate[]::new));
            }
            KeyManagerFactory managers =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, none);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), trusts.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException("no TLS context", failure);
        }
    }

    /** From now on asks as a program: problem+json instead of problem pages. */
    public HttpsBrowser acceptingJson() {
        accept = Optional.of("application/json");
        return this;
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path).GET(), headers);
    }

    /** Sends a form with the token of the last page. Fields as name, value, name, value… */
    public HttpResponse<String> post(String path, String... fields) {
        List<String> pairs = new ArrayList<>();
        csrf.ifPresent(token -> pairs.add("_csrf=" + encode(token)));
        for (int i = 0; i < fields.length; i += 2) {
            pairs.add(encode(fields[i]) + "=" + encode(fields[i + 1]));
        }
        return send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", base.toString())
                        .POST(HttpRequest.BodyPublishers.ofString(String.join("&", pairs))));
    }

    public HttpResponse<String> postJson(String path, String json) {
        HttpRequest.Builder request =
                request(path)
                        .header("Content-Type", "application/json")
                        .header("Origin", base.toString())
                        .POST(HttpRequest.BodyPublishers.ofString(json));
        csrf.ifPresent(token -> request.header("X-CSRF-Token", token));
        return send(request);
    }

    /** Sends a raw body, as the upload form does. */
    public HttpResponse<String> put(String path, byte[] body, String... headers) {
        HttpRequest.Builder request =
                request(path)
                        .header("Content-Type", "application/octet-stream")
                        .header("Origin", base.toString())
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(body));
        csrf.ifPresent(token -> request.header("X-CSRF-Token", token));
        return send(request, headers);
    }

    /** Sends what the builder says, for requests that no page of ours would make. */
    public HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response =
                    client.send(
                            request.build(),
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            Matcher token = TOKEN.matcher(response.body());
            if (token.find()) {
                csrf = Optional.of(token.group(1));
            }
            return response;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    /** A request to a path of this server, to be completed. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
        accept.ifPresent(types -> request.header("Accept", types));
        return request;
    }

    /** The token of the last page that had one. */
    public Optional<String> csrfToken() {
        return csrf;
    }

    public HttpClient client() {
        return client;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}
