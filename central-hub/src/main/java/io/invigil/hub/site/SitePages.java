package io.invigil.hub.site;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.RecordVersion;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Sites: application by the school, decision by the body. Thread-safe. */
public final class SitePages implements HttpService {
    private final StaffDesk desk;
    private final Sites sites = new Sites();
    private final SiteFiles files = new SiteFiles();

    public SitePages(StaffDesk desk) {
        this.desk = desk;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        StaffRole body = StaffRole.BODY_STAFF;
        rules.get("/sites", desk.page(this::list))
                .get("/sites/new", desk.page(this::blank, clerk))
                .post("/sites/new", desk.page(this::add, clerk))
                .get("/sites/{site}", desk.page(this::show))
                .get("/sites/{site}/edit", desk.page(this::edit, clerk))
                .post("/sites/{site}/edit", desk.page(this::change, clerk))
                .post("/sites/{site}/submit", desk.page(this::submit, clerk))
                .post("/sites/{site}/approve", desk.page(this::approve, body))
                .post("/sites/{site}/return", desk.page(this::giveBack, body));
    }

    /** The tag's style of an approval state. */
    public static String style(Site.Approval approval) {
        return switch (approval) {
            case DRAFT -> "";
            case PENDING -> "tag-info";
            case APPROVED -> "tag-good";
            case RETURNED -> "tag-warn";
        };
    }

    private Reply list(Visit visit, StaffScope scope) {
        List<Site> rows = desk.inTransaction(tx -> sites.visible(tx, scope));
        return Reply.page(
                Page.titled(visit.text("site.nav")),
                desk.content(
                        "site/list.jte", Map.of("visit", visit, "scope", scope, "rows", rows)));
    }

    private Optional<Site> find(Visit visit, StaffScope scope) {
        long number = visit.pathNumber("site");
        return number <= 0
                ? Optional.empty()
                : desk.inTransaction(tx -> sites.findVisible(tx, scope, new SiteId(number)));
    }

    private Reply show(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(site -> show(visit, scope, site, new FormErrors()))
                .orElseGet(Reply::notFound);
    }

