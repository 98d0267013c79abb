package io.invigil.hub.fleet;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Problem;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.appliance.web.live.Broadcast;
import io.invigil.hub.ingest.IngestEvents;
import io.invigil.hub.ingest.LaneState;
import io.invigil.hub.ingest.LaneStates;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import io.invigil.protocol.fact.NodeId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The live page of nodes, claim codes, and one node's details. Thread-safe. */
public final class NodePages implements HttpService {
    private final HttpPages pages;
    private final StaffDesk desk;
    private final Fleet fleet;
    private final IngestEvents events;
    private final Broadcast broadcast;
    private final Sites sites = new Sites();
    private final LaneStates states = new LaneStates();

    public NodePages(
            HttpPages pages,
            StaffDesk desk,
            Fleet fleet,
            IngestEvents events,
            Broadcast broadcast) {
        this.pages = pages;
        this.desk = desk;
        this.fleet = fleet;
        this.events = events;
        this.broadcast = broadcast;
    }

    @Override
    public void routing(HttpRules rules) {
        String[] viewers = {
            StaffRole.BODY_STAFF.code(),
            StaffRole.SCHOOL_CLERK.code(),
            StaffRole.AUTHORITY_READER.code()
        };
        rules.get("/nodes", desk.page(this::list))
                .get("/nodes/table", desk.page(this::table))
                .get(
                        "/nodes/live",
                        pages.api(Access.roles(viewers), visit -> Reply.live(broadcast)))
                .get("/nodes/claim", desk.page(this::claimForm, StaffRole.BODY_STAFF))
                .post("/nodes/claim", desk.page(this::claim, StaffRole.BODY_STAFF))
                .get("/nodes/{node}", desk.page(this::show))
                .post("/nodes/{node}/revoke", desk.page(this::revoke, StaffRole.BODY_STAFF));
    }

    private List<NodeRow> rows(StaffScope scope) {
        return desk.inTransaction(
                tx ->
                        fleet.nodes(tx, scope).stream()
                                .map(
                                        node ->
                                                NodeRow.of(
                                                        tx,
                                                        scope.tenant(),
                                                        node,
                                                        states,
                                                        events.of(node.id())))
                                .toList());
    }

    private Reply list(Visit visit, StaffScope scope) {
        boolean body = scope.role() == StaffRole.BODY_STAFF;
        List<Claim> claims = body ? desk.inTransaction(fleet::recentClaims) : List.of();
        return Reply.page(
                Page.titled(visit.text("fleet.nav")).live("/nodes/live"),
                desk.content(
                        "fleet/list.jte",
                        Map.of(
                                "visit", visit,
                                "rows", rows(scope),
                                "claims", claims,
                                "body", body)));
    }

    private Reply table(Visit visit, StaffScope scope) {
        return Reply.html(
                desk.content("fleet/table.jte", Map.of("visit", visit, "rows", rows(scope))));
    }

    private Reply claimForm(Visit visit, StaffScope scope) {
        return claimForm(visit, scope, new FormErrors());
    }

    private Reply claimForm(Visit visit, StaffScope scope, FormErrors errors) {
        List<Site> visible = desk.inTransaction(tx -> sites.visible(tx, scope));
        String node = visit.form().text("node");
        String rooms = visit.form().text("rooms");
        return Reply.page(
                Page.titled(visit.text("fleet.claim.new"))
                        .width(Page.Width.NARROW)
                        .under(visit.text("fleet.nav"), "/nodes")
                        .errors(errors.list()),
                desk.content(
                        "fleet/claim.jte",
                        Map.of(
                                "visit", visit,
                                "sites", visible,
                                "node", node,
                                "rooms", rooms,
                                "errors", errors)));
    }

    private Reply claim(Visit visit, StaffScope scope) {
        Optional<Long> site = visit.form().number("site").filter(number -> number > 0);
        if (site.isEmpty()) {
            FormErrors errors = new FormErrors();
            errors.add("site", visit.texts().of("fleet.refused", FleetRefusal.FLEET_SITE_UNKNOWN));
            return claimForm(visit, scope, errors).status(422);
        }
        List<String> rooms =
                Arrays.stream(visit.form().text("rooms").split("[\\r\\n,，、]+"))
                        .map(String::strip)
                        .filter(room -> !room.isEmpty())
                        .toList();
        return switch (fleet.claim(
                scope, visit.form().text("node"), new SiteId(site.get()), rooms)) {
            case Fleet.ClaimDecision.Made made ->
                    Reply.page(
                            Page.titled(visit.text("fleet.claim.made"))
                                    .width(Page.Width.NARROW)
                                    .under(visit.text("fleet.nav"), "/nodes"),
                            desk.content(
                                    "fleet/code.jte",
                                    Map.of(
                                            "visit", visit,
                                            "claim", made.claim(),
                                            "code", made.code().text())));
            case Fleet.ClaimDecision.Refused refused -> {
                FormErrors errors = new FormErrors();
                errors.add(
                        refused.reason() == FleetRefusal.FLEET_SITE_UNKNOWN ? "site" : "node",
                        visit.texts().of("fleet.refused", refused.reason()));
                yield claimForm(visit, scope, errors).status(422);
            }
        };
    }

    private Optional<SiteNode> find(Visit visit, StaffScope scope) {
        String name = visit.path("node");
        if (!NodeId.isValid(name)) {
            return Optional.empty();
        }
        return desk.inTransaction(tx -> fleet.nodes(tx, scope)).stream()
                .filter(node -> node.id().value().equals(name))
                .findFirst();
    }

    private Reply show(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(node -> show(visit, scope, node, new FormErrors()))
                .orElseGet(Reply::notFound);
    }

    private Reply show(Visit visit, StaffScope scope, SiteNode node, FormErrors errors) {
        NodeRow row =
                desk.inTransaction(
                        tx -> NodeRow.of(tx, scope.tenant(), node, states, events.of(node.id())));
        List<LaneState> lanes = desk.inTransaction(tx -> states.of(tx, scope.tenant(), node.id()));
        return Reply.page(
                Page.titled(node.id().value())
                        .under(visit.text("fleet.nav"), "/nodes")
                        .errors(errors.list()),
                desk.content(
                        "fleet/show.jte",
                        Map.of(
                                "visit", visit,
                                "row", row,
                                "lanes", lanes,
                                "body", scope.role() == StaffRole.BODY_STAFF,
                                "errors", errors)));
    }

    private Reply revoke(Visit visit, StaffScope scope) {
        Optional<SiteNode> node = find(visit, scope);
        if (node.isEmpty()) {
            return Reply.notFound();
        }
        Optional<FleetRefusal> refusal =
                fleet.revoke(scope, node.get().id(), visit.form().text("reason"));
        if (refusal.isEmpty()) {
            visit.flash(Flash.Kind.SUCCESS, visit.text("fleet.revoked", node.get().id()));
            return Reply.seeOther("/nodes");
        }
        if (refusal.get() == FleetRefusal.FLEET_REASON_MISSING) {
            FormErrors errors = new FormErrors();
            errors.add("reason", visit.texts().of("fleet.refused", refusal.get()));
            return show(visit, scope, node.get(), errors).status(422);
        }
        return Reply.problem(Problem.of(409, refusal.get()));
    }
}
