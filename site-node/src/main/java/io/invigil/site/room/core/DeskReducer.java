package io.invigil.site.room.core;

import io.invigil.exam.room.AttemptKey;
import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.FactStamp;
import io.invigil.exam.room.MessageKind;
import io.invigil.exam.room.ProctorFact;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The desk's facts into state; part of {@link RoomReducer}. */
final class DeskReducer {
    private DeskReducer() {}

    static RoomState apply(RoomState state, ProctorFact fact, FactStamp stamp) {
        long now = state.clock().lastMillis();
        return switch (fact) {
            case ProctorFact.Told f -> told(state, f, stamp);
            case ProctorFact.SittingReleased f ->
                    state.with(
                            state.sitting(f.sitting())
                                    .with(
                                            state.sitting(f.sitting())
                                                    .attendance()
                                                    .givenUp(f.reason())));
            case ProctorFact.Readmitted f -> readmitted(state, f, now);
            case ProctorFact.SeatSilent f ->
                    seat(state, f.sitting(), s -> s.lost(f.silentMillis()));
            case ProctorFact.OutageCompensated f ->
                    seat(
                            state.with(
                                    state.sitting(f.sitting())
                                            .with(
                                                    state.sitting(f.sitting())
                                                            .timing()
                                                            .granted(f.millis()))),
                            f.sitting(),
                            s -> s.compensated(f.millis()));
            case ProctorFact.SnapshotsSet f ->
                    room(state, f.exam(), r -> r.snapshotsEvery(f.everySeconds()));
            case ProctorFact.SnapshotTaken f ->
                    camera(state, f.sitting(), c -> c.taken(f.blob(), stamp.at()));
            case ProctorFact.CameraTold f -> camera(state, f.sitting(), c -> c.says(f.camera()));
            case ProctorFact.CheckedOut f -> register(state, f.sitting(), r -> r.left(stamp.at()));
            case ProctorFact.ClaimSeen f -> register(state, f.sitting(), DeskState.Register::seen);
            case ProctorFact.PortalAnswered f ->
                    register(state, f.sitting(), r -> r.answered(f.request()));
            case ProctorFact.PapersHandedOver f ->
                    register(state, f.sitting(), r -> r.papers(f.sheets()));
            case ProctorFact.CaseOpened f ->
                    room(
                            state,
                            f.exam(),
                            r ->
                                    r.with(
                                            new DeskState.Case(
                                                    f.caseId(),
                                                    f.sitting(),
                                                    f.kind(),
                                                    f.owner(),
                                                    f.dueMillis(),
                                                    f.statement(),
                                                    stamp.by(),
                                                    stamp.at(),
                                                    now,
                                                    Optional.empty(),
                                                    "")));
            case ProctorFact.CasePassedOn f ->
                    aCase(state, f.exam(), f.caseId(), c -> c.passedOn(f.owner(), f.note()));
            case ProctorFact.CaseSettled f ->
                    aCase(state, f.exam(), f.caseId(), c -> c.settled(f.outcome(), f.note()));
            case ProctorFact.CentreTold f ->
                    room(
                            state,
                            f.exam(),
                            r ->
                                    r.heard(
                                            new DeskState.Word(
                                                    f.word(),
                                                    f.from(),
                                                    f.text(),
                                                    f.sentMillis(),
                                                    stamp.at(),
                                                    "",
                                                    0)));
            case ProctorFact.CentreRead f ->
                    room(state, f.exam(), r -> r.read(f.word(), stamp.by(), stamp.at()));
            case ProctorFact.StandInOpened f ->
                    room(
                            state,
                            f.exam(),
                            r ->
                                    r.opened(
                                            new DeskState.StandIn(
                                                    f.login(),
                                                    r.nameIn(f.change()),
                                                    f.room(),
                                                    f.passwordHash())));
            case ProctorFact.LateChange f ->
                    room(
                            state,
                            f.exam(),
                            r ->
                                    r.changed(
                                            new DeskState.Change(
                                                    f.change(),
                                                    f.sitting(),
                                                    f.kind(),
                                                    f.detail(),
                                                    f.reason(),
                                                    stamp.by(),
                                                    stamp.at())));
        };
    }

    /** Notes when a hand-in was, for a readmission. */
    static RoomState handedIn(RoomState state, long sitting, long now) {
        return seat(state, sitting, s -> s.handedInAt(now));
    }

    static RoomState arrived(RoomState state, long sitting, CheckInWay way, long wall) {
        return register(state, sitting, r -> r.arrived(wall, way.byPhone()));
    }

    static RoomState notArrived(RoomState state, long sitting) {
        return register(state, sitting, DeskState.Register::notArrived);
    }

    private static RoomState camera(
            RoomState state, long number, UnaryOperator<DeskState.Camera> change) {
        long sitting = AttemptKey.sittingOf(number);
        DeskState desk = state.desk();
        return state.with(desk.with(sitting, change.apply(desk.camera(sitting))));
    }

    /** In the room for a further attempt. */
    static RoomState back(RoomState state, long sitting) {
        return register(state, sitting, r -> r.left(0));
    }

    /** The sheet has one line for a sitting, whatever its attempts. */
    private static RoomState register(
            RoomState state, long number, UnaryOperator<DeskState.Register> change) {
        long sitting = AttemptKey.sittingOf(number);
        DeskState desk = state.desk();
        return state.with(desk.with(sitting, change.apply(desk.register(sitting))));
    }

    private static RoomState told(RoomState state, ProctorFact.Told f, FactStamp stamp) {
        RoomState noted =
                room(
                        state,
                        f.exam(),
                        r ->
                                r.told(
                                        new DeskState.Message(
                                                f.message(),
                                                f.sitting(),
                                                f.kind(),
                                                f.text(),
                                                stamp.by(),
                                                stamp.at())));
        return f.kind() == MessageKind.WARNING && f.sitting().isPresent()
                ? seat(noted, f.sitting().get(), DeskState.Seat::warned)
                : noted;
    }

    /** The way out and back counts as a pause; one that was paused when handed in stays so. */
    private static RoomState readmitted(RoomState state, ProctorFact.Readmitted f, long now) {
        SittingState sitting = state.sitting(f.sitting());
        Timing timing = sitting.timing();
        if (sitting.handedIn() && timing.pausedAt().isEmpty()) {
            long away = Math.max(0, now - state.desk().seat(f.sitting()).handedInAt());
            timing = timing.away(away);
        }
        return seat(
                register(state.with(sitting.readmitted(timing)), f.sitting(), r -> r.left(0)),
                f.sitting(),
                DeskState.Seat::readmitted);
    }

    private static RoomState seat(
            RoomState state, long sitting, UnaryOperator<DeskState.Seat> change) {
        DeskState desk = state.desk();
        return state.with(desk.with(sitting, change.apply(desk.seat(sitting))));
    }

    private static RoomState room(
            RoomState state, String exam, UnaryOperator<DeskState.Room> change) {
        DeskState desk = state.desk();
        return state.with(desk.with(exam, change.apply(desk.room(exam))));
    }

    private static RoomState aCase(
            RoomState state, String exam, String id, UnaryOperator<DeskState.Case> change) {
        DeskState.Case known = state.desk().room(exam).cases().get(id);
        return known == null ? state : room(state, exam, r -> r.with(change.apply(known)));
    }
}
