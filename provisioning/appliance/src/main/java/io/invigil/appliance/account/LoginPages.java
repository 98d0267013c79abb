package io.invigil.appliance.account;

import gg.jte.Content;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.Form;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.LocalPath;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.SignedIn;
import io.invigil.appliance.web.Visit;
import io.invigil.appliance.web.session.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Login, logout, the person's own account: password and sessions. Thread-safe. */
public final class LoginPages implements HttpService {
    private final HttpPages pages;
    private final Logins logins;
    private final Entrance staff;
    private final Map<String, Entrance> others;
    private final ToLongFunction<Visit> tenantOf;
    private final LoginGate gate;
    private final Templates templates =
            new Templates(LoginPages.class.getClassLoader(), "io.invigil.appliance.templates");

    /**
     * @param tenantOf whose accounts a visitor logs in to, such as by host name; often a constant
     */
    public LoginPages(HttpPages pages, Logins logins, ToLongFunction<Visit> tenantOf) {
        this(pages, logins, tenantOf, Map.of(), LoginGate.none());
    }

    /**
     * @param others entrances of people who are no staff, by their role; they have a login page of
     *     their own, and their password and sessions here
     * @param gate asked after every right password of staff
     */
    public LoginPages(
            HttpPages pages,
            Logins logins,
            ToLongFunction<Visit> tenantOf,
            Map<String, Entrance> others,
            LoginGate gate) {
        this.pages = pages;
        this.logins = logins;
        this.staff = new Entrance(logins, HttpPages.LOGIN_PATH, "/account");
        this.others = Map.copyOf(others);
        this.tenantOf = tenantOf;
        this.gate = gate;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(HttpPages.LOGIN_PATH, pages.page(Access.open(), this::loginForm))
                .post(HttpPages.LOGIN_PATH, pages.page(Access.open(), this::login))
                .post("/logout", pages.page(Access.open(), this::logout))
                .get("/account", pages.page(Access.anyoneSignedIn(), this::account))
                .post(
                        "/account/sessions/{id}/end",
                        pages.page(Access.anyoneSignedIn(), this::endSession))
                .get(
                        HttpPages.PASSWORD_PATH,
                        pages.page(Access.anyoneSignedIn(), this::passwordForm))
                .post(
                        HttpPages.PASSWORD_PATH,
                        pages.page(Access.anyoneSignedIn(), this::changePassword));
    }

    private Reply loginForm(Visit visit) {
        String next = LocalPath.of(visit.query("next").orElse("/"));
        return visit.personIfAny().isPresent()
                ? Reply.seeOther(next)
                : loginForm(visit, "", next, new FormErrors());
    }

    private Reply loginForm(Visit visit, String login, String next, FormErrors errors) {
        Content form =
                templates.content(
                        "account/login.jte",
                        Map.of("visit", visit, "login", login, "next", next, "errors", errors));
        return Reply.page(
                Page.titled(visit.text("account.login.title"))
                        .width(Page.Width.NARROW)
                        .errors(errors.list()),
                form);
    }

    private Reply login(Visit visit) {
        Form form = visit.form();
        String next = LocalPath.of(form.get("next").orElse("/"));
        String login = form.text("login");
        // spaces belong to a password: the form's own trimming must not reach it
        String password = form.raw("password");
        LoginOutcome outcome =
                logins.attempt(tenantOf.applyAsLong(visit), login, password, visit.address());
        return switch (outcome) {
            case LoginOutcome.Welcome welcome -> {
                visit.signIn(person(welcome.account(), gate.leadsTo(welcome.account())));
                yield Reply.seeOther(next);
            }
            case LoginOutcome.Refused refused -> {
                FormErrors errors = new FormErrors();
                errors.add("login", visit.texts().of("account.refused", refused.reason()));
                int status = refused.reason() == LoginOutcome.Reason.LOGIN_THROTTLED ? 429 : 422;
                yield loginForm(visit, login, next, errors).status(status);
            }
        };
    }

    /** The session's view of an account that has proved enough. */
    public static SignedIn person(StaffAccount account) {
        return person(account, Optional.empty());
    }

    private static SignedIn person(StaffAccount account, Optional<String> confinedTo) {
        Map<String, String> attributes = new HashMap<>();
        confinedTo.ifPresent(path -> attributes.put(SignedIn.CONFINED_TO, path));
        if (account.mustChange()) {
            attributes.put(SignedIn.MUST_CHANGE_PASSWORD, "true");
        }
        return new SignedIn(
                account.tenant(),
                account.id(),
                account.login(),
                account.name(),
                account.roles(),
                account.organisation(),
                attributes);
    }

