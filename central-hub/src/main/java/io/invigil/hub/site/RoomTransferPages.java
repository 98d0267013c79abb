package io.invigil.hub.site;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Rooms of a plan: export of ticked or all, and taking them over from the last plan. Thread-safe.
 */
public final class RoomTransferPages implements HttpService {
    private final PlanDesk plans;
    private final StaffDesk desk;
    private final Rooms rooms = new Rooms();
    private final RoomCopies copies = new RoomCopies();
    private final Sites sites = new Sites();
    private final PlanContent content = new PlanContent();
    private final Organisations organisations = new Organisations();

    public RoomTransferPages(PlanDesk plans) {
        this.plans = plans;
        this.desk = plans.desk();
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/plans/{plan}/rooms/export", plans.page(this::export))
                .post("/plans/{plan}/rooms/copy", plans.page(this::copy, StaffRole.SCHOOL_CLERK));
    }

    /** A room with the names that its export shows. */
    record Row(
            Plan plan, Room room, Site site, String school, List<String> levels, RoomState state) {}

    private Reply export(Visit visit, StaffScope scope, Plan plan) {
        ListQuery query = ListQuery.sent(visit);
        List<Row> rows =
                desk.inTransaction(
                        tx -> {
                            Map<SiteId, Site> visible =
                                    sites.visible(tx, scope).stream()
                                            .collect(
                                                    Collectors.toMap(
                                                            Site::id, Function.identity()));
                            Map<OrganisationId, String> schools = new HashMap<>();
                            for (Organisation one :
                                    organisations.ofKind(
                                            tx, scope.tenant(), OrganisationKind.SCHOOL)) {
                                schools.put(one.id(), one.name());
                            }
                            Map<LevelId, String> titles = new HashMap<>();
                            for (CertificateLevel one :
                                    content.levels(tx, plan.tenant(), plan.id())) {
                                titles.put(one.id(), one.title());
                            }
                            Map<RoomId, RoomState> states = rooms.states(tx, plan, visit.now());
                            return rooms.ofPlan(tx, plan.tenant(), plan.id()).stream()
                                    .filter(room -> visible.containsKey(room.site()))
                                    .filter(
                                            room ->
                                                    !query.hasTicks()
                                                            || query.ticked()
                                                                    .contains(room.id().value()))
                                    .map(room -> row(plan, room, visible, schools, titles, states))
                                    .toList();
                        });
        return sheet().reply(rows);
    }

    private static Row row(
            Plan plan,
            Room room,
            Map<SiteId, Site> visible,
            Map<OrganisationId, String> schools,
            Map<LevelId, String> titles,
            Map<RoomId, RoomState> states) {
        Site site = visible.get(room.site());
        return new Row(
                plan,
                room,
                site,
                schools.getOrDefault(site.school(), ""),
                room.levels().stream().map(titles::get).sorted().toList(),
                states.getOrDefault(room.id(), RoomState.NOT_ARRANGED));
    }

    /** The columns of source 004 section 5.2.5, verbatim. */
    static ListSheet<Row> sheet() {
        return new ListSheet<Row>("考场信息")
                .column("所属考试计划", 30, row -> row.plan().name())
                .column("所属考场地点", 36, row -> row.site().name())
                .column("所属院校", 26, Row::school)
                .column("考场名称", 16, row -> row.room().name())
                .column(
                        "考场类型",
                        18,
                        row ->
                                row.room().types().stream()
                                        .sorted()
                                        .map(one -> one.chinese())
                                        .collect(Collectors.joining(", ")))
                .column("考位数", 8, row -> Integer.toString(row.room().seats()))
                .column("考场地址", 26, row -> row.site().region())
                .column("详细地址", 36, row -> row.room().address())
                .column("本次组织考试的证书", 40, row -> String.join(", ", row.levels()))
                .column("状态", 10, row -> row.state().chinese());
    }

    private Reply copy(Visit visit, StaffScope scope, Plan plan) {
        Optional<RoomCopies.Copied> copied =
                desk.inTransaction(tx -> copies.copy(tx, scope, plan, visit.now()));
        if (copied.isEmpty()) {
            visit.flash(Flash.Kind.NOTICE, visit.text("site.room.copy.none"));
        } else {
            String why =
                    copied.get().refused().entrySet().stream()
                            .limit(10)
                            .map(one -> one.getKey() + "：" + StaffDesk.text(visit, one.getValue()))
                            .collect(Collectors.joining(" "));
            visit.flash(
                    why.isEmpty() ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                    visit.text("site.room.copied", copied.get().copied()) + " " + why);
        }
        return Reply.seeOther(PlanDesk.path(plan) + "/rooms");
    }
}
