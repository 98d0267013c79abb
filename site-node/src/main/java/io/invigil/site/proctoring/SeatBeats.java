package io.invigil.site.proctoring;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.PageHandler;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.room.CaseKind;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.site.attendance.Presence;
import io.invigil.site.delivery.CandidateSession;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.DeskCommand;
import io.invigil.site.room.core.DeskState;
import io.invigil.site.room.core.ExamState;
import io.invigil.site.room.core.Recheck;
import io.invigil.site.room.core.RoomState;
import io.invigil.site.room.core.SittingState;
import io.invigil.site.web.Refusals;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a candidate's page tells the desk and hears from it: that it is there, that help is needed,
 * and the words told so far (they survive a reload).
 */
public final class SeatBeats implements HttpService {
    private static final Pattern PERCENT = Pattern.compile("[0-9]{1,3}");

    private final HttpPages pages;
    private final RoomEngine engine;
    private final Presence presence;
    private final SnapshotSpace space;
    private final Entropy entropy;

    public SeatBeats(
            HttpPages pages,
            RoomEngine engine,
            Presence presence,
            SnapshotSpace space,
            Entropy entropy) {
        this.space = space;
        this.pages = pages;
        this.engine = engine;
        this.presence = presence;
        this.entropy = entropy;
    }

    /**
     * JSON of {@code GET /api/exam/beat}.
     *
     * @param notices how many words there are for this candidate
     * @param snapshotSeconds how far apart snapshots are to be, 0 for none
     * @param smallSnapshots whether space is scarce
     * @param helpCalled whether a call for help is open
     * @param camera whether the page keeps its camera open
     * @param recheck number of the face check that waits for a picture, 0 for none
     */
    public record Beat(
            int notices,
            boolean helpCalled,
            int snapshotSeconds,
            boolean smallSnapshots,
            boolean camera,
            int recheck) {}

    /**
     * @param kind ANNOUNCEMENT, MESSAGE or WARNING
     * @param clock time of day by the room's clock and zone, not by the machine's
     */
    public record Notice(String kind, String text, String clock) {}

    @Override
    public void routing(HttpRules rules) {
        rules
                // every few seconds from the page of a seat; ?battery= percent, while on it
                .get("/api/exam/beat", candidate(this::beat))
                // oldest first
                .get("/api/exam/notices", candidate(this::notices))
                .post("/api/exam/help", candidate(this::help));
    }

    private Handler candidate(PageHandler handler) {
        return pages.api(Access.roles(CandidateSession.ROLE), handler);
    }

    private Reply beat(Visit visit) {
        long sitting = CandidateSession.sitting(visit);
        presence.seen(sitting, engine.time().now().upMillis());
        presence.battery(
                sitting,
                visit.query("battery")
                        .filter(percent -> PERCENT.matcher(percent).matches())
                        .map(Integer::valueOf));
        RoomState state = engine.state();
        Optional<String> exam = state.examOf(sitting).map(ExamState::exam);
        boolean called =
                exam.map(e -> state.desk().room(e)).stream()
                        .flatMap(room -> room.cases().values().stream())
                        .anyMatch(
                                known ->
                                        known.open()
                                                && known.kind() == CaseKind.HELP
                                                && known.sitting().equals(Optional.of(sitting)));
        SittingState seat = state.now(sitting);
        int every =
                seat.sits() ? exam.map(e -> state.desk().room(e).snapshotSeconds()).orElse(0) : 0;
        return fresh(
                new Beat(
                        messages(sitting).size(),
                        called,
                        every == 0 ? 0 : space.every(every),
                        !space.inFull(),
                        every > 0 || checksFaces(state, seat),
                        waitsForFace(seat)));
    }

    /** Before the start already: the browser's question must not come in the middle of the test. */
    private static boolean checksFaces(RoomState state, SittingState seat) {
        return seat.attendance().checkedIn().isPresent()
                && !seat.handedIn()
                && state.examOf(seat.sitting())
                        .flatMap(ExamState::plan)
                        .filter(plan -> plan.rechecks().any())
                        .isPresent();
    }

    private static int waitsForFace(SittingState seat) {
        Recheck recheck = seat.attendance().identity().recheck();
        return recheck.openFor(seat) ? recheck.asked() : 0;
    }

    private Reply notices(Visit visit) {
        List<Notice> notices =
                messages(CandidateSession.sitting(visit)).stream()
                        .map(
                                m ->
                                        new Notice(
                                                m.kind().name(),
                                                m.text(),
                                                visit.texts()
                                                        .time(
                                                                Instant.ofEpochMilli(
                                                                        m.wallMillis()))))
                        .toList();
        return fresh(Map.of("notices", notices));
    }

    private List<DeskState.Message> messages(long sitting) {
        RoomState state = engine.state();
        return state.examOf(sitting).map(e -> state.desk().room(e.exam()).messages()).stream()
                .flatMap(List::stream)
                .filter(m -> m.sitting().isEmpty() || m.sitting().get() == sitting)
                .toList();
    }

    private Reply help(Visit visit) {
        long sitting = CandidateSession.sitting(visit);
        Optional<String> exam = engine.state().examOf(sitting).map(ExamState::exam);
        if (exam.isEmpty()) {
            return Refusals.of(visit, 404, "SITTING_UNKNOWN");
        }
        return Refusals.of(
                visit,
                engine.ask(
                        new DeskCommand.OpenCase(
                                CandidateSession.by(sitting),
                                exam.get(),
                                Optional.of(sitting),
                                HexFormat.of().formatHex(entropy.bytes(16)),
                                CaseKind.HELP,
                                "")));
    }

    private static Reply fresh(Object json) {
        return Reply.json(json).header("Cache-Control", "no-store");
    }
}