    private Reply logout(Visit visit) {
        Optional<SignedIn> leaving = visit.personIfAny();
        leaving.ifPresent(person -> tell(visit, LoginEvent.Kind.SIGNED_OUT, person));
        visit.signOut();
        return Reply.seeOther(leaving.map(this::entrance).orElse(staff).loginPath());
    }

    private Entrance entrance(SignedIn person) {
        return person.roles().stream()
                .filter(others::containsKey)
                .map(others::get)
                .findFirst()
                .orElse(staff);
    }

    private void tell(Visit visit, LoginEvent.Kind kind, SignedIn person) {
        entrance(person).logins().tell(kind, person.tenant(), person.login(), visit.address());
    }

    private Reply account(Visit visit) {
        SignedIn person = visit.person();
        List<Session> sessions = pages.sessions().ofAccount(person.tenant(), person.account());
        Content content =
                templates.content(
                        "account/account.jte",
                        Map.of(
                                "visit",
                                visit,
                                "sessions",
                                sessions,
                                "secondFactor",
                                entrance(person) == staff ? gate.page().orElse("") : ""));
        return Reply.page(Page.titled(visit.text("account.title")), content);
    }

    private Reply endSession(Visit visit) {
        SignedIn person = visit.person();
        Optional<Session> session =
                pages.sessions().ofAccount(person.tenant(), person.account()).stream()
                        .filter(own -> own.idHash().hex().equals(visit.path("id")))
                        .findFirst();
        if (session.isEmpty()) {
            return Reply.notFound();
        }
        pages.sessions().delete(session.get().idHash());
        tell(visit, LoginEvent.Kind.SESSION_ENDED, person);
        visit.flash(Flash.Kind.SUCCESS, visit.text("account.session.ended"));
        return Reply.seeOther("/account");
    }

    private Reply passwordForm(Visit visit) {
        return passwordForm(visit, new FormErrors());
    }

    private Reply passwordForm(Visit visit, FormErrors errors) {
        Content content =
                templates.content("account/password.jte", Map.of("visit", visit, "errors", errors));
        return Reply.page(
                Page.titled(visit.text("account.password.title"))
                        .width(Page.Width.NARROW)
                        .errors(errors.list()),
                content);
    }

    private Reply changePassword(Visit visit) {
        SignedIn person = visit.person();
        Logins own = entrance(person).logins();
        Optional<StaffAccount> found = own.directory().byId(person.tenant(), person.account());
        if (found.isEmpty()) {
            return Reply.notFound();
        }
        StaffAccount account = found.get();
        String fresh = visit.form().raw("fresh");
        FormErrors errors = new FormErrors();
        LoginOutcome proof =
                own.attempt(
                        account.tenant(),
                        account.login(),
                        visit.form().raw("current"),
                        visit.address());
        if (proof instanceof LoginOutcome.Refused refused) {
            boolean wrong = refused.reason() == LoginOutcome.Reason.LOGIN_WRONG;
            errors.add(
                    "current",
                    wrong
                            ? visit.text("account.password.wrong")
                            : visit.texts().of("account.refused", refused.reason()));
        }
        PasswordRules.check(fresh, account.login(), account.name())
                .ifPresent(why -> errors.add("fresh", visit.texts().of("account.refused", why)));
        if (!fresh.equals(visit.form().raw("again"))) {
            errors.add("again", visit.text("account.password.differs"));
        }
        if (fresh.equals(visit.form().raw("current"))) {
            errors.add("fresh", visit.text("account.password.same"));
        }
        return errors.isEmpty()
                ? store(visit, account, fresh)
                : passwordForm(visit, errors).status(422);
    }

    private Reply store(Visit visit, StaffAccount account, String fresh) {
        Entrance entrance = entrance(visit.person());
        Logins own = entrance.logins();
        Optional<String> hash = own.hash(fresh);
        if (hash.isEmpty()) {
            FormErrors busy = new FormErrors();
            busy.add(
                    "current",
                    visit.texts().of("account.refused", LoginOutcome.Reason.LOGIN_THROTTLED));
            return passwordForm(visit, busy).status(429);
        }
        boolean changed =
                own.directory()
                        .changePassword(account.tenant(), account.id(), hash.get(), visit.now());
        if (!changed) {
            FormErrors elsewhere = new FormErrors();
            elsewhere.add("current", visit.text("account.password.elsewhere"));
            return passwordForm(visit, elsewhere).status(409);
        }
        // whoever knew the old password is thrown out
        pages.sessions().deleteAccount(account.tenant(), account.id());
        own.tell(LoginEvent.Kind.PASSWORD_CHANGED, account, visit.address());
        Optional<StaffAccount> now = own.directory().byId(account.tenant(), account.id());
        visit.signIn(person(now.orElse(account)));
        visit.flash(Flash.Kind.SUCCESS, visit.text("account.password.changed"));
        return Reply.seeOther(entrance.homePath());
    }
}
