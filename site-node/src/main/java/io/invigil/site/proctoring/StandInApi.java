package io.invigil.site.proctoring;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.account.Logins;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.room.LateChangeDetails;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.site.attendance.SecondOfficial;
import io.invigil.site.attendance.StaffApi;
import io.invigil.site.attendance.StaffRoster;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.DeskCommand;
import io.invigil.site.web.Refusals;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An account for a stand-in proctor, opened at the room's own server by two officials, with or
 * without a line (issue 3, part 6). The password is in this one answer and nowhere else: the ledger
 * holds its hash. Opened again for the same person it replaces the password.
 */
public final class StandInApi implements HttpService {
    /** No login of a package looks like it: the same teacher may be a proctor on another day. */
    private static final String PREFIX = "s-";

    private static final int BODY_BYTES_MAX = 16 * 1024;

    private final HttpPages pages;
    private final RoomEngine engine;
    private final StaffRoster roster;
    private final SecondOfficial second;
    private final Entropy entropy;

    public StandInApi(
            HttpPages pages,
            RoomEngine engine,
            StaffRoster roster,
            Logins logins,
            Entropy entropy) {
        this.pages = pages;
        this.engine = engine;
        this.roster = roster;
        this.second = new SecondOfficial(logins);
        this.entropy = entropy;
    }

    /**
     * @param number of the person (教师编号); in lower case, after {@code s-}, it is the login
     * @param room in which the account is good
     * @param replaces who did not come; absent for nobody
     * @param second another official's own login
     */
    public record StandInRequest(
            String name,
            String number,
            String room,
            String replaces,
            String reason,
            StaffApi.StaffLogin second) {
        boolean complete() {
            return name != null
                    && number != null
                    && room != null
                    && reason != null
                    && second != null
                    && second.login() != null
                    && second.password() != null;
        }
    }

    @Override
    public void routing(HttpRules rules) {
        rules
                // two officials open it; the password is shown in this answer alone
                .post(
                "/api/room/{exam}/stand-ins",
                pages.api(Access.roles(StaffRoster.PROCTOR), this::open));
    }

    private Reply open(Visit visit) {
        Optional<StandInRequest> request =
                visit.json(StandInRequest.class, BODY_BYTES_MAX).filter(StandInRequest::complete);
        if (request.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        StandInRequest asked = request.get();
        return switch (second.check(visit, asked.second())) {
            case SecondOfficial.Known witness -> open(visit, asked, witness.login());
            case SecondOfficial.Refused refused -> refused.reply();
        };
    }

    private Reply open(Visit visit, StandInRequest asked, String witness) {
        String login = PREFIX + asked.number().strip().toLowerCase(Locale.ROOT);
        if (roster.isOfAPackage(login)) {
            return Refusals.of(visit, 409, "STAND_IN_LOGIN_TAKEN");
        }
        StaffAccounts.InitialPassword password = StaffAccounts.newPassword(entropy);
        return Refusals.of(
                visit,
                engine.ask(
                        new DeskCommand.OpenStandIn(
                                "staff:" + visit.person().login(),
                                visit.path("exam"),
                                HexFormat.of().formatHex(entropy.bytes(16)),
                                login,
                                asked.name().strip(),
                                asked.reason().strip(),
                                new LateChangeDetails(
                                        asked.number(), asked.room(), 0, "", asked.replaces()),
                                password.hash(),
                                witness)),
                kept -> shown(login, password));
    }

    /** The state is published before the answer: who reads it can log in. */
    private Reply shown(String login, StaffAccounts.InitialPassword password) {
        roster.refresh();
        return Reply.json(Map.of("login", login, "password", password.password().reveal()))
                .header("Cache-Control", "no-store");
    }
}
