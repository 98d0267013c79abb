package io.invigil.site.attendance;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.qr.QrReading;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.PageHandler;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.code.TicketCode;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.RoomPhase;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.site.delivery.CandidatePapers;
import io.invigil.site.delivery.DeskPins;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.pack.ExamPackage;
import io.invigil.site.room.Outcome;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.RoomCommand;
import io.invigil.site.web.Refusals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The proctor's JSON interface to the room. Who did what is in the facts. */
public final class RoomApi implements HttpService {
    private static final int BODY_BYTES_MAX = 64 * 1024;
    private static final int FRAME_BYTES_MAX = 2 * 1024 * 1024;

    private final HttpPages pages;
    private final ActivePackages packages;
    private final RoomEngine engine;
    private final SeatMaps maps;
    private final CheckInCodes codes;
    private final RoomLive live;
    private final CandidatePapers papers;
    private final DeskPins pins;
    private final Entropy entropy;

    public RoomApi(
            HttpPages pages,
            ActivePackages packages,
            RoomEngine engine,
            SeatMaps maps,
            CheckInCodes codes,
            RoomLive live,
            CandidatePapers papers,
            DeskPins pins,
            Entropy entropy) {
        this.pages = pages;
        this.packages = packages;
        this.engine = engine;
        this.maps = maps;
        this.codes = codes;
        this.live = live;
        this.papers = papers;
        this.pins = pins;
        this.entropy = entropy;
    }

    /** One exam of this node in short; JSON of {@code GET /api/room/exams}. */
    public record ExamLine(
            String exam,
            String plan,
            Instant slotStart,
            Instant slotEnd,
            RoomPhase phase,
            int sittings,
            List<String> rooms) {}

    public record PhaseRequest(String to) {}

    /**
     * @param camera whether the number came from a ticket held to the desk's camera
     * @param reason when it is late
     */
    public record NumberRequest(String number, Boolean camera, String reason) {
        CheckInWay way() {
            return Boolean.TRUE.equals(camera) ? CheckInWay.DESK_CAMERA : CheckInWay.DESK_NUMBER;
        }
    }

    @Override
    public void routing(HttpRules rules) {
        rules
                // exams of this node, then one of them as a seat map; events say when to look anew
                .get("/api/room/exams", RoomDoor.listApi(pages, this::exams))
                .get("/api/room/live", RoomDoor.listApi(pages, visit -> live.events()))
                .get("/api/room/{exam}/state", proctor(this::state))
                // READY, CHECK_IN, RUNNING; closing hands in and marks absent
                .post("/api/room/{exam}/phase", proctor(this::phase))
                .post("/api/room/{exam}/close", proctor(this::close))
                // check-in at the desk by number or scanned ticket: look first, then enter
                .get("/api/room/{exam}/find", proctor(this::find))
                .post("/api/room/{exam}/check-in", proctor(this::checkIn))
                // a ticket held to the desk's camera: one JPEG frame, the person if it was read
                .post("/api/room/{exam}/scan", proctor(this::scan))
                // code for the room's screen: ?room=
                .get("/api/room/{exam}/check-in-code", proctor(this::code))
                // everything done to seats, one or many: SeatAction
                .post("/api/room/{exam}/actions", proctor(this::act))
                .get("/api/room/photos/{sitting}", RoomDoor.listApi(pages, this::photo));
    }

    private Handler proctor(PageHandler handler) {
        return RoomDoor.api(pages, handler);
    }

    private Reply exams(Visit visit) {
        List<ExamLine> lines = new ArrayList<>();
        for (ExamPackage pack : packages.all()) {
            if (!RoomDoor.lists(visit, pack)) {
                continue;
            }
            Roster roster = pack.roster();
            lines.add(
                    new ExamLine(
                            pack.exam(),
                            roster.planName(),
                            roster.slotStart(),
                            roster.slotEnd(),
                            engine.state()
                                    .exam(pack.exam())
                                    .map(exam -> exam.phase())
                                    .orElse(RoomPhase.PREPARING),
                            roster.entries().size(),
                            roster.rooms().stream().map(Roster.Room::name).toList()));
        }
        lines.sort(java.util.Comparator.comparing(ExamLine::slotStart));
        return fresh(Map.of("exams", lines));
    }

    private Reply state(Visit visit) {
        return pack(visit).map(pack -> fresh(maps.of(pack))).orElseGet(() -> unknown(visit));
    }