    private Reply show(Visit visit, StaffScope scope, Site site, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    view.put("files", files.of(tx, scope, site));
                    view.put("history", sites.history(tx, site));
                    return view;
                });
        view.put("visit", visit);
        view.put("site", site);
        view.put("mayRead", SiteFiles.mayRead(scope, site));
        view.put("own", scope.mayChange(site.school()));
        view.put("body", scope.role() == StaffRole.BODY_STAFF);
        view.put("errors", errors);
        return Reply.page(
                Page.titled(site.name())
                        .under(visit.text("site.nav"), "/sites")
                        .errors(errors.list()),
                desk.content("site/show.jte", view));
    }

    private Reply blank(Visit visit, StaffScope scope) {
        Entered suggested =
                new Entered.Builder()
                        .with("name", scope.organisation().name() + "考核站点")
                        .with("region", scope.organisation().region())
                        .build();
        return form(visit, "/sites/new", suggested, new FormErrors(), List.of());
    }

    private Reply form(
            Visit visit,
            String action,
            Entered entered,
            FormErrors errors,
            List<RecordVersion.Difference> differences) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("action", action);
        view.put("entered", entered);
        view.put("errors", errors);
        view.put("differences", differences);
        return Reply.page(
                Page.titled(visit.text(action.equals("/sites/new") ? "site.new" : "site.edit"))
                        .width(Page.Width.NARROW)
                        .under(visit.text("site.nav"), "/sites")
                        .errors(errors.list()),
                desk.content("site/form.jte", view));
    }

    private static SiteDraft draft(Entered sent, StaffScope scope) {
        return new SiteDraft(
                scope.organisation().id(),
                sent.text("name").strip(),
                sent.text("region").strip(),
                sent.text("address").strip(),
                sent.text("contact").strip(),
                sent.text("phone").strip());
    }

    private static Entered stored(Site site) {
        return new Entered.Builder()
                .with("name", site.name())
                .with("region", site.region())
                .with("address", site.address())
                .with("contact", site.contact())
                .with("phone", site.phone())
                .build();
    }

    private Reply add(Visit visit, StaffScope scope) {
        Entered sent = new Entered(visit.form().fields());
        return entered(
                visit,
                "/sites/new",
                sent,
                desk.inTransaction(tx -> sites.add(tx, scope, draft(sent, scope))));
    }

    private Reply edit(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(
                        site ->
                                form(
                                        visit,
                                        "/sites/" + site.id() + "/edit",
                                        RecordVersion.opened(stored(site), site),
                                        new FormErrors(),
                                        List.of()))
                .orElseGet(Reply::notFound);
    }

    private Reply change(Visit visit, StaffScope scope) {
        Optional<Site> found = find(visit, scope);
        if (found.isEmpty()) {
            return Reply.notFound();
        }
        String action = "/sites/" + found.get().id() + "/edit";
        Entered sent =
                RecordVersion.settled(new Entered(visit.form().fields()), stored(found.get()));
        Changing changing =
                desk.inTransaction(
                        tx -> {
                            Site now =
                                    sites.lock(tx, scope.tenant(), found.get().id()).orElseThrow();
                            return RecordVersion.isOf(sent, now)
                                    ? new Changing.Decided(
                                            sites.change(tx, scope, now, draft(sent, scope)))
                                    : new Changing.Meanwhile(now);
                        });
        return switch (changing) {
            case Changing.Decided decided -> entered(visit, action, sent, decided.decision());
            case Changing.Meanwhile meanwhile -> conflict(visit, action, sent, meanwhile.now());
        };
    }

    private sealed interface Changing {
        record Decided(SiteDecision decision) implements Changing {}

        /** Somebody else changed the site since the form was filled. */
        record Meanwhile(Site now) implements Changing {}
    }

    private Reply conflict(Visit visit, String action, Entered sent, Site now) {
        List<RecordVersion.Difference> differences =
                RecordVersion.differences(stored(now), sent).stream()
                        .filter(one -> stored(now).fields().containsKey(one.field()))
                        .map(one -> one.labelled(visit.text("site." + one.field())))
                        .toList();
        FormErrors errors =
                StaffDesk.errors(
                        visit, List.of(FieldIssue.of("", SiteRefusal.SITE_CHANGED_MEANWHILE)));
        Entered again = RecordVersion.versioned(sent, stored(now), now);
        return form(visit, action, again, errors, differences).status(409);
    }

    private Reply entered(Visit visit, String action, Entered sent, SiteDecision decision) {
        return switch (decision) {
            case SiteDecision.Saved saved -> saved(visit, saved);
            case SiteDecision.Refused refused ->
                    form(visit, action, sent, StaffDesk.errors(visit, refused.issues()), List.of())
                            .status(422);
        };
    }

    private static Reply saved(Visit visit, SiteDecision.Saved saved) {
        visit.flash(Flash.Kind.SUCCESS, visit.text("plan.saved"));
        return Reply.seeOther("/sites/" + saved.site());
    }

    private Reply submit(Visit visit, StaffScope scope) {
        return move(visit, scope, (tx, site) -> sites.submit(tx, scope, site, visit.now()));
    }

    private Reply approve(Visit visit, StaffScope scope) {
        return move(visit, scope, (tx, site) -> sites.approve(tx, scope, site, visit.now()));
    }

    private Reply giveBack(Visit visit, StaffScope scope) {
        String reason = visit.form().text("reason");
        return move(
                visit, scope, (tx, site) -> sites.giveBack(tx, scope, site, reason, visit.now()));
    }

    private Reply move(Visit visit, StaffScope scope, BiFunction<Tx, Site, SiteDecision> work) {
        Optional<Site> site = find(visit, scope);
        if (site.isEmpty()) {
            return Reply.notFound();
        }
        return switch (desk.inTransaction(tx -> work.apply(tx, site.get()))) {
            case SiteDecision.Saved saved -> saved(visit, saved);
            case SiteDecision.Refused refused ->
                    show(visit, scope, site.get(), StaffDesk.errors(visit, refused.issues()))
                            .status(422);
        };
    }
}
