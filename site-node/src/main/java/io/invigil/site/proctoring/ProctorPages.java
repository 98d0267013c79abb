package io.invigil.site.proctoring;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.i18n.Texts;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.qr.QrCode;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.PageHandler;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.room.RoomPhase;
import io.invigil.site.attendance.CheckInCodes;
import io.invigil.site.attendance.RoomDoor;
import io.invigil.site.attendance.StaffRoster;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.pack.ExamPackage;
import io.invigil.site.room.RoomEngine;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Pages of proctors. Everything they do goes through the room's JSON interface. */
public final class ProctorPages implements HttpService {
    private static final int QR_MODULE_PIXELS = 12;

    private final HttpPages pages;
    private final Templates templates;
    private final ActivePackages packages;
    private final RoomEngine engine;
    private final CheckInCodes codes;
    private final Function<String, String> phoneUrl;

    /**
     * @param phoneUrl address of a path on the plain listener, as phones in the room reach it
     */
    public ProctorPages(
            HttpPages pages,
            Templates templates,
            ActivePackages packages,
            RoomEngine engine,
            CheckInCodes codes,
            Function<String, String> phoneUrl) {
        this.pages = pages;
        this.templates = templates;
        this.packages = packages;
        this.engine = engine;
        this.codes = codes;
        this.phoneUrl = phoneUrl;
    }

    @Override
    public void routing(HttpRules rules) {
        rules
                // login of proctors and technicians
                .get("/staff", pages.page(Access.open(), this::login))
                // the exams of this node, one of them, and its room's screen with the code
                .get("/room", RoomDoor.listPage(pages, this::exams))
                .get("/room/{exam}", proctor(this::room))
                .get("/room/{exam}/screen", proctor(this::screen))
                .get("/room/{exam}/screen/qr", proctor(this::qr));
    }

    private Handler proctor(PageHandler handler) {
        return RoomDoor.page(pages, handler);
    }

    private Reply login(Visit visit) {
        if (visit.has(StaffRoster.PROCTOR) || visit.has(StaffRoster.STAND_IN)) {
            return Reply.seeOther("/room");
        }
        return Reply.page(
                Page.titled(visit.text("proctoring.login.title"))
                        .withoutHeading()
                        .width(Page.Width.NARROW)
                        .style("proctoring/room.css")
                        .module("proctoring/staff.js"),
                templates.content("proctoring/staff.jte", view(visit, "", List.of(), List.of())));
    }

    private Reply exams(Visit visit) {
        List<ProctorView.Line> lines =
                packages.all().stream()
                        .filter(pack -> RoomDoor.lists(visit, pack))
                        .sorted(Comparator.comparing(pack -> pack.roster().slotStart()))
                        .map(pack -> line(visit.texts(), pack))
                        .toList();
        return Reply.page(
                Page.titled(visit.text("proctoring.exams")),
                templates.content("proctoring/exams.jte", view(visit, "", lines, List.of())));
    }

    private Reply room(Visit visit) {
        return pack(visit)
                .map(
                        pack ->
                                Reply.page(
                                        Page.titled(pack.roster().planName())
                                                .withoutHeading()
                                                .width(Page.Width.FULL)
                                                .style("proctoring/room.css")
                                                .module("proctoring/room.js"),
                                        templates.content(
                                                "proctoring/room.jte",
                                                view(
                                                        visit,
                                                        pack.exam(),
                                                        List.of(line(visit.texts(), pack)),
                                                        roomNames(pack)))))
                .orElseGet(Reply::notFound);
    }

    private Reply screen(Visit visit) {
        Optional<ExamPackage> pack = pack(visit);
        Optional<String> room = room(visit, pack);
        if (room.isEmpty()) {
            return Reply.notFound();
        }
        return Reply.page(
                Page.titled(visit.text("proctoring.screen"))
                        .withoutHeading()
                        .width(Page.Width.FULL)
                        .style("proctoring/room.css")
                        .module("proctoring/screen.js"),
                templates.content(
                        "proctoring/screen.jte",
                        view(
                                visit,
                                visit.path("exam"),
                                List.of(line(visit.texts(), pack.orElseThrow())),
                                List.of(room.get()))));
    }

    /** The code of this minute as a picture; never cached, worthless a minute later. */
    private Reply qr(Visit visit) {
        return room(visit, pack(visit))
                .map(room -> codes.screen(visit.path("exam"), room).path())
                .flatMap(path -> QrCode.of(phoneUrl.apply(path)))
                .map(code -> Reply.bytes("image/png", code.png(QR_MODULE_PIXELS)))
                .map(reply -> reply.header("Cache-Control", "no-store"))
                .orElseGet(Reply::notFound);
    }

    private Optional<ExamPackage> pack(Visit visit) {
        return packages.exam(visit.path("exam"));
    }

    private static Optional<String> room(Visit visit, Optional<ExamPackage> pack) {
        return visit.query("room").filter(name -> pack.flatMap(p -> p.room(name)).isPresent());
    }

    private static List<String> roomNames(ExamPackage pack) {
        return pack.roster().rooms().stream().map(Roster.Room::name).toList();
    }

    private ProctorView.Line line(Texts texts, ExamPackage pack) {
        Roster roster = pack.roster();
        RoomPhase phase =
                engine.state()
                        .exam(pack.exam())
                        .map(exam -> exam.phase())
                        .orElse(RoomPhase.PREPARING);
        return new ProctorView.Line(
                pack.exam(),
                roster.planName(),
                texts.dateTime(roster.slotStart()) + " – " + texts.time(roster.slotEnd()),
                String.join("、", roomNames(pack)),
                roster.entries().size(),
                texts.text("proctoring.js.phase." + phase.name()),
                phase == RoomPhase.RUNNING
                        ? "tag-good"
                        : phase == RoomPhase.CLOSED ? "" : "tag-info");
    }

    private ProctorView view(
            Visit visit, String exam, List<ProctorView.Line> exams, List<String> roomNames) {
        return new ProctorView(visit.texts(), exam, exams, roomNames, phoneUrl.apply("/check-in"));
    }
}