    private Reply phase(Visit visit) {
        Optional<RoomPhase> to =
                visit.json(PhaseRequest.class, BODY_BYTES_MAX).flatMap(RoomApi::phaseOf);
        if (to.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        return Refusals.of(
                visit,
                engine.ask(new RoomCommand.ChangePhase(by(visit), visit.path("exam"), to.get())));
    }

    private Reply close(Visit visit) {
        return Refusals.of(
                visit, engine.ask(new RoomCommand.CloseRoom(by(visit), visit.path("exam"))));
    }

    private Reply find(Visit visit) {
        return listed(visit, visit.query("number").orElse(""))
                .map(listed -> fresh(person(listed)))
                .orElseGet(() -> Refusals.of(visit, 404, "NUMBER_UNKNOWN"));
    }

    private Reply scan(Visit visit) {
        return QrReading.of(visit.body(FRAME_BYTES_MAX))
                .map(
                        text ->
                                listed(visit, text)
                                        .map(listed -> fresh(person(listed)))
                                        .orElseGet(() -> Refusals.of(visit, 404, "NUMBER_UNKNOWN")))
                .orElseGet(Reply::noContent);
    }

    private Reply checkIn(Visit visit) {
        Optional<NumberRequest> request =
                visit.json(NumberRequest.class, BODY_BYTES_MAX)
                        .filter(typed -> typed.number() != null);
        Optional<ActivePackages.Listed> listed =
                request.flatMap(typed -> listed(visit, typed.number()));
        if (listed.isEmpty()) {
            return Refusals.of(visit, 404, "NUMBER_UNKNOWN");
        }
        long sitting = listed.get().entry().sitting();
        String reason = Optional.ofNullable(request.get().reason()).orElse("").strip();
        Outcome outcome =
                engine.ask(
                        new RoomCommand.CheckIn(by(visit), sitting, request.get().way(), reason));
        return Refusals.of(visit, outcome, kept -> fresh(person(listed.get())));
    }

    private Reply code(Visit visit) {
        Optional<ExamPackage> pack = pack(visit);
        Optional<String> room =
                visit.query("room").filter(name -> pack.flatMap(p -> p.room(name)).isPresent());
        return room.isPresent()
                ? fresh(codes.screen(visit.path("exam"), room.get()))
                : unknown(visit);
    }

    private Reply act(Visit visit) {
        Optional<SeatAction> request =
                visit.json(SeatAction.class, BODY_BYTES_MAX).filter(SeatAction::complete);
        Optional<ExamPackage> pack = pack(visit);
        if (pack.isEmpty()) {
            return unknown(visit);
        }
        if (request.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        Map<Long, CompletableFuture<Outcome>> asked = new LinkedHashMap<>();
        for (long sitting : request.get().sittings()) {
            Optional<RoomCommand> command = request.get().command(by(visit), sitting, entropy);
            if (command.isEmpty()) {
                return Refusals.badRequest(visit);
            }
            if (pack.get().entry(sitting).isPresent()) {
                asked.put(sitting, engine.submit(command.get()));
            }
        }
        List<Map<String, Object>> results = new ArrayList<>();
        asked.forEach(
                (sitting, outcome) ->
                        results.add(result(visit, request.get(), sitting, outcome.join())));
        return fresh(Map.of("results", results));
    }

    private Map<String, Object> result(
            Visit visit, SeatAction action, long sitting, Outcome outcome) {
        Map<String, Object> json = Refusals.line(visit, sitting, outcome);
        if (outcome instanceof Outcome.Kept && action.action().equals("reset-pin")) {
            int number = engine.state().sitting(sitting).attendance().pinNumber();
            json.put("pin", pins.pin(sitting, number));
        }
        return json;
    }

    private Reply photo(Visit visit) {
        boolean readable =
                packages.sitting(visit.pathNumber("sitting"))
                        .filter(listed -> RoomDoor.mayRead(visit, listed.exam().exam()))
                        .isPresent();
        if (!readable) {
            return Reply.notFound();
        }
        return papers.photo(visit.pathNumber("sitting"))
                .map(bytes -> Reply.bytes(CandidatePapers.pictureType(bytes), bytes))
                .map(reply -> reply.header("Cache-Control", "private, max-age=3600"))
                .orElseGet(Reply::notFound);
    }

    /** By admission number, candidate number, ID number, or the ticket's QR text. */
    private Optional<ActivePackages.Listed> listed(Visit visit, String typed) {
        String number =
                TicketCode.parse(typed).map(TicketCode::admissionNumber).orElse(typed.strip());
        return pack(visit)
                .flatMap(
                        pack ->
                                pack.roster().entries().stream()
                                        .filter(entry -> isNumberOf(entry, number))
                                        .findFirst()
                                        .map(entry -> new ActivePackages.Listed(pack, entry)));
    }

    private static boolean isNumberOf(Roster.Entry entry, String number) {
        return !number.isEmpty()
                && Arrays.asList(entry.admissionNumber(), entry.candidateNumber(), entry.idNumber())
                        .stream()
                        .anyMatch(own -> own.equalsIgnoreCase(number));
    }

    private Map<String, Object> person(ActivePackages.Listed listed) {
        Roster.Entry entry = listed.entry();
        var sitting = engine.state().sitting(entry.sitting());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sitting", entry.sitting());
        json.put("name", entry.name());
        json.put("gender", entry.gender());
        json.put("school", entry.school());
        json.put("idNumber", entry.idNumber());
        json.put("admissionNumber", entry.admissionNumber());
        json.put("room", entry.room());
        json.put("seat", sitting.attendance().seat().orElse(entry.seat()));
        json.put("photo", !entry.photo().isEmpty());
        json.put("state", SeatMaps.stateOf(sitting));
        return json;
    }

    private Optional<ExamPackage> pack(Visit visit) {
        return packages.exam(visit.path("exam"));
    }

    private static Optional<RoomPhase> phaseOf(PhaseRequest request) {
        return Arrays.stream(RoomPhase.values())
                .filter(phase -> phase.name().equals(request.to()))
                .findFirst();
    }

    private static String by(Visit visit) {
        return "staff:" + visit.person().login();
    }

    private static Reply unknown(Visit visit) {
        return Refusals.of(visit, 404, "EXAM_UNKNOWN");
    }

    private static Reply fresh(Object json) {
        return Reply.json(json).header("Cache-Control", "no-store");
    }
}
