package io.invigil.hub.sessionroom;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.account.StaffAccounts.InitialPassword;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.session.Presence;
import io.invigil.hub.session.Sessions;
import java.util.Optional;

/** A teacher asks for the password that opens the rooms of the own sessions. Thread-safe. */
public final class TeacherAccountPages implements HttpService {
    private final StaffDesk desk;
    private final Sessions sessions;
    private final TeacherAccounts accounts;

    public TeacherAccountPages(StaffDesk desk, Sessions sessions, TeacherAccounts accounts) {
        this.desk = desk;
        this.sessions = sessions;
        this.accounts = accounts;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/sessions/{session}/room/account", desk.page(this::send, StaffRole.TEACHER));
    }

    private Reply send(Visit visit, StaffScope scope) {
        long session = visit.pathNumber("session");
        if (desk.inTransaction(tx -> sessions.findVisible(tx, scope, session)).isEmpty()) {
            return Reply.notFound();
        }
        InitialPassword password = accounts.newPassword();
        Optional<String> mobile =
                desk.inTransaction(tx -> accounts.send(tx, scope, password, letter(visit)));
        if (mobile.isEmpty()) {
            return Reply.notFound();
        }
        visit.flash(
                Flash.Kind.SUCCESS,
                visit.text("sessionroom.account.sent", Presence.masked(mobile.get())));
        return Reply.seeOther("/sessions/" + session + "/room");
    }

    private static TeacherAccounts.Letter letter(Visit visit) {
        return new TeacherAccounts.Letter() {
            @Override
            public String subject() {
                return visit.text("sessionroom.account.letter.subject");
            }

            @Override
            public String text(String login, String password) {
                return visit.text("sessionroom.account.letter.text", login, password);
            }
        };
    }
}
