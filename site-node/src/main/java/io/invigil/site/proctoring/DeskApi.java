package io.invigil.site.proctoring;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.PageHandler;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.room.CaseKind;
import io.invigil.exam.room.LateChangeDetails;
import io.invigil.exam.room.LateChangeKind;
import io.invigil.exam.room.MessageKind;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.site.attendance.Presence;
import io.invigil.site.attendance.RoomDoor;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.room.Outcome;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.DeskCommand;
import io.invigil.site.room.core.RoomCommand;
import io.invigil.site.web.Refusals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The proctors' desk as JSON: incidents, words, compensation, cases, late changes (domain, section
 * 12). Ids of things are made here unless the page brings its own, so that a repeated request is
 * one thing.
 */
public final class DeskApi implements HttpService {
    private static final int BODY_BYTES_MAX = 64 * 1024;
    private static final int SITTINGS_MAX = 2_000;

    private final HttpPages pages;
    private final ActivePackages packages;
    private final RoomEngine engine;
    private final Presence presence;
    private final Entropy entropy;

    public DeskApi(
            HttpPages pages,
            ActivePackages packages,
            RoomEngine engine,
            Presence presence,
            Entropy entropy) {
        this.pages = pages;
        this.packages = packages;
        this.engine = engine;
        this.presence = presence;
        this.entropy = entropy;
    }

    /**
     * @param sitting absent or 0 for an incident of the whole room
     * @param evidence hex SHA-256 of a picture kept before; absent for none
     */
    public record IncidentRequest(
            Long sitting, String category, String statement, String evidence) {
        boolean complete() {
            return category != null && statement != null;
        }
    }

    /**
     * @param sittings absent or empty for everyone of the exam
     * @param warning whether it counts as a warning; never to everyone
     */
    public record MessageRequest(Long sitting, List<Long> sittings, String text, Boolean warning) {
        List<Long> to() {
            if (sittings != null) {
                return sittings;
            }
            return sitting == null || sitting == 0 ? List.of() : List.of(sitting);
        }
    }

    /**
     * @param sittings absent or empty for everyone with a proposal
     * @param minutes absent or 0 for what is proposed
     */
    public record CompensationRequest(List<Long> sittings, Integer minutes, String reason) {
        boolean complete() {
            return reason != null && (sittings == null || sittings.size() <= SITTINGS_MAX);
        }
    }

    public record CaseRequest(Long sitting, String kind, String statement) {}

    /** Passes on with {@code owner}, settles with {@code outcome}. */
    public record CaseStep(String owner, String outcome, String note) {}

    /**
     * @param details absent for none
     */
    public record LateChangeRequest(
            Long sitting, String kind, String detail, String reason, LateChangeDetails details) {
        boolean complete() {
            return kind != null && detail != null && reason != null;
        }
    }

    public record SwapRequest(Long sitting, Long other, String reason) {
        boolean complete() {
            return sitting != null && other != null && reason != null;
        }
    }

    @Override
    public void routing(HttpRules rules) {
        rules
                // words told, cases with their clocks, late changes
                .get("/api/room/{exam}/desk", proctor(this::show))
                .post("/api/room/{exam}/incidents", proctor(this::incident))
                // to one, several or all; a warning counts
                .post("/api/room/{exam}/messages", proctor(this::message))
                // one tap: what the node measured and nobody gave back yet
                .post("/api/room/{exam}/compensations", proctor(this::compensate))
                // the emergency table: open, pass on, settle
                .post("/api/room/{exam}/cases", proctor(this::openCase))
                .post("/api/room/{exam}/cases/{case}", proctor(this::stepCase))
                // words of the centre, acknowledged by whoever reads them first
                .post("/api/room/{exam}/centre/{word}", proctor(this::readCentre))
                // what the package does not know; a swap of seats takes effect at once
                .post("/api/room/{exam}/late-changes", proctor(this::lateChange))
                .post("/api/room/{exam}/swap", proctor(this::swap));
    }

    private Handler proctor(PageHandler handler) {
        return RoomDoor.api(pages, handler);
    }

    private Reply show(Visit visit) {
        String exam = visit.path("exam");
        if (packages.exam(exam).isEmpty()) {
            return Refusals.of(visit, 404, "EXAM_UNKNOWN");
        }
        return Reply.json(DeskView.of(engine.state(), exam, engine.time().now()))
                .header("Cache-Control", "no-store");
    }

    private Reply incident(Visit visit) {
        return visit.json(IncidentRequest.class, BODY_BYTES_MAX)
                .filter(IncidentRequest::complete)
                .map(
                        told ->
                                Refusals.of(
                                        visit,
                                        engine.ask(
                                                new RoomCommand.ReportIncident(
                                                        by(visit),
                                                        visit.path("exam"),
                                                        about(told.sitting()),
                                                        fresh(),
                                                        told.category().strip(),
                                                        told.statement().strip(),
                                                        Optional.ofNullable(told.evidence())
                                                                .filter(e -> !e.isBlank())))))
                .orElseGet(() -> Refusals.badRequest(visit));
    }

