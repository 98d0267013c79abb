package io.invigil.hub.arrangement;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.qr.QrCode;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.code.TicketCode;
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
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import io.invigil.protocol.crypto.Entropy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Arrangement: run, result by slot and room, desk stickers. Thread-safe. */
public final class ArrangementPages implements HttpService {
    private static final int BANNED_NAMED_MAX = 10;

    private final PlanDesk plans;
    private final StaffDesk desk;
    private final Arrangements arrangements;
    private final Entropy entropy;
    private final ArrangementView view = new ArrangementView();
    private final ArrangedSittings sittings = new ArrangedSittings();
    private final PlanContent content = new PlanContent();
    private final Organisations organisations = new Organisations();

    /**
     * @param entropy for the seed of each run
     */
    public ArrangementPages(PlanDesk plans, Arrangements arrangements, Entropy entropy) {
        this.plans = plans;
        this.desk = plans.desk();
        this.arrangements = arrangements;
        this.entropy = entropy;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole body = StaffRole.BODY_STAFF;
        rules.get("/plans/{plan}/arrangement", plans.page(this::show))
                .post("/plans/{plan}/arrangement", plans.page(this::run, body))
                .post("/plans/{plan}/arrangement/clear", plans.page(this::clear, body))
                .get("/plans/{plan}/arrangement/{slot}/{room}", plans.page(this::room))
                .get(
                        "/plans/{plan}/arrangement/{slot}/{room}/stickers",
                        plans.page(this::stickers, body, StaffRole.SCHOOL_CLERK));
    }

    private static String base(Plan plan) {
        return PlanDesk.path(plan) + "/arrangement";
    }

    private Reply show(Visit visit, StaffScope scope, Plan plan) {
        return show(visit, scope, plan, new FormErrors(), List.of());
    }

