package io.invigil.site.room.core;

import io.invigil.exam.room.LateChangeKind;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomPhase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Accounts of stand-in proctors (issue 3, part 6): opened by two officials without a line, good for
 * one room of one exam and until it closes. What a stand-in may do is said here once, before any
 * other rule is asked; everything is written under the stand-in's own login.
 */
final class StandInRules {
    static final int STAND_INS_MAX = 6;
    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9-]{2,31}");
    private static final String STAFF = "staff:";

    private StandInRules() {}

    static Decision open(
            RoomState state, ExamState exam, ExamPlan plan, DeskCommand.OpenStandIn c) {
        DeskState.Room room = state.desk().room(c.exam());
        if (room.changes().stream().anyMatch(known -> known.id().equals(c.change()))) {
            return Decision.done();
        }
        if (exam.phase() == RoomPhase.CLOSED) {
            return Decision.refused(RoomRefusal.PHASE_FORBIDS, "phase", exam.phase());
        }
        boolean two =
                !c.witness().isBlank()
                        && !c.by().equals(STAFF + c.witness())
                        && held(state, STAFF + c.witness()).isEmpty();
        if (!two) {
            return Decision.refused(RoomRefusal.STAND_IN_NEEDS_TWO);
        }
        if (!plan.roomSeats().containsKey(c.details().room())) {
            return Decision.refused(RoomRefusal.ROOM_UNKNOWN);
        }
        if (!LOGIN.matcher(c.login()).matches()) {
            return Decision.refused(RoomRefusal.STAND_IN_NUMBER);
        }
        boolean said =
                ExamRules.isReason(c.name())
                        && ExamRules.isReason(c.reason())
                        && c.details().fits();
        if (!said) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        Optional<Held> same = held(state, STAFF + c.login()).filter(one -> !one.ended());
        boolean elsewhere =
                same.filter(
                                one ->
                                        !one.exam().equals(c.exam())
                                                || !one.account().room().equals(c.details().room()))
                        .isPresent();
        if (elsewhere) {
            return Decision.refused(RoomRefusal.STAND_IN_LOGIN_TAKEN);
        }
        if (same.isEmpty() && room.standIns().size() >= STAND_INS_MAX) {
            return Decision.refused(RoomRefusal.STAND_INS_EXHAUSTED, "max", STAND_INS_MAX);
        }
        if (room.changes().size() >= DeskRules.CHANGES_MAX) {
            return Decision.refused(RoomRefusal.INCIDENTS_EXHAUSTED, "max", DeskRules.CHANGES_MAX);
        }
        return Decision.done(
                new ProctorFact.LateChange(
                        c.change(),
                        c.exam(),
                        Optional.empty(),
                        LateChangeKind.STAND_IN_PROCTOR,
                        c.name(),
                        c.reason(),
                        c.details()),
                new ProctorFact.StandInOpened(
                        c.change(),
                        c.exam(),
                        c.login(),
                        c.details().room(),
                        c.passwordHash(),
                        c.witness()));
    }

    /**
     * @param ended whether the exam has closed and the account with it
     */
    private record Held(String exam, DeskState.StandIn account, boolean ended) {}

    private static Optional<Held> held(RoomState state, String by) {
        if (!by.startsWith(STAFF)) {
            return Optional.empty();
        }
        String login = by.substring(STAFF.length());
        Optional<Held> found = Optional.empty();
        for (Map.Entry<String, DeskState.Room> room : state.desk().rooms().entrySet()) {
            for (DeskState.StandIn one : room.getValue().standIns()) {
                boolean ended =
                        state.exam(room.getKey())
                                .filter(exam -> exam.phase() == RoomPhase.CLOSED)
                                .isPresent();
                // the same person may stand in again on another day
                boolean better = found.isEmpty() || found.get().ended();
                if (one.login().equals(login) && better) {
                    found = Optional.of(new Held(room.getKey(), one, ended));
                }
            }
        }
        return found;
    }

    /** Whose word counts as an official's: a stand-in is one neither first nor second. */
    static List<String> officials(RoomState state, List<String> logins) {
        return logins.stream().filter(one -> held(state, STAFF + one).isEmpty()).toList();
    }

    /** The refusal of what is not a stand-in's to do; empty for everybody else's commands. */
    static Optional<Decision> forbidden(RoomState state, RoomCommand command) {
        Optional<Held> held = held(state, command.by());
        if (held.isEmpty()) {
            return Optional.empty();
        }
        Held own = held.get();
        boolean allowed = !own.ended() && allows(state, own, command);
        return allowed
                ? Optional.empty()
                : Optional.of(Decision.refused(RoomRefusal.STAND_IN_NOT_HERE));
    }

    private static boolean allows(RoomState state, Held own, RoomCommand command) {
        return switch (command) {
            case RoomCommand.ReportIncident c -> here(state, own, c.exam(), c.sitting());
            case RoomCommand.ExamCommand c -> whole(state, own, c.exam());
            case RoomCommand.AttendanceCommand c -> here(state, own, c.sitting());
            case RoomCommand.ProctorCommand c -> here(state, own, c.sitting());
            case RoomCommand.SittingCommand c -> here(state, own, c.sitting());
            case RoomCommand.ApartCommand c -> here(state, own, c.sitting());
            case DeskCommand.Release c -> false;
            case DeskCommand.SeatCommand c -> here(state, own, c.sitting());
            case DeskCommand.RoomWideCommand c -> desk(state, own, c);
        };
    }

    private static boolean desk(RoomState state, Held own, DeskCommand.RoomWideCommand command) {
        return switch (command) {
            case DeskCommand.Tell c ->
                    c.sitting().isPresent()
                            ? here(state, own, c.exam(), c.sitting())
                            : whole(state, own, c.exam());
            case DeskCommand.OpenCase c -> here(state, own, c.exam(), c.sitting());
            case DeskCommand.RecordLateChange c -> here(state, own, c.exam(), c.sitting());
            case DeskCommand.PassCaseOn c -> aCase(state, own, c.exam(), c.caseId());
            case DeskCommand.SettleCase c -> aCase(state, own, c.exam(), c.caseId());
            case DeskCommand.ReadCentre c -> c.exam().equals(own.exam());
            case DeskCommand.SetSnapshots c -> whole(state, own, c.exam());
            case DeskCommand.OpenStandIn c -> false;
            case DeskCommand.HearCentre c -> false;
        };
    }

    private static boolean aCase(RoomState state, Held own, String exam, String id) {
        DeskState.Case known = state.desk().room(exam).cases().get(id);
        return known != null && here(state, own, exam, known.sitting());
    }

    /** Somebody of the own room, or nobody in particular of the own exam. */
    private static boolean here(RoomState state, Held own, String exam, Optional<Long> sitting) {
        return exam.equals(own.exam()) && (sitting.isEmpty() || here(state, own, sitting.get()));
    }

    private static boolean here(RoomState state, Held own, long sitting) {
        return state.exam(own.exam())
                .flatMap(ExamState::plan)
                .flatMap(plan -> plan.place(sitting))
                .filter(place -> place.room().equals(own.account().room()))
                .isPresent();
    }

    /** What is done to a whole exam is a stand-in's where the exam has this one room. */
    private static boolean whole(RoomState state, Held own, String exam) {
        return exam.equals(own.exam())
                && state.exam(exam)
                        .flatMap(ExamState::plan)
                        .filter(plan -> plan.roomSeats().size() == 1)
                        .isPresent();
    }
}