    private Reply message(Visit visit) {
        Optional<MessageRequest> request =
                visit.json(MessageRequest.class, BODY_BYTES_MAX)
                        .filter(told -> told.text() != null)
                        .filter(told -> told.to().size() <= SITTINGS_MAX);
        if (request.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        List<Long> to = request.get().to();
        String text = request.get().text().strip();
        boolean warning = Boolean.TRUE.equals(request.get().warning());
        if (to.isEmpty()) {
            return Refusals.of(
                    visit,
                    engine.ask(tell(visit, Optional.empty(), MessageKind.ANNOUNCEMENT, text)),
                    kept -> Reply.noContent());
        }
        MessageKind kind = warning ? MessageKind.WARNING : MessageKind.MESSAGE;
        return all(visit, to, sitting -> tell(visit, Optional.of(sitting), kind, text));
    }

    private DeskCommand tell(Visit visit, Optional<Long> sitting, MessageKind kind, String text) {
        return new DeskCommand.Tell(by(visit), visit.path("exam"), sitting, fresh(), kind, text);
    }

    private Reply compensate(Visit visit) {
        Optional<CompensationRequest> request =
                visit.json(CompensationRequest.class, BODY_BYTES_MAX)
                        .filter(CompensationRequest::complete);
        var pack = packages.exam(visit.path("exam"));
        if (request.isEmpty() || pack.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        List<Long> wanted = request.get().sittings();
        boolean everyone = wanted == null || wanted.isEmpty();
        List<Long> sittings =
                everyone
                        ? pack.get().roster().entries().stream().map(e -> e.sitting()).toList()
                        : wanted;
        int minutes = request.get().minutes() == null ? 0 : request.get().minutes();
        OptionalLong millis =
                minutes == 0 ? OptionalLong.empty() : OptionalLong.of(minutes * 60_000L);
        long up = engine.time().now().upMillis();
        sittings.forEach(sitting -> presence.noteSilence(sitting, up));
        List<Long> sat =
                sittings.stream()
                        .filter(s -> !everyone || engine.state().now(s).started())
                        .toList();
        return all(
                visit,
                sat,
                sitting ->
                        new DeskCommand.Compensate(
                                by(visit), sitting, millis, request.get().reason().strip()));
    }

    private Reply openCase(Visit visit) {
        Optional<CaseRequest> request = visit.json(CaseRequest.class, BODY_BYTES_MAX);
        Optional<CaseKind> kind = request.flatMap(r -> named(CaseKind.values(), r.kind()));
        if (kind.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        String statement = Optional.ofNullable(request.get().statement()).orElse("").strip();
        return Refusals.of(
                visit,
                engine.ask(
                        new DeskCommand.OpenCase(
                                by(visit),
                                visit.path("exam"),
                                about(request.get().sitting()),
                                fresh(),
                                kind.get(),
                                statement)));
    }

    private Reply stepCase(Visit visit) {
        Optional<CaseStep> request = visit.json(CaseStep.class, BODY_BYTES_MAX);
        if (request.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        String note = Optional.ofNullable(request.get().note()).orElse("").strip();
        String exam = visit.path("exam");
        String id = visit.path("case");
        Optional<DeskCommand> step =
                named(CaseKind.Owner.values(), request.get().owner())
                        .<DeskCommand>map(
                                owner ->
                                        new DeskCommand.PassCaseOn(
                                                by(visit), exam, id, owner, note))
                        .or(
                                () ->
                                        named(CaseKind.Outcome.values(), request.get().outcome())
                                                .map(
                                                        how ->
                                                                new DeskCommand.SettleCase(
                                                                        by(visit), exam, id, how,
                                                                        note)));
        return step.map(command -> Refusals.of(visit, engine.ask(command)))
                .orElseGet(() -> Refusals.badRequest(visit));
    }

    private Reply readCentre(Visit visit) {
        return Refusals.of(
                visit,
                engine.ask(
                        new DeskCommand.ReadCentre(
                                by(visit), visit.path("exam"), visit.path("word"))));
    }

    private Reply lateChange(Visit visit) {
        Optional<LateChangeRequest> request =
                visit.json(LateChangeRequest.class, BODY_BYTES_MAX)
                        .filter(LateChangeRequest::complete);
        Optional<LateChangeKind> kind =
                request.flatMap(r -> named(LateChangeKind.values(), r.kind()));
        if (kind.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        return Refusals.of(
                visit,
                engine.ask(
                        new DeskCommand.RecordLateChange(
                                by(visit),
                                visit.path("exam"),
                                about(request.get().sitting()),
                                fresh(),
                                kind.get(),
                                request.get().detail().strip(),
                                request.get().reason().strip(),
                                Optional.ofNullable(request.get().details())
                                        .orElse(LateChangeDetails.NONE))));
    }

    private Reply swap(Visit visit) {
        return visit.json(SwapRequest.class, BODY_BYTES_MAX)
                .filter(SwapRequest::complete)
                .map(
                        wanted ->
                                Refusals.of(
                                        visit,
                                        engine.ask(
                                                new DeskCommand.SwapSeats(
                                                        by(visit),
                                                        wanted.sitting(),
                                                        wanted.other(),
                                                        wanted.reason().strip(),
                                                        fresh()))))
                .orElseGet(() -> Refusals.badRequest(visit));
    }

    /** One command for each sitting, together; what failed is told by sitting. */
    private Reply all(Visit visit, List<Long> sittings, Function<Long, RoomCommand> command) {
        Map<Long, CompletableFuture<Outcome>> asked = new LinkedHashMap<>();
        sittings.forEach(sitting -> asked.put(sitting, engine.submit(command.apply(sitting))));
        List<Map<String, Object>> results = new ArrayList<>();
        asked.forEach(
                (sitting, outcome) -> results.add(Refusals.line(visit, sitting, outcome.join())));
        return Reply.json(Map.of("results", results)).header("Cache-Control", "no-store");
    }

    private static Optional<Long> about(Long sitting) {
        return sitting == null || sitting == 0 ? Optional.empty() : Optional.of(sitting);
    }

    private static <E extends Enum<E>> Optional<E> named(E[] values, String name) {
        return Arrays.stream(values).filter(value -> value.name().equals(name)).findFirst();
    }

    private String fresh() {
        return HexFormat.of().formatHex(entropy.bytes(16));
    }

    private static String by(Visit visit) {
        return "staff:" + visit.person().login();
    }
}