    private Reply show(
            Visit visit, StaffScope scope, Plan plan, FormErrors errors, List<String> bottlenecks) {
        Map<String, Object> parameters = new HashMap<>();
        desk.inTransaction(
                tx -> {
                    parameters.put("progress", view.progress(tx, plan));
                    parameters.put("sessions", view.sessions(tx, scope, plan));
                    parameters.put("runs", arrangements.runs(tx, plan));
                    return parameters;
                });
        parameters.put("visit", visit);
        parameters.put("plan", plan);
        parameters.put("mayRun", scope.mayRunPlansOf(plan.body()));
        parameters.put("bottlenecks", bottlenecks);
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("arrangement.nav")).errors(errors.list()),
                desk.content("arrangement/show.jte", parameters));
    }

    private Reply run(Visit visit, StaffScope scope, Plan plan) {
        Arrangements.SiteChoice choice =
                visit.form().ticked("allSites")
                        ? Arrangements.SiteChoice.ALL_SITES
                        : Arrangements.SiteChoice.OWN_SITES;
        Strategy strategy =
                Arrays.stream(Strategy.values())
                        .filter(one -> one.name().equals(visit.form().text("strategy")))
                        .findFirst()
                        .orElse(Strategy.RANDOM);
        long seed = ByteBuffer.wrap(entropy.bytes(8)).getLong() >>> 1;
        ArrangementDecision decision =
                desk.inTransaction(
                        tx -> arrangements.arrange(tx, scope, plan, choice, strategy, seed));
        return switch (decision) {
            case ArrangementDecision.Done done -> {
                visit.flash(
                        done.banned().isEmpty() ? Flash.Kind.SUCCESS : Flash.Kind.WARNING,
                        visit.text("arrangement.done", done.placed())
                                + (done.banned().isEmpty()
                                        ? ""
                                        : " "
                                                + visit.text(
                                                        "arrangement.done.banned",
                                                        named(done.banned()))));
                yield Reply.seeOther(base(plan));
            }
            case ArrangementDecision.Infeasible none ->
                    show(visit, scope, plan, new FormErrors(), named(visit, scope, plan, none))
                            .status(422);
            case ArrangementDecision.Refused refused ->
                    show(visit, scope, plan, StaffDesk.errors(visit, refused.issues()), List.of())
                            .status(422);
        };
    }

    private static String named(List<String> people) {
        String first = people.stream().limit(BANNED_NAMED_MAX).collect(Collectors.joining("、"));
        return people.size() > BANNED_NAMED_MAX ? first + " … (" + people.size() + ")" : first;
    }

    private List<String> named(
            Visit visit, StaffScope scope, Plan plan, ArrangementDecision.Infeasible none) {
        return desk.inTransaction(
                tx -> {
                    Map<SubjectId, Subject> subjects =
                            content.subjects(tx, plan.tenant(), plan.id()).stream()
                                    .collect(Collectors.toMap(Subject::id, Function.identity()));
                    Map<OrganisationId, Organisation> schools = schools(tx, scope);
                    return none.bottlenecks().stream()
                            .limit(50)
                            .map(one -> sentence(visit, one, subjects, schools))
                            .toList();
                });
    }

    private static String sentence(
            Visit visit,
            Bottleneck bottleneck,
            Map<SubjectId, Subject> subjects,
            Map<OrganisationId, Organisation> schools) {
        return visit.text(
                "arrangement.bottleneck." + bottleneck.kind(),
                bottleneck.subjects().stream()
                        .map(id -> subjects.get(id).name())
                        .distinct()
                        .collect(Collectors.joining("、")),
                bottleneck.schools().stream()
                        .map(id -> schools.get(id).name())
                        .collect(Collectors.joining("、")),
                bottleneck.needed(),
                bottleneck.available());
    }

    private Map<OrganisationId, Organisation> schools(Tx tx, StaffScope scope) {
        return organisations.ofKind(tx, scope.tenant(), OrganisationKind.SCHOOL).stream()
                .collect(Collectors.toMap(Organisation::id, Function.identity()));
    }

    private Reply clear(Visit visit, StaffScope scope, Plan plan) {
        return switch (desk.inTransaction(tx -> arrangements.clear(tx, scope, plan))) {
            case ArrangementDecision.Refused refused ->
                    show(visit, scope, plan, StaffDesk.errors(visit, refused.issues()), List.of())
                            .status(422);
            case ArrangementDecision.Infeasible none ->
                    throw new IllegalStateException("taking seats back looked for seats: " + none);
            case ArrangementDecision.Done done -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("arrangement.cleared"));
                yield Reply.seeOther(base(plan));
            }
        };
    }

    private record Found(
            ArrangementView.RoomSession session,
            List<ArrangedSitting> seated,
            Map<LevelId, CertificateLevel> levels) {}

    /** The room in the slot when the member of staff may see it. */
    private Optional<Found> find(Visit visit, StaffScope scope, Plan plan) {
        long slot = visit.pathNumber("slot");
        long room = visit.pathNumber("room");
        return desk.inTransaction(
                tx ->
                        view.sessions(tx, scope, plan).stream()
                                .filter(
                                        one ->
                                                one.slot().id().value() == slot
                                                        && one.room().id().value() == room)
                                .findFirst()
                                .map(
                                        one ->
                                                new Found(
                                                        one,
                                                        sittings.ofSlotAndRooms(
                                                                tx,
                                                                plan.tenant(),
                                                                plan.id(),
                                                                one.slot().id(),
                                                                List.of(one.room().id())),
                                                        levels(tx, plan))));
    }

    private Map<LevelId, CertificateLevel> levels(Tx tx, Plan plan) {
        return content.levels(tx, plan.tenant(), plan.id()).stream()
                .collect(Collectors.toMap(CertificateLevel::id, Function.identity()));
    }

    private Reply room(Visit visit, StaffScope scope, Plan plan) {
        return find(visit, scope, plan)
                .map(
                        found ->
                                Reply.page(
                                        below(visit, plan, found.session().room().name())
                                                .style("hub/seats.css"),
                                        desk.content(
                                                "arrangement/room.jte",
                                                mapped(parameters(visit, plan, found), found))))
                .orElseGet(Reply::notFound);
    }

    private static Map<String, Object> mapped(Map<String, Object> parameters, Found found) {
        parameters.put(
                "map",
                SeatMap.of(
                        found.session().room(),
                        found.session().site().school(),
                        found.seated(),
                        Set.of()));
        return parameters;
    }

    private static Page below(Visit visit, Plan plan, String title) {
        return PlanDesk.below(visit, plan, title).under(visit.text("arrangement.nav"), base(plan));
    }

    private static Map<String, Object> parameters(Visit visit, Plan plan, Found found) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("visit", visit);
        parameters.put("plan", plan);
        parameters.put("session", found.session());
        parameters.put("seated", found.seated());
        parameters.put("levels", found.levels());
        return parameters;
    }

    /** Stickers carry PINs: the authority, which reads everything, does not need them. */
    private Reply stickers(Visit visit, StaffScope scope, Plan plan) {
        return find(visit, scope, plan)
                .map(
                        found ->
                                Reply.page(
                                        below(visit, plan, visit.text("arrangement.stickers"))
                                                .style("hub/stickers.css"),
                                        desk.content(
                                                "arrangement/stickers.jte",
                                                parameters(visit, plan, found))))
                .orElseGet(Reply::notFound);
    }

    /** The QR code of a sitting's ticket. */
    public static QrCode code(Plan plan, ArrangedSitting one) {
        String admission = one.sitting().seating().orElseThrow().admissionNumber();
        return QrCode.of(new TicketCode(plan.number(), admission).text())
                .orElseThrow(() -> new IllegalStateException("a ticket's code fits a QR"));
    }
}
