package io.invigil.hub.print;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.arrangement.ArrangedSitting;
import io.invigil.hub.arrangement.ArrangedSittings;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.Sites;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Sheets of a room in a slot as PDF. Thread-safe. */
public final class PrintPages implements HttpService {
    private final PlanDesk desk;
    private final RoomSheets sheets;
    private final ArrangedSittings arranged = new ArrangedSittings();
    private final Organisations organisations = new Organisations();
    private final PlanContent content = new PlanContent();
    private final Rooms rooms = new Rooms();
    private final Sites sites = new Sites();

    public PrintPages(PlanDesk desk, PdfFonts fonts) {
        this.desk = desk;
        this.sheets = new RoomSheets(fonts);
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole body = StaffRole.BODY_STAFF;
        StaffRole clerk = StaffRole.SCHOOL_CLERK;
        String base = "/plans/{plan}/prints/{slot}/{room}";
        rules.get(base + "/door", desk.page(printing("门贴", sheets::doorSticker), body, clerk))
                .get(base + "/desks", desk.page(printing("桌贴", sheets::deskStickers), body, clerk))
                .get(
                        base + "/sign-in",
                        desk.page(printing("考场签到表", sheets::signInSheet), body, clerk));
    }

    private PlanDesk.PlanHandler printing(String kind, Function<RoomSheet, byte[]> print) {
        return (visit, scope, plan) -> {
            Optional<RoomSheet> sheet =
                    desk.desk().inTransaction(tx -> sheet(tx, visit, scope, plan));
            if (sheet.isEmpty()) {
                return Reply.notFound();
            }
            Set<String> missing = sheets.missing(sheet.get());
            if (!missing.isEmpty()) {
                visit.flash(
                        Flash.Kind.WARNING, visit.text("print.missing", String.join(" ", missing)));
                return Reply.seeOther(PlanDesk.path(plan) + "/arrangement");
            }
            byte[] pdf = print.apply(sheet.get());
            return Reply.download(
                    sheet.get().room().name() + "-" + kind + ".pdf",
                    "application/pdf",
                    out -> out.write(pdf));
        };
    }

    private Optional<RoomSheet> sheet(Tx tx, Visit visit, StaffScope scope, Plan plan) {
        long slotNumber = visit.pathNumber("slot");
        long roomNumber = visit.pathNumber("room");
        if (slotNumber <= 0 || roomNumber <= 0) {
            return Optional.empty();
        }
        Optional<Slot> slot =
                content.slot(tx, plan.tenant(), new SlotId(slotNumber))
                        .filter(s -> s.plan().equals(plan.id()));
        Optional<Room> room =
                rooms.find(tx, plan.tenant(), new RoomId(roomNumber))
                        .filter(r -> r.plan().equals(plan.id()));
        Optional<Site> site =
                room.flatMap(r -> sites.find(tx, plan.tenant(), r.site()))
                        .filter(s -> scope.sees(s.school()));
        if (slot.isEmpty() || site.isEmpty()) {
            return Optional.empty();
        }
        List<ArrangedSitting> seated =
                arranged.ofSlotAndRooms(
                        tx, plan.tenant(), plan.id(), slot.get().id(), List.of(room.get().id()));
        Map<LevelId, CertificateLevel> levels = new HashMap<>();
        content.levels(tx, plan.tenant(), plan.id()).forEach(l -> levels.put(l.id(), l));
        String school =
                organisations
                        .find(tx, plan.tenant(), site.get().school())
                        .map(Organisation::name)
                        .orElse("");
        return Optional.of(
                new RoomSheet(plan, slot.get(), site.get(), room.get(), school, levels, seated));
    }
}
