package io.invigil.hub.borrowing;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Borrowing rooms for a plan: the school's request, the body's decision. Thread-safe. */
public final class BorrowingPages implements HttpService {
    private final PlanDesk plans;
    private final StaffDesk desk;
    private final Borrowings borrowings = new Borrowings();
    private final Rooms rooms = new Rooms();
    private final Sites sites = new Sites();
    private final Organisations organisations = new Organisations();

    public BorrowingPages(PlanDesk plans) {
        this.plans = plans;
        this.desk = plans.desk();
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        StaffRole body = StaffRole.BODY_STAFF;
        rules.get("/plans/{plan}/borrowings", plans.page(this::list))
                .post("/plans/{plan}/borrowings", plans.page(this::request, clerk))
                .get("/plans/{plan}/borrowings/{borrowing}", plans.page(this::show))
                .post(
                        "/plans/{plan}/borrowings/{borrowing}/withdraw",
                        plans.page(this::withdraw, clerk))
                .post("/plans/{plan}/borrowings/{borrowing}/grant", plans.page(this::grant, body))
                .post("/plans/{plan}/borrowings/{borrowing}/refuse", plans.page(this::refuse, body))
                .post(
                        "/plans/{plan}/borrowings/{borrowing}/return",
                        plans.page(this::giveBack, clerk, body));
    }

    /** The tag's style of a state. */
    public static String style(Borrowing.State state) {
        return switch (state) {
            case PENDING -> "tag-info";
            case GRANTED -> "tag-good";
            case REFUSED -> "tag-warn";
            case WITHDRAWN, RETURNED -> "";
        };
    }

    private static String base(Plan plan) {
        return PlanDesk.path(plan) + "/borrowings";
    }

    private Map<OrganisationId, String> schools(StaffScope scope) {
        return desk
                .inTransaction(
                        tx -> organisations.ofKind(tx, scope.tenant(), OrganisationKind.SCHOOL))
                .stream()
                .collect(Collectors.toMap(Organisation::id, Organisation::name));
    }

    private Reply list(Visit visit, StaffScope scope, Plan plan) {
        return list(visit, scope, plan, new Entered.Builder().build(), new FormErrors());
    }

