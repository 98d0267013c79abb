package io.invigil.site.delivery;

import static io.invigil.site.delivery.CandidateSession.attempt;
import static io.invigil.site.delivery.CandidateSession.by;
import static io.invigil.site.delivery.CandidateSession.device;
import static io.invigil.site.delivery.CandidateSession.sitting;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.i18n.Language;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.PageHandler;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.room.AttemptKey;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.site.apart.HeldKeys;
import io.invigil.site.attendance.Presence;
import io.invigil.site.lockdown.Lockdown;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.room.Outcome;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.CoreTime;
import io.invigil.site.room.core.RoomCommand;
import io.invigil.site.room.core.RoomReply;
import io.invigil.site.web.Refusals;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The candidate's JSON interface. Everything but login and session needs a candidate's session; a
 * save is answered only when it is durable. The header {@code X-Attempt} names the attempt that a
 * page speaks of, the state's {@code sitting}.
 */
public final class CandidateApi implements HttpService {
    public static final int BODY_BYTES_MAX = 128 * 1024;

    private final HttpPages pages;
    private final ActivePackages packages;
    private final RoomEngine engine;
    private final CandidateLogins logins;
    private final CandidateViews views;
    private final CandidatePapers papers;
    private final CandidateLive live;
    private final Presence presence;
    private final HeldKeys held;
    private final Lockdown lockdown;
    private final Entropy entropy;

    public CandidateApi(
            HttpPages pages,
            ActivePackages packages,
            RoomEngine engine,
            CandidateLogins logins,
            CandidateViews views,
            CandidatePapers papers,
            CandidateLive live,
            Presence presence,
            HeldKeys held,
            Lockdown lockdown,
            Entropy entropy) {
        this.pages = pages;
        this.packages = packages;
        this.engine = engine;
        this.logins = logins;
        this.views = views;
        this.papers = papers;
        this.live = live;
        this.presence = presence;
        this.held = held;
        this.lockdown = lockdown;
        this.entropy = entropy;
    }

    /**
     * @param room where the PC stands, if it knows
     * @param device a random token that the browser keeps, {@code [A-Za-z0-9-_]{8,64}}: the same
     *     machine keeps its right to write over a new login
     */
    public record LoginRequest(String number, String pin, String room, String device) {}

    public record WriterRequest(Boolean takeover) {
        public WriterRequest {
            takeover = takeover != null && takeover;
        }
    }

    public record LeaseRequest(long lease) {}

    @Override
    public void routing(HttpRules rules) {
        rules
                // number and PIN in, session out
                .post("/api/exam/login", pages.api(Access.open(), this::login))
                // own data, place, phase, time left, what is saved where
                .get("/api/exam/state", candidate(this::state))
                // time left alone, for the page's clock
                .get("/api/exam/time", candidate(this::time))
                // the paper in this sitting's order, and what was answered so far
                .get("/api/exam/paper", candidate(this::paper))
                .get("/api/exam/answers", candidate(this::answers))
                .get("/api/exam/versions", candidate(this::versions))
                .get("/api/exam/assets/{name}", candidate(this::asset))
                .get("/api/exam/photo", candidate(this::photo))
                // the right to write from this device, perhaps taken from another one
                .post("/api/exam/writer", candidate(this::writer))
                .post("/api/exam/start", candidate(this::start))
                .post("/api/exam/answers", candidate(this::save))
                .post("/api/exam/hand-in", candidate(this::handIn))
                .post("/api/exam/attempts", candidate(this::next))
                // events: state (load it anew), message (text of the proctor)
                .get("/api/exam/live", candidate(this::events));
    }

    private io.helidon.webserver.http.Handler candidate(PageHandler handler) {
        return pages.api(Access.roles(CandidateSession.ROLE), lockdown.api(handler));
    }

