package io.invigil.hub.candidate;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which ground photos must have. Thread-safe. */
public final class PhotoRulePages implements HttpService {
    private static final String PATH = "/photo-rules";

    private final StaffDesk desk;
    private final PhotoRules photos = new PhotoRules();

    public PhotoRulePages(StaffDesk desk) {
        this.desk = desk;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(PATH, desk.page(this::show, StaffRole.BODY_STAFF))
                .post(PATH, desk.page(this::demand, StaffRole.BODY_STAFF));
    }

    private Reply show(Visit visit, StaffScope scope) {
        PhotoBackground now = desk.inTransaction(tx -> photos.background(tx, scope.tenant()));
        return Reply.page(
                Page.titled(visit.text("candidate.photo-rule"))
                        .width(Page.Width.NARROW)
                        .under(visit.text("candidate.nav"), "/candidates"),
                desk.content(
                        "candidate/photo-rule.jte",
                        Map.of(
                                "visit",
                                visit,
                                "now",
                                now,
                                "choices",
                                List.of(PhotoBackground.values()))));
    }

    private Reply demand(Visit visit, StaffScope scope) {
        Optional<PhotoBackground> wanted =
                Arrays.stream(PhotoBackground.values())
                        .filter(one -> one.name().equals(visit.form().text("background")))
                        .findFirst();
        if (wanted.isEmpty()) {
            return show(visit, scope).status(422);
        }
        desk.inTransaction(
                tx -> {
                    photos.demand(tx, scope, wanted.get());
                    return true;
                });
        visit.flash(Flash.Kind.SUCCESS, visit.text("candidate.photo-rule.saved"));
        return Reply.seeOther(PATH);
    }
}
