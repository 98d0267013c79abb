package io.invigil.site.attendance;

import io.invigil.appliance.account.LoginOutcome;
import io.invigil.appliance.account.Logins;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.site.web.Refusals;
import java.util.Optional;

/**
 * The own login of a second official, typed into the page of the first where one alone may not
 * decide. It signs nobody in, and a wrong one is 403, not 401: 401 says that whoever asks is signed
 * out, and sends the page away with all that was typed.
 */
public final class SecondOfficial {
    /** What came of it. */
    public sealed interface Answer {}

    public record Known(String login) implements Answer {}

    public record Refused(Reply reply) implements Answer {}

    private final Logins logins;

    public SecondOfficial(Logins logins) {
        this.logins = logins;
    }

    /** Counts as a login attempt from the visitor's address. */
    public Answer check(Visit visit, StaffApi.StaffLogin typed) {
        String password = Optional.ofNullable(typed.password()).orElse("");
        return switch (logins.attempt(
                StaffRoster.TENANT, typed.login(), password, visit.address())) {
            case LoginOutcome.Welcome welcome -> new Known(welcome.account().login());
            case LoginOutcome.Refused refused -> new Refused(refusal(visit, refused.reason()));
        };
    }

    private static Reply refusal(Visit visit, LoginOutcome.Reason reason) {
        return switch (reason) {
            case LOGIN_WRONG -> Refusals.of(visit, 403, "SECOND_LOGIN_WRONG");
            case LOGIN_LOCKED, LOGIN_DISABLED -> Refusals.of(visit, 403, reason.name());
            case LOGIN_THROTTLED -> Refusals.of(visit, 429, reason.name());
        };
    }
}