    private Reply login(Visit visit) {
        Optional<LoginRequest> request = visit.json(LoginRequest.class, BODY_BYTES_MAX);
        if (request.isEmpty() || request.get().number() == null || request.get().pin() == null) {
            return Refusals.badRequest(visit);
        }
        LoginRequest typed = request.get();
        Optional<String> room = Optional.ofNullable(typed.room()).filter(r -> !r.isBlank());
        return switch (logins.login(typed.number(), typed.pin(), room, visit.address())) {
            case LoginDecision.Wrong wrong -> Refusals.of(visit, 401, "PIN_WRONG");
            case LoginDecision.Wait wait -> Refusals.of(visit, 429, "PIN_WAIT");
            case LoginDecision.OtherRoom other ->
                    Refusals.of(
                            visit,
                            409,
                            "ROOM_OTHER",
                            Map.of(
                                    "room", other.room(),
                                    "address", other.address(),
                                    "seat", String.valueOf(other.seat())));
            case LoginDecision.Accepted accepted -> signIn(visit, typed, accepted.listed());
        };
    }

    private Reply signIn(Visit visit, LoginRequest typed, ActivePackages.Listed listed) {
        String device =
                CandidateSession.open(visit, listed, Optional.ofNullable(typed.device()), entropy);
        seen(listed.entry().sitting());
        long latest = engine.state().latest(listed.entry().sitting());
        return fresh(views.state(listed, latest, device, visit.language() == Language.EN));
    }

    private Reply state(Visit visit) {
        Optional<ActivePackages.Listed> listed = listed(visit);
        return listed.map(l -> fresh(views.state(l, shown(visit), device(visit), english(visit))))
                .orElseGet(() -> gone(visit));
    }

    private Reply time(Visit visit) {
        long sitting = shown(visit);
        CoreTime now = engine.time().now();
        presence.seen(sitting(visit), now.upMillis());
        OptionalLong remaining = engine.state().remaining(sitting, now);
        var timing = engine.state().sitting(sitting).timing();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("upMillis", now.upMillis());
        json.put("remainingMillis", remaining.isPresent() ? remaining.getAsLong() : -1);
        json.put("paused", timing.pausedAt().isPresent());
        json.put("at", Instant.ofEpochMilli(now.wallMillis()));
        return fresh(json);
    }

    private Reply paper(Visit visit) {
        return switch (papers.paper(shown(visit))) {
            case CandidatePapers.Shown.Open open -> fresh(open.view());
            case CandidatePapers.Shown.NotYet notYet -> Refusals.of(visit, 409, notYet.code());
        };
    }

    /** What one item's answer was before, and what is kept beside it. */
    private Reply versions(Visit visit) {
        long sitting = shown(visit);
        return visit.query("item")
                .map(item -> fresh(views.versions(sitting, item)))
                .orElseGet(() -> Refusals.badRequest(visit));
    }

    private Reply answers(Visit visit) {
        return fresh(Map.of("answers", views.answers(shown(visit))));
    }

    private Reply asset(Visit visit) {
        return papers.asset(shown(visit), visit.path("name"))
                .map(a -> ByteRange.reply(visit.header("Range"), a))
                .orElseGet(Reply::notFound);
    }

    private Reply photo(Visit visit) {
        return papers.photo(sitting(visit))
                .map(bytes -> Reply.bytes(CandidatePapers.pictureType(bytes), bytes))
                .map(reply -> reply.header("Cache-Control", "private, max-age=3600"))
                .orElseGet(Reply::notFound);
    }

