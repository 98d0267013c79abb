package io.invigil.site.attendance;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.account.LoginOutcome;
import io.invigil.appliance.account.Logins;
import io.invigil.appliance.account.StaffAccount;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.SignedIn;
import io.invigil.appliance.web.Visit;
import io.invigil.site.technician.SetupCode;
import io.invigil.site.web.Refusals;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Login of proctors and technicians with the accounts of the roster. Before any package is here,
 * the set-up code of the console lets a technician in, with the login {@code setup}.
 */
public final class StaffApi implements HttpService {
    private static final int BODY_BYTES_MAX = 4 * 1024;

    private final HttpPages pages;
    private final StaffRoster roster;
    private final Logins logins;
    private final SetupCode setupCode;

    public StaffApi(HttpPages pages, StaffRoster roster, Logins logins, SetupCode setupCode) {
        this.pages = pages;
        this.roster = roster;
        this.logins = logins;
        this.setupCode = setupCode;
    }

    /** Body of {@code POST /api/staff/login}. */
    public record StaffLogin(String login, String password) {}

    @Override
    public void routing(HttpRules rules) {
        rules.post("/api/staff/login", pages.api(Access.open(), this::login));
    }

    private Reply login(Visit visit) {
        Optional<StaffLogin> request = visit.json(StaffLogin.class, BODY_BYTES_MAX);
        if (request.isEmpty()
                || request.get().login() == null
                || request.get().password() == null) {
            return Refusals.badRequest(visit);
        }
        return signIn(visit, request.get().login(), request.get().password());
    }

    /** Signs staff in, for the page's form too. */
    public Reply signIn(Visit visit, String login, String password) {
        if (login.strip().equals(SetupCode.LOGIN)) {
            return setup(visit, password);
        }
        return switch (logins.attempt(StaffRoster.TENANT, login, password, visit.address())) {
            case LoginOutcome.Refused refused ->
                    Refusals.of(visit, status(refused.reason()), refused.reason().name());
            case LoginOutcome.Welcome welcome -> {
                StaffAccount account = welcome.account();
                visit.signIn(
                        new SignedIn(
                                account.tenant(),
                                account.id(),
                                account.login(),
                                account.name(),
                                account.roles(),
                                Optional.empty(),
                                roster.examOf(account)
                                        .map(exam -> Map.of(RoomDoor.EXAM, exam))
                                        .orElse(Map.of())));
                yield Reply.json(Map.of("name", account.name(), "roles", account.roles()));
            }
        };
    }

    private Reply setup(Visit visit, String typed) {
        return switch (setupCode.check(typed, visit.address())) {
            case WRONG -> Refusals.of(visit, 401, LoginOutcome.Reason.LOGIN_WRONG.name());
            case WAIT -> Refusals.of(visit, 429, LoginOutcome.Reason.LOGIN_THROTTLED.name());
            case RIGHT -> {
                visit.signIn(
                        new SignedIn(
                                StaffRoster.TENANT,
                                0,
                                SetupCode.LOGIN,
                                SetupCode.LOGIN,
                                Set.of(StaffRoster.TECHNICIAN),
                                Optional.empty(),
                                Map.of()));
                yield Reply.json(
                        Map.of("name", SetupCode.LOGIN, "roles", Set.of(StaffRoster.TECHNICIAN)));
            }
        };
    }

    private static int status(LoginOutcome.Reason reason) {
        return switch (reason) {
            case LOGIN_WRONG -> 401;
            case LOGIN_LOCKED, LOGIN_DISABLED -> 403;
            case LOGIN_THROTTLED -> 429;
        };
    }
}
