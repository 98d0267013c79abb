package io.invigil.hub.arrangement;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.IdNumber;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** 排考明细 (source 004 section 5.2.8.3): who sits where and when, with export. Thread-safe. */
public final class SittingRowPages implements HttpService {
    private final PlanDesk plans;
    private final StaffDesk desk;
    private final SittingRows rows = new SittingRows();
    private final PlanContent content = new PlanContent();
    private final Organisations organisations = new Organisations();

    public SittingRowPages(PlanDesk plans) {
        this.plans = plans;
        this.desk = plans.desk();
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/plans/{plan}/arranged-sittings", plans.page(this::list))
                .post("/plans/{plan}/arranged-sittings/export", plans.page(this::export));
    }

    /**
     * What the page shows of one sitting.
     *
     * @param place the room's page, empty when it is another school's
     */
    public record Line(
            long id,
            String name,
            String number,
            String idNumber,
            String admission,
            String school,
            String certificate,
            String level,
            String subject,
            String mode,
            String time,
            String site,
            String room,
            String place,
            int seat) {}

    private static Line line(StaffScope scope, SittingRows.Row row) {
        ArrangedSitting one = row.one();
        String place =
                scope.sees(row.site().school())
                        ? PlanDesk.path(row.plan())
                                + "/arrangement/"
                                + row.slot().id()
                                + "/"
                                + one.room().id()
                        : "";
        return new Line(
                one.sitting().id().value(),
                one.candidate().name(),
                one.candidate().number(),
                IdNumber.masked(one.candidate().idNumber()),
                row.seating().admissionNumber(),
                one.school().name(),
                row.level().name(),
                row.level().level(),
                one.subject().name(),
                "plan.mode." + one.subject().mode().name(),
                row.time(),
                row.site().name(),
                one.room().name(),
                place,
                row.seating().seat());
    }

    private Reply list(Visit visit, StaffScope scope, Plan plan) {
        ListQuery query = ListQuery.of(visit, SittingRows.FIELDS);
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    List<SittingRows.Row> all = rows.of(tx, scope, plan, query);
                    List<Line> shown =
                            ListView.page(query, all).stream()
                                    .map(row -> line(scope, row))
                                    .toList();
                    view.put("rows", shown);
                    view.put(
                            "list",
                            new ListView(
                                    query,
                                    PlanDesk.path(plan) + "/arranged-sittings",
                                    all.size(),
                                    shown.size(),
                                    true));
                    view.put("slots", content.slots(tx, plan.tenant(), plan.id()));
                    view.put("levels", content.levels(tx, plan.tenant(), plan.id()));
                    view.put("subjects", content.subjects(tx, plan.tenant(), plan.id()));
                    view.put(
                            "schools",
                            scope.onlySchool().isPresent()
                                    ? List.<Organisation>of()
                                    : organisations
                                            .ofKind(tx, plan.tenant(), OrganisationKind.SCHOOL)
                                            .stream()
                                            .filter(one -> plan.schools().contains(one.id()))
                                            .toList());
                    return view;
                });
        view.put("visit", visit);
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("arrangement.by-sitting"))
                        .under(visit.text("arrangement.nav"), PlanDesk.path(plan) + "/arrangement")
                        .module("hub/listing.js")
                        .width(Page.Width.FULL),
                desk.content("arrangement/sittings.jte", view));
    }

    private Reply export(Visit visit, StaffScope scope, Plan plan) {
        ListQuery query = ListQuery.sent(visit, SittingRows.FIELDS);
        ListQuery filter = query.hasTicks() ? new ListQuery(Map.of(), 0, List.of()) : query;
        return SittingRows.sheet(scope.role() == StaffRole.SCHOOL_CLERK)
                .reply(
                        desk.inTransaction(tx -> rows.of(tx, scope, plan, filter)).stream()
                                .filter(row -> query.keeps(row.one().sitting().id().value()))
                                .toList());
    }
}
