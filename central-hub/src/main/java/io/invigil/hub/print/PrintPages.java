package io.invigil.hub.print;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.arrangement.ArrangedSitting;
import io.invigil.hub.arrangement.ArrangedSittings;
import io.invigil.hub.arrangement.ArrangementView;
import io.invigil.hub.grid.GridBook;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.staffing.Assignment;
import io.invigil.hub.staffing.Assignments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sheets of a room in a slot as PDF and Excel. A school prints for its own sites, and only once all
 * subjects sat in the room are arranged completely (domain, section 7). Thread-safe.
 */
public final class PrintPages implements HttpService {
    private final PrintDesk prints;
    private final Assignments assignments;
    private final RoomSheets sheets = new RoomSheets();
    private final ArrangedSittings arranged = new ArrangedSittings();
    private final ArrangementView view = new ArrangementView();
    private final Organisations organisations = new Organisations();
    private final PlanContent content = new PlanContent();

    /**
     * @param assignments whose names stand on the sign-in sheet
     */
    public PrintPages(PlanDesk desk, PdfFonts fonts, Assignments assignments) {
        this.assignments = assignments;
        this.prints = new PrintDesk(desk, fonts);
    }

    @Override
    public void routing(HttpRules rules) {
        String base = "/plans/{plan}/prints/{slot}/{room}";
        rules.get(base + "/door", printing("门贴", sheets::doorSticker))
                .get(base + "/desks", printing("桌贴", sheets::deskStickers))
                .get(base + "/sign-in", printing("考场签到表", sheets::signInSheet));
    }

    private io.helidon.webserver.http.Handler printing(
            String kind, Function<RoomSheet, GridBook> print) {
        return prints.plans()
                .page(
                        (visit, scope, plan) -> reply(visit, scope, plan, kind, print),
                        StaffRole.BODY_STAFF,
                        StaffRole.SCHOOL_CLERK);
    }

    private Reply reply(
            Visit visit,
            StaffScope scope,
            Plan plan,
            String kind,
            Function<RoomSheet, GridBook> print) {
        Optional<PrintDesk.Form> form = PrintDesk.Form.of(visit);
        Optional<RoomSheet> sheet =
                prints.plans().desk().inTransaction(tx -> sheet(tx, visit, scope, plan));
        if (form.isEmpty() || sheet.isEmpty()) {
            return Reply.notFound();
        }
        String name = sheet.get().room().name() + "-" + kind;
        return prints.file(visit, plan, form.get(), name, print.apply(sheet.get()));
    }

    private Optional<RoomSheet> sheet(Tx tx, Visit visit, StaffScope scope, Plan plan) {
        long slot = visit.pathNumber("slot");
        long room = visit.pathNumber("room");
        return view.sessions(tx, scope, plan).stream()
                .filter(one -> one.slot().id().value() == slot && one.room().id().value() == room)
                .findFirst()
                .map(session -> sheet(tx, plan, session));
    }

    private RoomSheet sheet(Tx tx, Plan plan, ArrangementView.RoomSession session) {
        List<ArrangedSitting> seated =
                arranged.ofSlotAndRooms(
                        tx,
                        plan.tenant(),
                        plan.id(),
                        session.slot().id(),
                        List.of(session.room().id()));
        Map<LevelId, CertificateLevel> levels = new HashMap<>();
        content.levels(tx, plan.tenant(), plan.id()).forEach(l -> levels.put(l.id(), l));
        String school =
                organisations
                        .find(tx, plan.tenant(), session.site().school())
                        .map(Organisation::name)
                        .orElse("");
        return new RoomSheet(
                plan,
                session.slot(),
                session.site(),
                session.room(),
                school,
                levels,
                seated,
                assignments.names(tx, plan, session, Assignment.Duty.PROCTOR),
                assignments.names(tx, plan, session, Assignment.Duty.PATROL));
    }
}
