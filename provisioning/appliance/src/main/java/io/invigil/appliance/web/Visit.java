package io.invigil.appliance.web;

import io.helidon.webserver.http.ServerRequest;
import io.invigil.appliance.i18n.Language;
import io.invigil.appliance.i18n.Texts;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Scheme;
import io.invigil.appliance.web.session.Session;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One request and who makes it, as the handlers see it. Used by one thread. */
public final class Visit {
    private final HttpPages pages;
    private final ServerRequest request;
    private Visitor visitor;
    private final Instant now;
    private Optional<Form> form = Optional.empty();
    private Optional<Reply.HeaderLine> cookie = Optional.empty();
    private Optional<Session> session;

    /** What the cookies said. */
    record Visitor(String id, Language language, Scheme scheme) {}

    Visit(
            HttpPages pages,
            ServerRequest request,
            Visitor visitor,
            Optional<Session> session,
            Instant now) {
        this.pages = pages;
        this.request = request;
        this.visitor = visitor;
        this.session = session;
        this.now = now;
    }

    /** When the request was taken in. */
    public Instant now() {
        return now;
    }

    /** The signed-in person; only behind an {@link Access} that demands one. */
    public SignedIn person() {
        return session.orElseThrow(() -> new IllegalStateException("nobody is signed in")).person();
    }

    public Optional<SignedIn> personIfAny() {
        return session.map(Session::person);
    }

    public Optional<Session> session() {
        return session;
    }

    /** The person's tenant. */
    public long tenant() {
        return person().tenant();
    }

    public boolean has(String role) {
        return session.isPresent() && person().has(role);
    }

    public Language language() {
        return visitor.language();
    }

    public Scheme scheme() {
        return visitor.scheme();
    }

    public Texts texts() {
        return pages.texts(visitor.language());
    }

    public String text(String key, Object... arguments) {
        return texts().text(key, arguments);
    }

    /** For {@code <input type="hidden" name="_csrf" value="${visit.csrfToken()}">}. */
    public String csrfToken() {
        return pages.csrfToken(visitor.id());
    }

    /** The address of a static file with its fingerprint, such as {@code hub/plan.js}. */
    public String asset(String name) {
        return pages.assets().url(name);
    }

    /** The path without query, as sent. */
    public String path() {
        return request.path().absolute().path();
    }

    /** A {@code {name}} of the route. */
    public String path(String name) {
        return request.path().pathParameters().get(name);
    }

    /** The same where the route may have none. */
    public Optional<String> pathIfAny(String name) {
        return request.path().pathParameters().contains(name)
                ? Optional.of(path(name))
                : Optional.empty();
    }

    /** A {@code {name}} of the route as id; -1, which no row has, when it is not a number. */
    public long pathNumber(String name) {
        String text = path(name);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }

    /** A query parameter; empty when absent or blank. */
    public Optional<String> query(String name) {
        return queries(name).stream().map(String::strip).filter(v -> !v.isEmpty()).findFirst();
    }

    public List<String> queries(String name) {
        return request.query().all(name, List::of);
    }

    /** A query parameter that is a whole number of at most 18 digits. */
    public Optional<Long> queryNumber(String name) {
        return query(name).filter(text -> text.matches("\\d{1,18}")).map(Long::parseLong);
    }

    public Optional<String> header(String name) {
        return request.headers().first(io.helidon.http.HeaderNames.create(name));
    }

    /** A cookie of a feature's own, as its browser sent it. */
    public Optional<String> cookie(String name) {
        return Optional.ofNullable(pages.cookies().read(request).get(name));
    }

    /** Whether htmx asks for a part of a page. */
    public boolean fromHtmx() {
        return header("HX-Request").isPresent();
    }

    /** The client's address, without port. */
    public String address() {
        return request.remotePeer().host();
    }

    /** The certificate the client proved to own (mutual TLS). */
    public Optional<X509Certificate> clientCertificate() {
        return request.remotePeer()
                .tlsCertificates()
                .filter(chain -> chain.length > 0 && chain[0] instanceof X509Certificate)
                .map(chain -> (X509Certificate) chain[0]);
    }

    /** The sent form; an empty one when the body is none or malformed. */
    public Form form() {
        if (form.isEmpty()) {
            String type = header("Content-Type").orElse("");
            boolean urlencoded = type.startsWith("application/x-www-form-urlencoded");
            String text =
                    urlencoded ? new String(body(Form.BYTES_MAX), StandardCharsets.UTF_8) : "";
            form = Optional.of(Form.parse(text).orElseThrow(() -> new BodyRefused(400)));
        }
        return form.get();
    }

    /**
     * The whole body.
     *
     * @throws BodyRefused (answered with 413) when it is longer
     */
    public byte[] body(int bytesMax) {
        try (InputStream in = bodyStream()) {
            byte[] bytes = in.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw new BodyRefused(413);
            }
            return bytes;
        } catch (IOException broken) {
            throw new UncheckedIOException("the request body broke off", broken);
        }
    }

    /** The body as a stream, for the handler to limit; for whole files see {@link #upload}. */
    public InputStream bodyStream() {
        return request.content().hasEntity()
                ? request.content().inputStream()
                : InputStream.nullInputStream();
    }

    /** A JSON body; empty when it is not of that shape. */
    public <T> Optional<T> json(Class<T> type, int bytesMax) {
        return Json.read(body(bytesMax), type);
    }

    /**
     * Streams the body of a PUT into a temporary file; closing the result deletes it.
     *
     * @param directory for the temporary file
     * @throws BodyRefused (answered with 413) when it is longer
     */
    public Upload upload(Path directory, long bytesMax) {
        return Upload.receive(bodyStream(), header("X-File-Name"), directory, bytesMax);
    }

    /** Shows a message once, on the next page with a frame. */
    public void flash(Flash.Kind kind, String text) {
        pages.flashes().put(visitor.id(), new Flash(kind, text));
    }

    /** Opens a session for a person who proved who they are; the former session ends. */
    public void signIn(SignedIn person) {
        session.ifPresent(old -> pages.sessions().delete(old.idHash()));
        String id = renewId();
        Session opened =
                pages.openSession(id, person, address(), header("User-Agent").orElse(""), now);
        pages.sessions().save(opened);
        session = Optional.of(opened);
    }

    /** Ends the session. */
    public void signOut() {
        session.ifPresent(old -> pages.sessions().delete(old.idHash()));
        session = Optional.empty();
        renewId();
    }

    /** A new id at every sign-in, so that an id planted before is worth nothing. */
    private String renewId() {
        String id = pages.cookies().newId();
        pages.flashes().take(visitor.id()).ifPresent(flash -> pages.flashes().put(id, flash));
        visitor = new Visitor(id, visitor.language(), visitor.scheme());
        cookie = Optional.of(pages.cookies().id(id));
        return id;
    }

    /** The Helidon request, for what this class does not offer. */
    public ServerRequest request() {
        return request;
    }

    Visitor visitor() {
        return visitor;
    }

    Optional<Reply.HeaderLine> newCookie() {
        return cookie;
    }

    void setCookie(Reply.HeaderLine newCookie) {
        cookie = Optional.of(newCookie);
    }
}
