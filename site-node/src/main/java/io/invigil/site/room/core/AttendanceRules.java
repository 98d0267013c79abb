package io.invigil.site.room.core;

import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.RoomPhase;
import io.invigil.site.room.core.RoomCommand.AskIdentity;
import io.invigil.site.room.core.RoomCommand.AttendanceCommand;
import io.invigil.site.room.core.RoomCommand.ChangeSeat;
import io.invigil.site.room.core.RoomCommand.CheckIn;
import io.invigil.site.room.core.RoomCommand.DecideIdentity;
import io.invigil.site.room.core.RoomCommand.MarkAbsent;
import io.invigil.site.room.core.RoomCommand.MissRecheck;
import io.invigil.site.room.core.RoomCommand.RecordComparison;
import io.invigil.site.room.core.RoomCommand.ResetPin;
import io.invigil.site.room.core.RoomCommand.TakePhoto;
import io.invigil.site.room.core.RoomCommand.UnbindPhoto;
import io.invigil.site.room.core.RoomCommand.UndoCheckIn;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Check-in, absence, seats and PINs (domain, sections 9 and 12). */
final class AttendanceRules {
    static final int PIN_RESETS_MAX = 50;

    private AttendanceRules() {}

    static Decision decide(RoomState state, AttendanceCommand command) {
        Optional<ExamState> exam = state.examOf(command.sitting());
        if (exam.isEmpty()) {
            return Decision.refused(RoomRefusal.SITTING_UNKNOWN);
        }
        if (exam.get().phase() == RoomPhase.CLOSED) {
            return Decision.refused(RoomRefusal.PHASE_FORBIDS, "phase", RoomPhase.CLOSED);
        }
        SittingState sitting = state.sitting(command.sitting());
        return switch (command) {
            case CheckIn c -> checkIn(exam.get(), sitting, c, state.clock());
            case UndoCheckIn c -> undo(sitting, c);
            case MarkAbsent c -> absent(sitting, c);
            case ChangeSeat c -> seat(state, exam.get(), c);
            case ResetPin c -> pin(sitting);
            case RecordComparison c -> IdentityRules.compared(state.now(c.sitting()), c);
            case AskIdentity c -> IdentityRules.asked(sitting, c);
            case MissRecheck c -> RecheckRules.missed(state.now(c.sitting()), c);
            case DecideIdentity c -> IdentityRules.decided(sitting, c);
            case TakePhoto c -> IdentityRules.photoTaken(sitting, c);
            case UnbindPhoto c -> IdentityRules.unbound(sitting, c);
        };
    }

    private static Decision checkIn(
            ExamState exam, SittingState sitting, CheckIn c, RoomClock clock) {
        if (sitting.attendance().released()) {
            return Decision.refused(RoomRefusal.SITTING_RELEASED);
        }
        if (exam.phase() != RoomPhase.CHECK_IN && exam.phase() != RoomPhase.RUNNING) {
            return Decision.refused(RoomRefusal.PHASE_FORBIDS, "phase", exam.phase());
        }
        if (sitting.attendance().checkedIn().isPresent()
                && sitting.attendance().absent().isEmpty()) {
            return Decision.done();
        }
        boolean self = c.way().byPhone();
        if (self && exam.beforeCheckIn(clock)) {
            return Decision.refused(
                    RoomRefusal.CHECK_IN_NOT_OPEN,
                    "opensAt",
                    exam.plan().orElseThrow().checkInOpensAt());
        }
        boolean running = exam.phase() == RoomPhase.RUNNING;
        if (running && self && isAfter(clock.lastMillis(), selfEnd(exam))) {
            return Decision.refused(RoomRefusal.CHECK_IN_OVER);
        }
        // a proctor with a reason outweighs a room's clock, which may be wrong
        if (exam.checkInNeedsReason(clock) && !ExamRules.isReason(c.reason())) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        return Decision.done(
                new RoomFact.CheckedIn(
                        c.sitting(),
                        c.way(),
                        Optional.of(c.reason()).filter(reason -> !reason.isBlank())));
    }

    /** Phones check in until the start, by exam time (domain, section 9). */
    private static OptionalLong selfEnd(ExamState exam) {
        OptionalLong slotEnd = exam.slotEnd();
        if (slotEnd.isEmpty()) {
            return slotEnd;
        }
        ExamPlan plan = exam.plan().orElseThrow();
        long start = slotEnd.getAsLong() - (plan.slotEndMillis() - plan.slotStartMillis());
        return OptionalLong.of(Math.max(start, exam.runningAt().getAsLong()));
    }

    private static boolean isAfter(long now, OptionalLong limit) {
        return limit.isPresent() && now > limit.getAsLong();
    }

    private static Decision undo(SittingState sitting, UndoCheckIn c) {
        if (sitting.attendance().checkedIn().isEmpty()) {
            return Decision.done();
        }
        if (sitting.started()) {
            return Decision.refused(RoomRefusal.ALREADY_STARTED);
        }
        if (!ExamRules.isReason(c.reason())) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        return Decision.done(new RoomFact.CheckInUndone(c.sitting(), c.reason()));
    }

    private static Decision absent(SittingState sitting, MarkAbsent c) {
        if (sitting.started()) {
            return Decision.refused(RoomRefusal.ALREADY_STARTED);
        }
        if (sitting.attendance().absent().isPresent()) {
            return Decision.done();
        }
        if (!ExamRules.isReason(c.reason())) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        return Decision.done(new RoomFact.MarkedAbsent(c.sitting(), c.reason()));
    }

    private static Decision seat(RoomState state, ExamState exam, ChangeSeat c) {
        ExamPlan plan = exam.plan().orElseThrow();
        ExamPlan.Place place = plan.place(c.sitting()).orElseThrow();
        int seats = plan.roomSeats().getOrDefault(place.room(), 0);
        int from = state.seat(c.sitting(), place);
        if (c.seat() < 1 || c.seat() > seats) {
            return Decision.refused(RoomRefusal.SEAT_UNKNOWN, "seats", seats);
        }
        if (c.seat() == from) {
            return Decision.done();
        }
        if (!ExamRules.isReason(c.reason())) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        for (Map.Entry<Long, ExamPlan.Place> other : plan.places().entrySet()) {
            boolean sameRoom = other.getValue().room().equals(place.room());
            boolean there = state.sitting(other.getKey()).attendance().absent().isEmpty();
            boolean sits = state.seat(other.getKey(), other.getValue()) == c.seat();
            if (sameRoom && there && sits && other.getKey() != c.sitting()) {
                return Decision.refused(RoomRefusal.SEAT_TAKEN, "seat", c.seat());
            }
        }
        return Decision.done(new RoomFact.SeatChanged(c.sitting(), from, c.seat(), c.reason()));
    }

    private static Decision pin(SittingState sitting) {
        int next = sitting.attendance().pinNumber() + 1;
        if (next > PIN_RESETS_MAX) {
            return Decision.refused(RoomRefusal.SAVES_EXHAUSTED, "max", PIN_RESETS_MAX);
        }
        return Decision.done(new RoomFact.PinReset(sitting.sitting(), next));
    }
}
