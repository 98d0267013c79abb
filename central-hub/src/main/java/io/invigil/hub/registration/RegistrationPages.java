package io.invigil.hub.registration;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.IdNumber;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.SubjectId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The list of a plan's registrations: filters, export, removal of ticked rows. Thread-safe. */
public final class RegistrationPages implements HttpService {
    private static final String[] FIELDS = {"q", "school", "level", "subject", "state", "payment"};

    private final PlanDesk plans;
    private final StaffDesk desk;
    private final Registrations registrations;
    private final RegistrationRemoval removal;
    private final RegistrationList registered = new RegistrationList();
    private final PlanContent content = new PlanContent();
    private final Organisations organisations = new Organisations();

    public RegistrationPages(
            PlanDesk plans, Registrations registrations, RegistrationRemoval removal) {
        this.plans = plans;
        this.desk = plans.desk();
        this.registrations = registrations;
        this.removal = removal;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/plans/{plan}/registrations", plans.page(this::list))
                .post("/plans/{plan}/registrations/export", plans.page(this::export))
                .post(
                        "/plans/{plan}/registrations/remove",
                        plans.page(this::remove, StaffRole.SCHOOL_CLERK));
    }

    static String base(Plan plan) {
        return PlanDesk.path(plan) + "/registrations";
    }

    private static RegistrationFilter filter(ListQuery query, List<SittingId> only) {
        return new RegistrationFilter(
                query.text("q"),
                query.number("school").map(OrganisationId::new),
                query.number("level").map(LevelId::new),
                query.number("subject").map(SubjectId::new),
                query.choice("state", RegistrationState.class),
                query.choice("payment", Payments.Payment.class),
                only);
    }

    private Reply list(Visit visit, StaffScope scope, Plan plan) {
        return list(visit, scope, plan, ListQuery.of(visit, FIELDS), new FormErrors());
    }

    private Reply list(
            Visit visit, StaffScope scope, Plan plan, ListQuery query, FormErrors errors) {
        RegistrationFilter filter = filter(query, List.of());
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    List<RegistrationRow> rows =
                            registered.rows(
                                    tx,
                                    scope,
                                    plan,
                                    filter,
                                    visit.now(),
                                    query.offset(),
                                    ListView.ROWS_PER_PAGE);
                    long total = registered.count(tx, scope, plan, filter, visit.now());
                    view.put("list", new ListView(query, base(plan), total, rows.size(), true));
                    view.put("rows", rows);
                    view.put("levels", content.levels(tx, plan.tenant(), plan.id()));
                    view.put("subjects", content.subjects(tx, plan.tenant(), plan.id()));
                    view.put("schools", schools(tx, scope, plan));
                    return view;
                });
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("mayChange", scope.role() == StaffRole.SCHOOL_CLERK);
        view.put("open", registrations.planIssues(scope, plan));
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("registration.nav"))
                        .module("hub/listing.js")
                        .errors(errors.list()),
                desk.content("registration/list.jte", view));
    }

    /** The plan's schools, for who sees more than one. */
    private List<Organisation> schools(Tx tx, StaffScope scope, Plan plan) {
        if (scope.onlySchool().isPresent()) {
            return List.of();
        }
        return organisations.ofKind(tx, scope.tenant(), OrganisationKind.SCHOOL).stream()
                .filter(one -> plan.schools().contains(one.id()))
                .toList();
    }

    private Reply export(Visit visit, StaffScope scope, Plan plan) {
        ListQuery query = ListQuery.sent(visit, FIELDS);
        List<SittingId> ticked = query.ticked().stream().map(SittingId::new).toList();
        RegistrationFilter filter =
                query.hasTicks()
                        ? filter(new ListQuery(Map.of(), 0, List.of()), ticked)
                        : filter(query, List.of());
        boolean whole = scope.role() == StaffRole.SCHOOL_CLERK;
        Instant now = visit.now();
        String body =
                desk.inTransaction(tx -> organisations.find(tx, plan.tenant(), plan.body()))
                        .map(Organisation::name)
                        .orElse("");
        long total = desk.inTransaction(tx -> registered.count(tx, scope, plan, filter, now));
        return sheet(visit, plan, body, whole, now)
                .reply(
                        total,
                        (last, limit) ->
                                desk.inTransaction(
                                        tx ->
                                                registered.after(
                                                        tx, scope, plan, filter, now, last,
                                                        limit)));
    }

    /** The columns of source 004 section 5.2.6, verbatim. */
    static ListSheet<RegistrationRow> sheet(
            Visit visit, Plan plan, String body, boolean wholeIds, Instant now) {
        return sheet(
                plan, body, wholeIds, state -> visit.texts().of("registration.state", state), now);
    }

    static ListSheet<RegistrationRow> sheet(
            Plan plan,
            String body,
            boolean wholeIds,
            java.util.function.Function<RegistrationState, String> state,
            Instant now) {
        return new ListSheet<RegistrationRow>("报考数据")
                .numbered("序号")
                .column("考试计划", 30, row -> plan.name())
                .column("考生姓名", 14, RegistrationRow::name)
                .column("考生编号", 26, RegistrationRow::number)
                .column(
                        "身份证号",
                        22,
                        row -> wholeIds ? row.idNumber() : IdNumber.masked(row.idNumber()))
                .column("考生类型", 12, RegistrationRow::type)
                .column("所属院校", 26, RegistrationRow::school)
                .column("所属考点", 36, RegistrationRow::site)
                .column("准考证号", 26, RegistrationRow::admission)
                .column("证书等级", 40, RegistrationRow::certificate)
                .column("报考科目", 30, RegistrationRow::subject)
                .column("考试方式", 12, row -> row.mode().chinese())
                .column("考核单位", 30, row -> body)
                .column("考试状态", 12, row -> state.apply(row.state(now)));
    }

    /** The number of ticked rows must be typed, so that nobody removes a page by a slip. */
    private Reply remove(Visit visit, StaffScope scope, Plan plan) {
        ListQuery query = ListQuery.sent(visit, FIELDS);
        List<SittingId> chosen = query.ticked().stream().map(SittingId::new).toList();
        if (visit.form().number("count").orElse(-1L) != chosen.size()) {
            FormErrors errors = new FormErrors();
            errors.add("count", visit.text("registration.remove.count-wrong", chosen.size()));
            return list(visit, scope, plan, query, errors).status(422);
        }
        return switch (desk.inTransaction(tx -> removal.remove(tx, scope, plan, chosen))) {
            case SubjectDecision.Refused refused ->
                    list(visit, scope, plan, query, StaffDesk.errors(visit, refused.issues()))
                            .status(422);
            case SubjectDecision.Carried carried -> {
                Optional<String> why =
                        carried.refused().values().stream()
                                .map(issue -> StaffDesk.text(visit, issue))
                                .distinct()
                                .limit(5)
                                .reduce((one, other) -> one + " " + other);
                String summary =
                        visit.text(
                                "registration.removed", carried.done(), carried.refused().size());
                visit.flash(
                        why.isEmpty() ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                        why.map(text -> summary + " " + text).orElse(summary));
                yield Reply.seeOther(base(plan));
            }
        };
    }
}
