package io.invigil.hub.arrangement;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.Rooms;
import io.invigil.protocol.crypto.Entropy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Changing seats of one room by hand, and seating one room anew. Thread-safe. */
public final class SeatChangePages implements HttpService {
    private final PlanDesk plans;
    private final StaffDesk desk;
    private final SeatChanges changes;
    private final Entropy entropy;
    private final ArrangementView view = new ArrangementView();
    private final ArrangedSittings sittings = new ArrangedSittings();
    private final PlanContent content = new PlanContent();
    private final Rooms rooms = new Rooms();

    /**
     * @param entropy for the seed when a room is seated anew
     */
    public SeatChangePages(PlanDesk plans, SeatChanges changes, Entropy entropy) {
        this.plans = plans;
        this.desk = plans.desk();
        this.changes = changes;
        this.entropy = entropy;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole body = StaffRole.BODY_STAFF;
        String room = "/plans/{plan}/arrangement/{slot}/{room}";
        rules.get(room + "/change", plans.page(this::show, body))
                .post(room + "/change", plans.page(this::move, body))
                .post(room + "/exchange", plans.page(this::exchange, body))
                .post(room + "/reseat", plans.page(this::reseat, body))
                .post(room + "/free", plans.page(this::free, body));
    }

    private Optional<ArrangementView.RoomSession> find(Visit visit, StaffScope scope, Plan plan) {
        long slot = visit.pathNumber("slot");
        long room = visit.pathNumber("room");
        return desk.inTransaction(tx -> view.sessions(tx, scope, plan)).stream()
                .filter(one -> one.slot().id().value() == slot && one.room().id().value() == room)
                .findFirst();
    }

    private static String path(Plan plan, ArrangementView.RoomSession session) {
        return PlanDesk.path(plan)
                + "/arrangement/"
                + session.slot().id()
                + "/"
                + session.room().id();
    }

    private Reply show(Visit visit, StaffScope scope, Plan plan) {
        return find(visit, scope, plan)
                .map(session -> show(visit, plan, session, new FormErrors()))
                .orElseGet(Reply::notFound);
    }

