package io.invigil.site.room.core;

import io.invigil.exam.room.AttemptKey;
import io.invigil.exam.room.IdentityFact;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Facts into state; needs no plan, so that facts replay before any package is read. */
final class RoomReducer {
    private RoomReducer() {}

    static RoomState apply(RoomState before, StampedFact stamped) {
        var stamp = stamped.stamp();
        RoomState state = before.at(new CoreTime(stamp.at(), stamp.up(), stamp.boot()));
        long now = state.clock().lastMillis();
        long wall = stamp.at();
        return switch (stamped.fact()) {
            case RoomFact.PackageActivated f ->
                    exam(state, f.exam(), e -> e.activated(f.version(), f.manifestDigest()));
            case RoomFact.PaperOpened f -> exam(state, f.exam(), e -> e.opened(f.paper()));
            case RoomFact.PhaseChanged f ->
                    exam(state, f.exam(), e -> e.inPhase(f.to(), now, wall));
            case RoomFact.Tick f -> exam(state, f.exam(), e -> e.ticked(now, stamp.boot()));
            case RoomFact.IncidentReported f -> incident(state, f);
            case RoomFact.BlobLost f -> state;
            case RoomFact.CheckedIn f ->
                    DeskReducer.arrived(
                            attendance(state, f.sitting(), a -> a.in(f.way())),
                            f.sitting(),
                            f.way(),
                            wall);
            case RoomFact.CheckInUndone f ->
                    DeskReducer.notArrived(
                            attendance(state, f.sitting(), Attendance::undone), f.sitting());
            case RoomFact.MarkedAbsent f ->
                    attendance(state, f.sitting(), a -> a.missing(f.reason()));
            case RoomFact.SeatChanged f -> attendance(state, f.sitting(), a -> a.at(f.toSeat()));
            case RoomFact.PinReset f -> attendance(state, f.sitting(), a -> a.pin(f.pinNumber()));
            case IdentityFact f ->
                    attendance(state, f.sitting(), a -> a.identified(a.identity().after(f, now)));
            case RoomFact.TimeGranted f -> timing(state, f.sitting(), t -> t.granted(f.millis()));
            case RoomFact.Paused f -> timing(state, f.sitting(), t -> t.paused(now));
            case RoomFact.Resumed f -> timing(state, f.sitting(), t -> t.resumed(now));
            case RoomFact.WriterChanged f ->
                    sitting(state, f.sitting(), s -> s.writer(f.device(), f.lease()));
            case RoomFact.SittingStarted f ->
                    sitting(
                            state,
                            f.sitting(),
                            s ->
                                    s.startedWith(
                                            s.timing().started(now, wall, f.allowedMillis()),
                                            f.seed()));
            case RoomFact.AttemptOpened f ->
                    DeskReducer.back(sitting(state, f.sitting(), s -> s), f.sitting());
            case RoomFact.AnswerSaved f -> sitting(state, f.sitting(), s -> answer(s, f, wall));
            case RoomFact.AnswerKeptApart f ->
                    sitting(state, f.sitting(), s -> s.apart(ApartAnswer.of(f, wall)));
            case RoomFact.MediaPlayed f -> sitting(state, f.sitting(), s -> s.played(f));
            case RoomFact.PageSignalled f -> sitting(state, f.sitting(), s -> s.signalled(f));
            case RoomFact.ApartDecided f ->
                    sitting(state, f.sitting(), s -> s.decided(f, stamp.by(), wall));
            case RoomFact.HandedIn f ->
                    DeskReducer.handedIn(
                            sitting(
                                    state,
                                    f.sitting(),
                                    s ->
                                            s.handedIn(
                                                    new SittingState.HandIn(
                                                            f.cause(),
                                                            f.answered(),
                                                            f.answersDigest(),
                                                            wall))),
                            f.sitting(),
                            now);
            case ProctorFact f -> DeskReducer.apply(state, f, stamp);
            case RoomFact.ScoredProvisionally f ->
                    sitting(
                            state,
                            f.sitting(),
                            s -> s.scored(new SittingState.Score(f.score(), f.maximum())));
        };
    }

    private static SittingState answer(SittingState s, RoomFact.AnswerSaved f, long wall) {
        ItemAnswer known = s.answers().get(f.item());
        return s.answered(f.item(), ItemAnswer.after(Optional.ofNullable(known), f, wall));
    }

    private static RoomState incident(RoomState state, RoomFact.IncidentReported f) {
        RoomState noted = exam(state, f.exam(), e -> e.withIncident(f.incident()));
        return f.sitting()
                .map(number -> sitting(noted, number, SittingState::withIncident))
                .orElse(noted);
    }

    private static RoomState exam(RoomState state, String name, UnaryOperator<ExamState> change) {
        return state.with(change.apply(state.exam(name).orElseGet(() -> ExamState.unknown(name))));
    }

    private static RoomState sitting(
            RoomState state, long number, UnaryOperator<SittingState> change) {
        return state.with(change.apply(state.sitting(number)));
    }

    private static RoomState attendance(
            RoomState state, long number, UnaryOperator<Attendance> change) {
        long first = AttemptKey.sittingOf(number);
        return sitting(state, first, s -> s.with(change.apply(s.attendance())));
    }

    private static RoomState timing(RoomState state, long number, UnaryOperator<Timing> change) {
        return sitting(state, number, s -> s.with(change.apply(s.timing())));
    }
}
