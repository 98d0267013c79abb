package io.invigil.appliance.web;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.i18n.Language;
import io.invigil.appliance.i18n.Texts;
import io.invigil.appliance.layout.Chrome;
import io.invigil.appliance.layout.Scheme;
import io.invigil.appliance.web.asset.Assets;
import io.invigil.appliance.web.session.Session;
import io.invigil.appliance.web.session.SessionStore;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Turns page handlers into Helidon handlers: see the package's description. Thread-safe. */
public final class HttpPages {
    public static final String LOGIN_PATH = "/login";
    public static final String PASSWORD_PATH = "/account/password";

    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    private final PagesSettings settings;
    private final SessionStore sessions;
    private final I18n i18n;
    private final Assets assets;
    private final Clock clock;
    private final Cookies cookies;
    private final Csrf csrf;
    private final FlashBox flashes = new FlashBox();
    private final ReplyWriter writer;
    private final BiPredicate<SignedIn, Visit> guard;

    public HttpPages(
            PagesSettings settings,
            SessionStore sessions,
            I18n i18n,
            Chrome chrome,
            Assets assets,
            Clock clock,
            Entropy entropy) {
        this(settings, sessions, i18n, chrome, assets, clock, entropy, (person, visit) -> true);
    }

    /**
     * @param guard what a signed-in person may enter beside the roles of the route
     */
    public HttpPages(
            PagesSettings settings,
            SessionStore sessions,
            I18n i18n,
            Chrome chrome,
            Assets assets,
            Clock clock,
            Entropy entropy,
            BiPredicate<SignedIn, Visit> guard) {
        this.guard = guard;
        this.settings = settings;
        this.sessions = sessions;
        this.i18n = i18n;
        this.assets = assets;
        this.clock = clock;
        this.cookies = new Cookies(settings.serverName(), entropy);
        this.csrf = new Csrf(settings.webKey());
        this.writer = new ReplyWriter(this, chrome);
    }

    private enum Audience {
        PEOPLE,
        PROGRAMS
    }

    /** A page for people: who is not signed in is led to the login page. */
    public Handler page(Access access, PageHandler handler) {
        return (request, response) -> serve(request, response, access, Audience.PEOPLE, handler);
    }

    /** For scripts of our pages: the same checks, but 401 and problem+json. */
    public Handler api(Access access, PageHandler handler) {
        return (request, response) -> serve(request, response, access, Audience.PROGRAMS, handler);
    }

    /**
     * Neither cookies nor session nor CSRF check: for clients with certificates ({@link
     * Visit#clientCertificate}) and for the plain HTTP listener. The language is that of {@code
     * ?lang=}, else the browser's.
     */
    public Handler stateless(PageHandler handler) {
        return (request, response) -> {
            Language language =
                    Language.ofTag(request.query().first("lang").orElse(""))
                            .orElseGet(() -> asked(request));
            Visit visit =
                    new Visit(
                            this,
                            request,
                            new Visit.Visitor("", language, Scheme.SYSTEM),
                            Optional.empty(),
                            clock.instant());
            writer.write(visit, handler.handle(visit), response);
        };
    }

    /** Language and colour scheme, which every visitor may choose. */
    public void registerPreferences(HttpRules rules) {
        rules.get("/preferences/language/{code}", page(Access.open(), this::chooseLanguage));
        rules.get("/preferences/scheme/{code}", page(Access.open(), this::chooseScheme));
    }

    private Reply chooseLanguage(Visit visit) {
        Optional<Language> language = Language.ofTag(visit.path("code"));
        language.ifPresent(chosen -> visit.setCookie(cookies.language(chosen)));
        return language.isPresent() ? Reply.seeOther(back(visit)) : Reply.notFound();
    }

    private Reply chooseScheme(Visit visit) {
        Optional<Scheme> scheme = Scheme.ofCode(visit.path("code"));
        scheme.ifPresent(chosen -> visit.setCookie(cookies.scheme(chosen)));
        return scheme.isPresent() ? Reply.seeOther(back(visit)) : Reply.notFound();
    }

    private static String back(Visit visit) {
        return LocalPath.of(visit.query("back").orElse("/"));
    }

    private void serve(
            ServerRequest request,
            ServerResponse response,
            Access access,
            Audience audience,
            PageHandler handler) {
        Visit visit = visit(request);
        writer.write(visit, answer(visit, access, audience, handler), response);
    }