    private Reply list(
            Visit visit, StaffScope scope, Plan plan, Entered entered, FormErrors errors) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("rows", desk.inTransaction(tx -> borrowings.visible(tx, scope, plan)));
        view.put("schools", schools(scope));
        view.put("mayAsk", scope.role() == StaffRole.SCHOOL_CLERK);
        view.put("entered", entered);
        view.put("errors", errors);
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("borrowing.nav")).errors(errors.list()),
                desk.content("borrowing/list.jte", view));
    }

    private Reply request(Visit visit, StaffScope scope, Plan plan) {
        int seats =
                visit.form()
                        .number("seats")
                        .filter(n -> n >= 0 && n <= Integer.MAX_VALUE)
                        .orElse(0L)
                        .intValue();
        String reason = visit.form().text("reason");
        return switch (desk.inTransaction(
                tx -> borrowings.request(tx, scope, plan, seats, reason, visit.now()))) {
            case BorrowingDecision.Saved saved -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("borrowing.asked"));
                yield Reply.seeOther(base(plan) + "/" + saved.borrowing());
            }
            case BorrowingDecision.Refused refused ->
                    list(
                                    visit,
                                    scope,
                                    plan,
                                    new Entered(visit.form().fields()),
                                    StaffDesk.errors(visit, refused.issues()))
                            .status(422);
        };
    }

    private Optional<Borrowing> find(Visit visit, StaffScope scope, Plan plan) {
        long number = visit.pathNumber("borrowing");
        return number <= 0
                ? Optional.empty()
                : desk.inTransaction(
                        tx -> borrowings.findVisible(tx, scope, plan, new BorrowingId(number)));
    }

    private Reply show(Visit visit, StaffScope scope, Plan plan) {
        return find(visit, scope, plan)
                .map(one -> show(visit, scope, plan, one, List.of()))
                .orElseGet(Reply::notFound);
    }

    /** Rooms to choose from while the body decides, else those that are lent. */
    private Reply show(
            Visit visit, StaffScope scope, Plan plan, Borrowing one, List<FieldIssue> issues) {
        boolean decides =
                scope.mayRunPlansOf(plan.body()) && one.state() == Borrowing.State.PENDING;
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    List<Room> shown =
                            decides
                                    ? borrowings.lendable(tx, plan, one.school())
                                    : rooms.ofPlan(tx, plan.tenant(), plan.id()).stream()
                                            .filter(room -> one.rooms().contains(room.id()))
                                            .toList();
                    Set<SiteId> where = shown.stream().map(Room::site).collect(Collectors.toSet());
                    view.put("rooms", shown);
                    view.put(
                            "sites",
                            sites.approved(tx, plan.tenant()).stream()
                                    .filter(site -> where.contains(site.id()))
                                    .collect(Collectors.toMap(Site::id, Function.identity())));
                    return view;
                });
        FormErrors errors = StaffDesk.errors(visit, issues);
        view.put("visit", visit);
        view.put("path", base(plan) + "/" + one.id());
        view.put("one", one);
        view.put("school", schools(scope).getOrDefault(one.school(), ""));
        view.put("decides", decides);
        view.put("own", scope.mayChange(one.school()));
        view.put(
                "givesBack",
                one.state() == Borrowing.State.GRANTED
                        && (scope.mayChange(one.school()) || scope.mayRunPlansOf(plan.body())));
        view.put("ticked", issues.isEmpty() ? Set.of() : ticked(visit));
        view.put("errors", errors);
        Page page =
                PlanDesk.below(visit, plan, visit.text("borrowing.one", one.id()))
                        .under(visit.text("borrowing.nav"), base(plan))
                        .errors(errors.list());
        return Reply.page(page, desk.content("borrowing/show.jte", view));
    }

    private static Set<RoomId> ticked(Visit visit) {
        return visit.form().numbers("rooms").stream()
                .filter(id -> id > 0)
                .map(RoomId::new)
                .collect(Collectors.toSet());
    }

    private Reply withdraw(Visit visit, StaffScope scope, Plan plan) {
        return move(
                visit,
                scope,
                plan,
                one ->
                        desk.inTransaction(
                                tx -> borrowings.withdraw(tx, scope, plan, one, visit.now())));
    }

    private Reply grant(Visit visit, StaffScope scope, Plan plan) {
        Set<RoomId> lent = ticked(visit);
        return move(
                visit,
                scope,
                plan,
                one ->
                        desk.inTransaction(
                                tx -> borrowings.grant(tx, scope, plan, one, lent, visit.now())));
    }

    private Reply refuse(Visit visit, StaffScope scope, Plan plan) {
        String words = visit.form().text("words");
        return move(
                visit,
                scope,
                plan,
                one ->
                        desk.inTransaction(
                                tx -> borrowings.refuse(tx, scope, plan, one, words, visit.now())));
    }

    private Reply giveBack(Visit visit, StaffScope scope, Plan plan) {
        return move(
                visit,
                scope,
                plan,
                one ->
                        desk.inTransaction(
                                tx -> borrowings.giveBack(tx, scope, plan, one, visit.now())));
    }

    private Reply move(
            Visit visit, StaffScope scope, Plan plan, Function<Borrowing, BorrowingDecision> work) {
        Optional<Borrowing> found = find(visit, scope, plan);
        if (found.isEmpty()) {
            return Reply.notFound();
        }
        return switch (work.apply(found.get())) {
            case BorrowingDecision.Saved saved -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("borrowing.done"));
                yield Reply.seeOther(base(plan) + "/" + saved.borrowing());
            }
            case BorrowingDecision.Refused refused ->
                    show(visit, scope, plan, found.get(), refused.issues()).status(422);
        };
    }
}
