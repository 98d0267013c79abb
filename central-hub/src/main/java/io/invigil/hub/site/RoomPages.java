package io.invigil.hub.site;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.EditedForm;
import io.invigil.hub.organisation.EditedForm.Saving;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.RecordVersion;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Rooms that a school sets up for a plan. Thread-safe. */
public final class RoomPages implements HttpService {
    private final PlanDesk plans;
    private final StaffDesk desk;
    private final Rooms rooms = new Rooms();
    private final Sites sites = new Sites();
    private final PlanContent content = new PlanContent();

    public RoomPages(PlanDesk plans) {
        this.plans = plans;
        this.desk = plans.desk();
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        rules.get("/plans/{plan}/rooms", plans.page(this::list))
                .get("/plans/{plan}/rooms/new", plans.page(this::blank, clerk))
                .post("/plans/{plan}/rooms/new", plans.page(this::add, clerk))
                .get("/plans/{plan}/rooms/{room}", plans.page(this::edit, clerk))
                .post("/plans/{plan}/rooms/{room}", plans.page(this::change, clerk))
                .post("/plans/{plan}/rooms/{room}/remove", plans.page(this::remove, clerk));
    }

    private static String base(Plan plan) {
        return PlanDesk.path(plan) + "/rooms";
    }

    /** The plan's rooms at sites that the member of staff may see. */
    private List<Room> visible(Tx tx, StaffScope scope, Plan plan) {
        return rooms.ofPlan(tx, plan.tenant(), plan.id()).stream()
                .filter(room -> sites.findVisible(tx, scope, room.site()).isPresent())
                .toList();
    }