    private Reply answer(Visit visit, Access access, Audience audience, PageHandler handler) {
        String method = visit.request().prologue().method().text();
        if (access.signedIn() && visit.personIfAny().isEmpty()) {
            return audience == Audience.PEOPLE && !visit.fromHtmx() && Csrf.isSafe(method)
                    ? Reply.seeOther(access.loginPath() + "?next=" + encode(pathAndQuery(visit)))
                    : Reply.problem(Problem.of(401, "NOT_SIGNED_IN"));
        }
        if (visit.personIfAny()
                .filter(person -> !access.permits(person) || !guard.test(person, visit))
                .isPresent()) {
            return Reply.problem(Problem.forbidden());
        }
        if (access.signedIn() && visit.person().isKeptFrom(visit.path())) {
            return audience == Audience.PEOPLE
                    ? Reply.seeOther(visit.person().attributes().get(SignedIn.CONFINED_TO))
                    : Reply.problem(Problem.of(403, "SIGN_IN_UNFINISHED"));
        }
        if (access.signedIn()
                && !visit.person().attributes().containsKey(SignedIn.CONFINED_TO)
                && visit.person().attributes().containsKey(SignedIn.MUST_CHANGE_PASSWORD)
                && !visit.path().equals(PASSWORD_PATH)) {
            return audience == Audience.PEOPLE
                    ? Reply.seeOther(PASSWORD_PATH)
                    : Reply.problem(Problem.of(403, "PASSWORD_MUST_CHANGE"));
        }
        if (!Csrf.isSafe(method) && !csrf.permits(visit)) {
            return Reply.problem(Problem.of(403, "CSRF"));
        }
        return handler.handle(visit);
    }

    /** The visitor as the cookies tell; used by the problem pages too. */
    Visit visit(ServerRequest request) {
        Map<String, String> sent = cookies.read(request);
        Instant now = clock.instant();
        Optional<String> id = cookies.idIn(sent);
        Visit.Visitor visitor =
                new Visit.Visitor(
                        id.orElseGet(cookies::newId),
                        cookies.languageIn(sent).orElseGet(() -> asked(request)),
                        cookies.schemeIn(sent));
        Visit visit = new Visit(this, request, visitor, id.flatMap(i -> find(i, now)), now);
        if (id.isEmpty()) {
            visit.setCookie(cookies.id(visitor.id()));
        }
        return visit;
    }

    /** The browser's own language, until the visitor chooses; Chinese when it names neither. */
    private static Language asked(ServerRequest request) {
        return Language.accepted(request.headers().first(HeaderNames.ACCEPT_LANGUAGE).orElse(""))
                .orElse(Language.ZH_CN);
    }

    private Optional<Session> find(String id, Instant now) {
        Digest hash = hash(id);
        Optional<Session> found = sessions.find(hash);
        if (found.isEmpty()) {
            return found;
        }
        Session session = found.get();
        boolean ended =
                !session.expiresAt().isAfter(now)
                        || session.seenAt().plus(settings.idle()).isBefore(now);
        if (ended) {
            sessions.delete(hash);
            return Optional.empty();
        }
        if (session.seenAt().plus(SEEN_EVERY).isBefore(now)) {
            sessions.seen(hash, now);
        }
        return found;
    }

    /** Removes ended sessions; to be called every few minutes. */
    public void deleteExpiredSessions() {
        Instant now = clock.instant();
        sessions.deleteExpired(now, now.minus(settings.idle()));
    }

    Session openSession(String id, SignedIn person, String address, String agent, Instant now) {
        return new Session(
                hash(id), person, address, agent, now, now, now.plus(settings.longest()));
    }

    private static Digest hash(String id) {
        return Digest.sha256(id.getBytes(StandardCharsets.UTF_8));
    }

    public Texts texts(Language language) {
        return i18n.texts(language);
    }

    public Assets assets() {
        return assets;
    }

    public SessionStore sessions() {
        return sessions;
    }

    String csrfToken(String visitorId) {
        return csrf.token(visitorId);
    }

    Cookies cookies() {
        return cookies;
    }

    FlashBox flashes() {
        return flashes;
    }

    ReplyWriter writer() {
        return writer;
    }

    static String pathAndQuery(Visit visit) {
        String query = visit.request().query().rawValue();
        return visit.request().path().absolute().rawPath() + (query.isEmpty() ? "" : "?" + query);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
