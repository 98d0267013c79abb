package io.invigil.hub.ingest;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Alarms, what was refused with its reasons, and records a projection could not take. */
public final class IngestPages implements HttpService {
    private final StaffDesk desk;
    private final AlarmStore alarms;
    private final ProjectionRunner projections;
    private final Audit audit = new Audit();

    public IngestPages(StaffDesk desk, AlarmStore alarms, ProjectionRunner projections) {
        this.desk = desk;
        this.alarms = alarms;
        this.projections = projections;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/ingest", desk.page(this::show, StaffRole.BODY_STAFF))
                .get("/ingest/parked/{item}", desk.page(this::content, StaffRole.BODY_STAFF))
                .post("/ingest/retry", desk.page(this::retry, StaffRole.BODY_STAFF));
    }

    private Reply show(Visit visit, StaffScope scope) {
        int behind = projections.lanesBehind();
        return desk.inTransaction(
                tx ->
                        Reply.page(
                                Page.titled(visit.text("ingest.nav")),
                                desk.content(
                                        "ingest/show.jte",
                                        Map.of(
                                                "visit", visit,
                                                "behind", behind,
                                                "alarms", alarms.recent(tx),
                                                "parked", alarms.parked(tx),
                                                "unapplied", alarms.unapplied(tx)))));
    }

    /** The bytes as they came; evidence, opened by nobody here. */
    private Reply content(Visit visit, StaffScope scope) {
        String item = visit.path("item");
        Optional<byte[]> content =
                item.matches("[0-9a-f]{64}")
                        ? desk.inTransaction(tx -> alarms.content(tx, item))
                        : Optional.empty();
        return content.map(
                        bytes ->
                                Reply.download(
                                        item.substring(0, 16) + ".bin",
                                        "application/octet-stream",
                                        out -> out.write(bytes)))
                .orElseGet(Reply::notFound);
    }

    private Reply retry(Visit visit, StaffScope scope) {
        List<String> names =
                desk.inTransaction(alarms::unapplied).stream()
                        .map(AlarmStore.Unapplied::projection)
                        .distinct()
                        .toList();
        int applied = 0;
        for (String name : names) {
            applied += projections.retryParked(name);
        }
        Map<String, ?> what = Map.of("projections", names, "applied", applied);
        desk.inTransaction(
                tx -> {
                    audit.created(tx, scope.actor(), "ingest-retry", "parked", what);
                    return Boolean.TRUE;
                });
        visit.flash(Flash.Kind.SUCCESS, visit.text("ingest.retried", applied));
        return Reply.seeOther("/ingest");
    }
}