    private Reply writer(Visit visit) {
        Optional<WriterRequest> request = visit.json(WriterRequest.class, BODY_BYTES_MAX);
        if (request.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        long sitting = attempt(visit);
        Outcome outcome =
                engine.ask(
                        new RoomCommand.TakeWriter(
                                by(sitting), sitting, device(visit), request.get().takeover()));
        return Refusals.of(
                visit,
                outcome,
                kept ->
                        fresh(
                                Map.of(
                                        "lease",
                                        kept.reply() instanceof RoomReply.WriterGranted granted
                                                ? granted.lease()
                                                : 0L)));
    }

    private Reply start(Visit visit) {
        Optional<LeaseRequest> request = visit.json(LeaseRequest.class, BODY_BYTES_MAX);
        if (request.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        long sitting = attempt(visit);
        long seed = ByteBuffer.wrap(entropy.bytes(Long.BYTES)).getLong();
        Outcome outcome =
                engine.ask(
                        new RoomCommand.Start(by(sitting), sitting, request.get().lease(), seed));
        return Refusals.of(visit, outcome, kept -> state(visit));
    }

    private Reply save(Visit visit) {
        Optional<SaveRequest> request =
                visit.json(SaveRequest.class, BODY_BYTES_MAX).filter(SaveRequest::complete);
        if (request.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        long sitting = attempt(visit);
        SaveRequest save = request.get();
        Optional<String> problem = papers.responseProblem(sitting, save);
        if (problem.isPresent()) {
            return Refusals.of(visit, 400, problem.get());
        }
        Outcome outcome =
                engine.ask(
                        new RoomCommand.SaveAnswer(
                                by(sitting),
                                sitting,
                                save.lease(),
                                save.item(),
                                save.op(),
                                save.rev(),
                                save.response(),
                                save.held(sitting, held)));
        seen(sitting);
        return Refusals.of(visit, outcome, kept -> saved(sitting, kept));
    }

    private Reply saved(long sitting, Outcome.Kept kept) {
        OptionalLong remaining = engine.state().remaining(sitting, engine.time().now());
        Map<String, Object> json = new LinkedHashMap<>();
        if (kept.reply() instanceof RoomReply.AnswerApart apart) {
            json.put("item", apart.item());
            json.put("apart", apart.why());
        } else {
            var reply = (RoomReply.AnswerKept) kept.reply();
            json.put("item", reply.item());
            json.put("rev", reply.revision());
            json.put("repeated", reply.repeated());
        }
        json.put("contact", views.contact(sitting));
        json.put("durability", kept.durability());
        json.put("at", Instant.ofEpochMilli(engine.time().now().wallMillis()));
        json.put("remainingMillis", remaining.orElse(0));
        return fresh(json);
    }

    private Reply handIn(Visit visit) {
        Optional<LeaseRequest> request = visit.json(LeaseRequest.class, BODY_BYTES_MAX);
        if (request.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        long sitting = attempt(visit);
        Outcome outcome =
                engine.ask(new RoomCommand.HandIn(by(sitting), sitting, request.get().lease()));
        return Refusals.of(visit, outcome, kept -> handedIn(kept));
    }

    private Reply handedIn(Outcome.Kept kept) {
        var receipt = (RoomReply.HandInKept) kept.reply();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("cause", receipt.cause());
        json.put("answered", receipt.answered());
        json.put("answersDigest", receipt.answersDigest());
        json.put("at", Instant.ofEpochMilli(receipt.wallMillis()));
        json.put("durability", kept.durability());
        return fresh(json);
    }

    /** After a hand-in, while the policy has another attempt; {@code sitting} changes with it. */
    private Reply next(Visit visit) {
        long sitting = attempt(visit);
        Outcome outcome = engine.ask(new RoomCommand.NextAttempt(by(sitting), sitting));
        return Refusals.of(visit, outcome, kept -> latest(visit));
    }

    private Reply latest(Visit visit) {
        long latest = engine.state().latest(sitting(visit));
        return listed(visit)
                .map(l -> fresh(views.state(l, latest, device(visit), english(visit))))
                .orElseGet(() -> gone(visit));
    }

    private Reply events(Visit visit) {
        return live.events(sitting(visit));
    }

    private Optional<ActivePackages.Listed> listed(Visit visit) {
        long sitting = sitting(visit);
        seen(sitting);
        return packages.sitting(sitting);
    }

    private long shown(Visit visit) {
        return CandidateSession.shown(visit, engine.state());
    }

    private void seen(long sitting) {
        presence.seen(AttemptKey.sittingOf(sitting), engine.time().now().upMillis());
    }

    private static boolean english(Visit visit) {
        return visit.language() == Language.EN;
    }

    private static Reply gone(Visit visit) {
        return Refusals.of(visit, 404, "SITTING_UNKNOWN");
    }

    private static Reply fresh(Object json) {
        return Reply.json(json).header("Cache-Control", "no-store");
    }
}