    private Reply list(Visit visit, StaffScope scope, Plan plan) {
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    List<Site> own = sites.visible(tx, scope);
                    List<Room> found = visible(tx, scope, plan);
                    ListQuery query = ListQuery.of(visit);
                    List<Room> shown = ListView.page(query, found);
                    view.put("rooms", shown);
                    view.put("states", rooms.states(tx, plan, visit.now()));
                    view.put(
                            "list",
                            new ListView(query, base(plan), found.size(), shown.size(), true));
                    view.put(
                            "sites",
                            own.stream().collect(Collectors.toMap(Site::id, Function.identity())));
                    view.put("levels", content.levels(tx, plan.tenant(), plan.id()));
                    view.put(
                            "siteMissing", own.isEmpty() && scope.role() == StaffRole.SCHOOL_CLERK);
                    return view;
                });
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("mayAdd", scope.role() == StaffRole.SCHOOL_CLERK);
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("site.rooms")).module("hub/listing.js"),
                desk.content("site/rooms.jte", view));
    }

    private Optional<Room> find(Visit visit, StaffScope scope, Plan plan) {
        long number = visit.pathNumber("room");
        return number <= 0
                ? Optional.empty()
                : desk.inTransaction(tx -> visible(tx, scope, plan)).stream()
                        .filter(room -> room.id().value() == number)
                        .findFirst();
    }

    private Reply blank(Visit visit, StaffScope scope, Plan plan) {
        Entered.Builder fields =
                new Entered.Builder()
                        .with("types", ExamMode.COMPUTER)
                        .with("seats", 30)
                        .with("columns", 6);
        fields.withAll(
                "levels",
                desk.inTransaction(tx -> content.levels(tx, plan.tenant(), plan.id())).stream()
                        .map(level -> level.id())
                        .toList());
        String action = base(plan) + "/new";
        return form(visit, scope, plan, action, false, EditedForm.blank(fields.build()));
    }

    private Reply edit(Visit visit, StaffScope scope, Plan plan) {
        return find(visit, scope, plan)
                .map(
                        room ->
                                form(
                                        visit,
                                        scope,
                                        plan,
                                        base(plan) + "/" + room.id(),
                                        desk.inTransaction(tx -> rooms.isArranged(tx, room)),
                                        EditedForm.opened(fields(room))))
                .orElseGet(Reply::notFound);
    }

    private static Entered fields(Room room) {
        return new Entered.Builder()
                .with("site", room.site())
                .with("name", room.name())
                .withAll("types", List.copyOf(room.types()))
                .with("seats", room.seats())
                .with("columns", room.columns())
                .with("address", room.address())
                .with("broken", SeatList.text(room.broken()))
                .with("accessible", SeatList.text(room.accessible()))
                .withAll("levels", List.copyOf(room.levels()))
                .build();
    }

    private Reply form(
            Visit visit,
            StaffScope scope,
            Plan plan,
            String action,
            boolean seatsOnly,
            EditedForm form) {
        Map<String, Object> view = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    view.put("sites", sites.visible(tx, scope));
                    view.put("levels", content.levels(tx, plan.tenant(), plan.id()));
                    return view;
                });
        view.put("visit", visit);
        view.put("action", action);
        view.put("back", base(plan));
        view.put("seatsOnly", seatsOnly);
        view.put("mayRemove", !seatsOnly && !action.endsWith("/new"));
        view.put("form", form);
        String title = visit.text(action.endsWith("/new") ? "site.room.new" : "site.room.edit");
        return Reply.page(
                PlanDesk.below(visit, plan, title)
                        .under(visit.text("site.rooms"), base(plan))
                        .width(Page.Width.NARROW)
                        .module("hub/seat-plan.js")
                        .style("hub/seats.css")
                        .errors(form.errors().list()),
                desk.content("site/room.jte", view));
    }

    private static RoomDraft draft(Entered sent) {
        return new RoomDraft(
                new SiteId(number(sent, "site").orElse(Long.MAX_VALUE)),
                sent.text("name"),
                Arrays.stream(ExamMode.values())
                        .filter(mode -> sent.has("types", mode))
                        .collect(Collectors.toSet()),
                count(sent, "seats"),
                count(sent, "columns"),
                sent.text("address"),
                sent.fields().getOrDefault("levels", List.of()).stream()
                        .flatMap(id -> positive(id).stream())
                        .map(LevelId::new)
                        .collect(Collectors.toSet()),
                SeatList.read(sent.text("broken")),
                SeatList.read(sent.text("accessible")));
    }

    private static int count(Entered sent, String field) {
        return number(sent, field).filter(n -> n < 100_000).orElse(0L).intValue();
    }

    private static Optional<Long> number(Entered sent, String field) {
        return positive(sent.text(field).strip());
    }

    private static Optional<Long> positive(String text) {
        return text.matches("\\d{1,18}")
                ? Optional.of(Long.parseLong(text)).filter(n -> n > 0)
                : Optional.empty();
    }

    private Reply add(Visit visit, StaffScope scope, Plan plan) {
        Entered sent = new Entered(visit.form().fields());
        return entered(
                visit,
                scope,
                plan,
                base(plan) + "/new",
                issues -> EditedForm.refused(visit, sent, issues),
                desk.inTransaction(tx -> rooms.add(tx, scope, plan, draft(sent), visit.now())));
    }

    private Reply change(Visit visit, StaffScope scope, Plan plan) {
        return find(visit, scope, plan)
                .map(room -> change(visit, scope, plan, room))
                .orElseGet(Reply::notFound);
    }

    private Reply change(Visit visit, StaffScope scope, Plan plan, Room room) {
        Entered filled = new Entered(visit.form().fields());
        String action = base(plan) + "/" + room.id();
        Saving<RoomDecision> saving =
                desk.inTransaction(
                        tx -> {
                            Room now = rooms.lock(tx, plan, room.id()).orElse(room);
                            return EditedForm.save(
                                    filled,
                                    fields(now),
                                    sent ->
                                            rooms.change(
                                                    tx,
                                                    scope,
                                                    plan,
                                                    now,
                                                    draft(sent),
                                                    visit.now()));
                        });
        return switch (saving) {
            case Saving.Decided<RoomDecision> decided ->
                    entered(
                            visit,
                            scope,
                            plan,
                            action,
                            issues -> EditedForm.refused(visit, filled, issues),
                            decided.decision());
            case Saving.Meanwhile<RoomDecision> meanwhile ->
                    form(
                                    visit,
                                    scope,
                                    plan,
                                    action,
                                    desk.inTransaction(tx -> rooms.isArranged(tx, room)),
                                    EditedForm.meanwhile(
                                            visit,
                                            filled,
                                            meanwhile.stored(),
                                            SiteRefusal.ROOM_CHANGED_MEANWHILE,
                                            one -> shown(visit, scope, plan, one)))
                            .status(409);
        };
    }

    private RecordVersion.Difference shown(
            Visit visit, StaffScope scope, Plan plan, RecordVersion.Difference one) {
        UnaryOperator<String> word =
                switch (one.field()) {
                    case "types" -> code -> visit.text("plan.mode." + code);
                    case "levels" -> id -> level(plan, id);
                    case "site" -> id -> site(scope, id);
                    default -> UnaryOperator.identity();
                };
        return new RecordVersion.Difference(
                one.field(),
                visit.text("site.room." + one.field()),
                EditedForm.words(one.stored(), ", ", word),
                EditedForm.words(one.sent(), ", ", word),
                one.touched());
    }

    private String level(Plan plan, String id) {
        return desk.inTransaction(tx -> content.levels(tx, plan.tenant(), plan.id())).stream()
                .filter(level -> level.id().toString().equals(id))
                .map(CertificateLevel::title)
                .findFirst()
                .orElse(id);
    }

    private String site(StaffScope scope, String id) {
        return desk.inTransaction(tx -> sites.visible(tx, scope)).stream()
                .filter(site -> site.id().toString().equals(id))
                .map(Site::name)
                .findFirst()
                .orElse(id);
    }

    private Reply remove(Visit visit, StaffScope scope, Plan plan) {
        return find(visit, scope, plan)
                .map(
                        room ->
                                entered(
                                        visit,
                                        scope,
                                        plan,
                                        base(plan) + "/" + room.id(),
                                        issues ->
                                                EditedForm.opened(fields(room))
                                                        .because(visit, issues),
                                        desk.inTransaction(
                                                tx -> rooms.remove(tx, scope, plan, room))))
                .orElseGet(Reply::notFound);
    }

    private Reply entered(
            Visit visit,
            StaffScope scope,
            Plan plan,
            String action,
            Function<List<FieldIssue>, EditedForm> again,
            RoomDecision decision) {
        return switch (decision) {
            case RoomDecision.Saved saved -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("plan.saved"));
                yield Reply.seeOther(base(plan));
            }
            case RoomDecision.Refused refused ->
                    form(visit, scope, plan, action, false, again.apply(refused.issues()))
                            .status(422);
        };
    }
}
