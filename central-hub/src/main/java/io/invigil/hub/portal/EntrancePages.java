package io.invigil.hub.portal;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.account.LoginOutcome;
import io.invigil.appliance.account.LoginPages;
import io.invigil.appliance.account.Logins;
import io.invigil.appliance.account.PasswordRules;
import io.invigil.appliance.i18n.Texts;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.LocalPath;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.appliance.web.limit.Throttle;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Entropy;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The portal's door: login, and a new password by a code. Codes are sent after the answer has gone,
 * so that its time tells nothing. Thread-safe.
 */
public final class EntrancePages implements HttpService {
    /** Codes asked for, and codes tried, from one address: a whole class may come through one. */
    public static final int TRIES_PER_ADDRESS = 60;

    public static final Duration TRIES_EVERY = Duration.ofSeconds(5);

    private final CandidateDesk desk;
    private final HttpPages pages;
    private final TenantId tenant;
    private final Logins logins;
    private final Recoveries recoveries;
    private final Executor background;
    private final Throttle addresses;

    /**
     * @param key at least 32 secret bytes for codes alone
     * @param background runs what must not delay the answer
     */
    public EntrancePages(
            CandidateDesk desk,
            TenantId tenant,
            Logins logins,
            PortalAccounts accounts,
            byte[] key,
            Executor background,
            Clock clock,
            Entropy entropy) {
        this.desk = desk;
        this.pages = desk.pages();
        this.tenant = tenant;
        this.logins = logins;
        this.recoveries = new Recoveries(desk.database(), tenant, accounts, key, clock, entropy);
        this.background = background;
        this.addresses = new Throttle(TRIES_PER_ADDRESS, TRIES_EVERY, clock);
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(CandidateDesk.LOGIN, pages.page(Access.open(), this::loginForm))
                .post(CandidateDesk.LOGIN, pages.page(Access.open(), this::login))
                .get("/portal/recover", pages.page(Access.open(), this::askForm))
                .post("/portal/recover", pages.page(Access.open(), this::ask))
                .post("/portal/recover/code", pages.page(Access.open(), this::redeem));
    }

    private Reply loginForm(Visit visit) {
        String next = next(visit.query("next"));
        boolean inside =
                visit.personIfAny().filter(person -> person.has(PortalAccounts.ROLE)).isPresent();
        return inside ? Reply.seeOther(next) : loginForm(visit, "", next, new FormErrors());
    }

    /** Only pages of the portal: a link must not lead a candidate to the staff's door. */
    private static String next(Optional<String> wanted) {
        String path = LocalPath.of(wanted.orElse(CandidateDesk.HOME));
        return path.startsWith("/portal/") ? path : CandidateDesk.HOME;
    }

    private Reply loginForm(Visit visit, String login, String next, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("login", login);
        view.put("next", next);
        view.put("errors", errors);
        return form(visit, "portal.login.title", errors, "portal/login.jte", view);
    }

    private Reply form(
            Visit visit,
            String titleKey,
            FormErrors errors,
            String template,
            Map<String, Object> view) {
        return Reply.page(
                Page.titled(visit.text(titleKey))
                        .width(Page.Width.NARROW)
                        .style("hub/portal.css")
                        .errors(errors.list()),
                desk.content(template, view));
    }

    private Reply login(Visit visit) {
        String next = next(visit.form().get("next"));
        String login = visit.form().text("login");
        LoginOutcome outcome =
                logins.attempt(
                        tenant.value(), login, visit.form().raw("password"), visit.address());
        return switch (outcome) {
            case LoginOutcome.Welcome welcome -> {
                visit.signIn(LoginPages.person(welcome.account()));
                yield Reply.seeOther(next);
            }
            case LoginOutcome.Refused refused -> {
                FormErrors errors = new FormErrors();
                errors.add("login", visit.texts().of("portal.refused", refused.reason()));
                int status = refused.reason() == LoginOutcome.Reason.LOGIN_THROTTLED ? 429 : 422;
                yield loginForm(visit, login, next, errors).status(status);
            }
        };
    }

    private Reply askForm(Visit visit) {
        return askForm(visit, "", new FormErrors());
    }

    private Reply askForm(Visit visit, String number, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("number", number);
        view.put("errors", errors);
        return form(visit, "portal.recover.title", errors, "portal/recover.jte", view);
    }

    private Reply ask(Visit visit) {
        String number = visit.form().text("number");
        FormErrors errors = new FormErrors();
        if (number.isEmpty()) {
            errors.add("number", visit.text("portal.recover.number.missing"));
            return askForm(visit, number, errors).status(422);
        }
        if (!addresses.allow(visit.address())) {
            errors.add("number", text(visit, PortalRefusal.PORTAL_TOO_OFTEN));
            return askForm(visit, number, errors).status(429);
        }
        Texts texts = visit.texts();
        String minutes = Long.toString(Recoveries.VALID.toMinutes());
        Recoveries.Letter letter =
                new Recoveries.Letter() {
                    @Override
                    public String subject() {
                        return texts.text("portal.recover.letter.subject");
                    }

                    @Override
                    public String text(String code) {
                        return texts.text("portal.recover.letter.text", code, minutes);
                    }
                };
        try {
            background.execute(() -> recoveries.request(number, letter));
        } catch (RejectedExecutionException full) {
            errors.add("number", text(visit, PortalRefusal.PORTAL_TOO_OFTEN));
            return askForm(visit, number, errors).status(429);
        }
        return codeForm(visit, number, new FormErrors());
    }

    private static String text(Visit visit, PortalRefusal refusal) {
        return visit.text("issue." + refusal.name());
    }

    private Reply codeForm(Visit visit, String number, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("number", number);
        view.put("minutes", Recoveries.VALID.toMinutes());
        view.put("errors", errors);
        return form(visit, "portal.code.title", errors, "portal/code.jte", view);
    }

    private Reply redeem(Visit visit) {
        String number = visit.form().text("number");
        String fresh = visit.form().raw("fresh");
        FormErrors errors = new FormErrors();
        if (!addresses.allow(visit.address())) {
            errors.add("code", text(visit, PortalRefusal.PORTAL_TOO_OFTEN));
            return codeForm(visit, number, errors).status(429);
        }
        PasswordRules.check(fresh, number, "")
                .ifPresent(why -> errors.add("fresh", visit.texts().of("account.refused", why)));
        if (!fresh.equals(visit.form().raw("again"))) {
            errors.add("again", visit.text("account.password.differs"));
        }
        Optional<String> hash = errors.isEmpty() ? logins.hash(fresh) : Optional.empty();
        if (errors.isEmpty() && hash.isEmpty()) {
            errors.add("code", text(visit, PortalRefusal.PORTAL_TOO_OFTEN));
            return codeForm(visit, number, errors).status(429);
        }
        if (errors.isEmpty()) {
            recoveries
                    .redeem(
                            number,
                            visit.form().text("code"),
                            fresh,
                            hash.orElseThrow(),
                            visit.address())
                    .ifPresent(
                            why ->
                                    errors.add(
                                            why == PortalRefusal.PORTAL_CODE_WRONG
                                                    ? "code"
                                                    : "fresh",
                                            text(visit, why)));
        }
        if (!errors.isEmpty()) {
            return codeForm(visit, number, errors).status(422);
        }
        visit.flash(Flash.Kind.SUCCESS, visit.text("portal.code.done"));
        return Reply.seeOther(CandidateDesk.LOGIN);
    }
}
