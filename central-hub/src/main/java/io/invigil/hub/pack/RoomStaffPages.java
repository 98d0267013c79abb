package io.invigil.hub.pack;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Accounts of proctors and technicians of the sites. Thread-safe. */
public final class RoomStaffPages implements HttpService {
    private final StaffDesk desk;
    private final RoomStaff staff;
    private final Sites sites = new Sites();

    public RoomStaffPages(StaffDesk desk, RoomStaff staff) {
        this.desk = desk;
        this.staff = staff;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole[] roles = {StaffRole.BODY_STAFF, StaffRole.SCHOOL_CLERK};
        rules.get("/room-staff", desk.page(this::choose, roles))
                .get("/room-staff/{site}", desk.page(this::list, roles))
                .post("/room-staff/{site}", desk.page(this::add, roles))
                .post("/room-staff/{site}/password", desk.page(this::password, roles))
                .post("/room-staff/{site}/disable", desk.page(this::disable, roles));
    }

    private Reply choose(Visit visit, StaffScope scope) {
        List<Site> visible = desk.inTransaction(tx -> sites.visible(tx, scope));
        return Reply.page(
                Page.titled(visit.text("room-staff.nav")),
                desk.content("pack/sites.jte", Map.of("visit", visit, "sites", visible)));
    }

    private Optional<Site> find(Visit visit, StaffScope scope) {
        long number = visit.pathNumber("site");
        return number > 0
                ? desk.inTransaction(tx -> sites.findVisible(tx, scope, new SiteId(number)))
                : Optional.empty();
    }

    private Reply list(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(site -> list(visit, site, new FormErrors(), Optional.empty()))
                .orElseGet(Reply::notFound);
    }

    private Reply list(
            Visit visit, Site site, FormErrors errors, Optional<RoomStaff.Outcome.Made> made) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("site", site);
        view.put("accounts", desk.inTransaction(tx -> staff.accounts(tx, site.id())));
        view.put("login", errors.isEmpty() ? "" : visit.form().text("login"));
        view.put("name", errors.isEmpty() ? "" : visit.form().text("name"));
        view.put("errors", errors);
        view.put("madeLogin", made.map(m -> m.account().login()).orElse(""));
        view.put("madePassword", made.map(RoomStaff.Outcome.Made::password).orElse(""));
        return Reply.page(
                Page.titled(site.name())
                        .under(visit.text("room-staff.nav"), "/room-staff")
                        .errors(errors.list()),
                desk.content("pack/staff.jte", view));
    }

    private Reply add(Visit visit, StaffScope scope) {
        Optional<Site> site = find(visit, scope);
        if (site.isEmpty()) {
            return Reply.notFound();
        }
        RoomStaff.Role role =
                visit.form().text("role").equals(RoomStaff.Role.TECHNICIAN.name())
                        ? RoomStaff.Role.TECHNICIAN
                        : RoomStaff.Role.PROCTOR;
        String login = visit.form().text("login").toLowerCase(Locale.ROOT);
        String name = visit.form().text("name");
        // a password may be chosen, such as for a rehearsal; else it is random
        Optional<String> chosen = visit.form().get("password");
        RoomStaff.Outcome outcome =
                desk.inTransaction(
                        tx ->
                                chosen.isPresent()
                                        ? staff.add(
                                                tx,
                                                scope,
                                                site.get().id(),
                                                login,
                                                name,
                                                role,
                                                chosen.get())
                                        : staff.add(tx, scope, site.get().id(), login, name, role));
        return told(visit, site.get(), outcome);
    }

    private Reply password(Visit visit, StaffScope scope) {
        Optional<Site> site = find(visit, scope);
        if (site.isEmpty()) {
            return Reply.notFound();
        }
        String login = visit.form().text("login");
        return told(
                visit, site.get(), desk.inTransaction(tx -> staff.newPassword(tx, scope, login)));
    }

    private Reply told(Visit visit, Site site, RoomStaff.Outcome outcome) {
        return switch (outcome) {
            case RoomStaff.Outcome.Made made ->
                    list(visit, site, new FormErrors(), Optional.of(made));
            case RoomStaff.Outcome.Refused refused -> {
                FormErrors errors = new FormErrors();
                String field =
                        refused.reason() == RoomStaff.Refusal.ROOM_STAFF_NAME ? "name" : "login";
                errors.add(field, visit.texts().of("room-staff.refused", refused.reason()));
                yield list(visit, site, errors, Optional.empty()).status(422);
            }
        };
    }

    private Reply disable(Visit visit, StaffScope scope) {
        Optional<Site> site = find(visit, scope);
        if (site.isEmpty()) {
            return Reply.notFound();
        }
        boolean off = visit.form().text("disabled").equals("true");
        String login = visit.form().text("login");
        desk.inTransaction(tx -> staff.disable(tx, scope, login, off));
        return Reply.seeOther("/room-staff/" + site.get().id());
    }
}