    private Reply show(
            Visit visit, Plan plan, ArrangementView.RoomSession session, FormErrors errors) {
        Map<String, Object> parameters = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    List<ArrangedSitting> seated =
                            sittings.ofSlotAndRooms(
                                    tx,
                                    plan.tenant(),
                                    plan.id(),
                                    session.slot().id(),
                                    List.of(session.room().id()));
                    Set<SittingId> banned =
                            changes.banned(tx, plan, session.slot().id(), session.room().id());
                    parameters.put("seated", seated);
                    parameters.put("banned", banned);
                    parameters.put(
                            "map",
                            SeatMap.of(session.room(), session.site().school(), seated, banned));
                    parameters.put("slots", content.slots(tx, plan.tenant(), plan.id()));
                    parameters.put("rooms", rooms.ofPlan(tx, plan.tenant(), plan.id()));
                    return parameters;
                });
        parameters.put("visit", visit);
        parameters.put("plan", plan);
        parameters.put("session", session);
        parameters.put("sent", visit.form());
        parameters.put("errors", errors);
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("arrangement.change"))
                        .under(visit.text("arrangement.nav"), PlanDesk.path(plan) + "/arrangement")
                        .under(session.room().name(), path(plan, session))
                        .module("hub/seat-choice.js")
                        .style("hub/seats.css")
                        .width(Page.Width.FULL)
                        .errors(errors.list()),
                desk.content("arrangement/change.jte", parameters));
    }

    private static long positive(Visit visit, String field) {
        return visit.form().number(field).filter(id -> id > 0).orElse(Long.MAX_VALUE);
    }

    private Reply move(Visit visit, StaffScope scope, Plan plan) {
        Optional<ArrangementView.RoomSession> session = find(visit, scope, plan);
        if (session.isEmpty()) {
            return Reply.notFound();
        }
        int seat =
                visit.form().number("seat").filter(n -> n > 0 && n < 10_000).orElse(0L).intValue();
        SeatChanges.Target target =
                new SeatChanges.Target(
                        new SlotId(positive(visit, "slot")),
                        new RoomId(positive(visit, "room")),
                        seat);
        ArrangementDecision decision =
                desk.inTransaction(
                        tx ->
                                changes.move(
                                        tx,
                                        scope,
                                        plan,
                                        new SittingId(positive(visit, "sitting")),
                                        target));
        return answer(visit, plan, session.get(), decision, "arrangement.moved");
    }

    /** Two seats chosen on the map; back to it, for the next two. */
    private Reply exchange(Visit visit, StaffScope scope, Plan plan) {
        Optional<ArrangementView.RoomSession> session = find(visit, scope, plan);
        if (session.isEmpty()) {
            return Reply.notFound();
        }
        List<SeatChanges.Pick> picks =
                visit.form().all("pick").stream()
                        .limit(3)
                        .flatMap(text -> SeatChanges.Pick.read(text).stream())
                        .toList();
        ArrangementDecision decision =
                desk.inTransaction(
                        tx ->
                                changes.exchange(
                                        tx,
                                        scope,
                                        plan,
                                        session.get().slot().id(),
                                        session.get().room().id(),
                                        picks));
        if (decision instanceof ArrangementDecision.Done done) {
            visit.flash(Flash.Kind.SUCCESS, visit.text("arrangement.moved", done.placed()));
            return Reply.seeOther(path(plan, session.get()) + "/change");
        }
        return answer(visit, plan, session.get(), decision, "arrangement.moved");
    }

    private Reply reseat(Visit visit, StaffScope scope, Plan plan) {
        Optional<ArrangementView.RoomSession> session = find(visit, scope, plan);
        if (session.isEmpty()) {
            return Reply.notFound();
        }
        Strategy strategy =
                Arrays.stream(Strategy.values())
                        .filter(one -> one.name().equals(visit.form().text("strategy")))
                        .findFirst()
                        .orElse(Strategy.RANDOM);
        long seed = ByteBuffer.wrap(entropy.bytes(8)).getLong() >>> 1;
        ArrangementDecision decision =
                desk.inTransaction(
                        tx ->
                                changes.reseat(
                                        tx,
                                        scope,
                                        plan,
                                        session.get().slot().id(),
                                        session.get().room().id(),
                                        strategy,
                                        seed));
        return answer(visit, plan, session.get(), decision, "arrangement.reseated");
    }

    private Reply free(Visit visit, StaffScope scope, Plan plan) {
        Optional<ArrangementView.RoomSession> session = find(visit, scope, plan);
        if (session.isEmpty()) {
            return Reply.notFound();
        }
        SittingId freed = new SittingId(positive(visit, "sitting"));
        ArrangementDecision decision =
                desk.inTransaction(tx -> changes.free(tx, scope, plan, freed));
        if (decision instanceof ArrangementDecision.Done) {
            visit.flash(Flash.Kind.SUCCESS, visit.text("arrangement.freed"));
            return Reply.seeOther(PlanDesk.path(plan) + "/arrangement");
        }
        return answer(visit, plan, session.get(), decision, "arrangement.freed");
    }

    private Reply answer(
            Visit visit,
            Plan plan,
            ArrangementView.RoomSession session,
            ArrangementDecision decision,
            String done) {
        return switch (decision) {
            case ArrangementDecision.Done one -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text(done, one.placed()));
                yield Reply.seeOther(path(plan, session));
            }
            case ArrangementDecision.Refused refused ->
                    show(visit, plan, session, StaffDesk.errors(visit, refused.issues()))
                            .status(422);
            case ArrangementDecision.Infeasible none -> {
                FormErrors errors = new FormErrors();
                none.bottlenecks()
                        .forEach(
                                one ->
                                        errors.add(
                                                "form",
                                                visit.texts()
                                                        .of(
                                                                "arrangement.bottleneck-short",
                                                                one.kind())));
                yield show(visit, plan, session, errors).status(422);
            }
        };
    }
}
