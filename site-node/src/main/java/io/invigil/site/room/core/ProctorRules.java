package io.invigil.site.room.core;

import io.invigil.exam.room.HandInCause;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.RoomPhase;
import io.invigil.site.room.core.RoomCommand.ForceHandIn;
import io.invigil.site.room.core.RoomCommand.GrantTime;
import io.invigil.site.room.core.RoomCommand.Pause;
import io.invigil.site.room.core.RoomCommand.ProctorCommand;
import io.invigil.site.room.core.RoomCommand.Resume;
import java.util.List;
import java.util.Optional;

/** What a proctor does to a sitting, always with a reason. */
final class ProctorRules {
    static final long GRANT_MILLIS_MIN = 60_000;
    static final long GRANT_MILLIS_MAX = 180 * 60_000L;

    private ProctorRules() {}

    static Decision decide(RoomState state, ProctorCommand command) {
        Optional<ExamState> exam = state.examOf(command.sitting());
        if (exam.isEmpty()) {
            return Decision.refused(RoomRefusal.SITTING_UNKNOWN);
        }
        // the desk speaks of the person, so of the attempt that is sat now
        SittingState sitting = state.now(command.sitting());
        if (sitting.handedIn()) {
            return command instanceof ForceHandIn
                    ? SittingRules.receipt(sitting)
                    : Decision.refused(RoomRefusal.HANDED_IN);
        }
        if (exam.get().phase() == RoomPhase.CLOSED) {
            return Decision.refused(RoomRefusal.PHASE_FORBIDS, "phase", RoomPhase.CLOSED);
        }
        return switch (command) {
            case GrantTime c -> grant(sitting, c);
            case Pause c -> pause(sitting, c);
            case Resume c -> resume(sitting, c);
            case ForceHandIn c -> force(state, exam.get(), sitting, c);
        };
    }

    /** Also before the start: extra time that the roster did not know. */
    private static Decision grant(SittingState sitting, GrantTime c) {
        long total = sitting.timing().grantedMillis() + c.millis();
        if (c.millis() < GRANT_MILLIS_MIN || total > GRANT_MILLIS_MAX) {
            return Decision.refused(
                    RoomRefusal.GRANT_OUT_OF_RANGE, "maxMinutes", GRANT_MILLIS_MAX / 60_000);
        }
        if (!ExamRules.isReason(c.reason())) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        return Decision.done(new RoomFact.TimeGranted(sitting.sitting(), c.millis(), c.reason()));
    }

    private static Decision pause(SittingState sitting, Pause c) {
        if (!sitting.started()) {
            return Decision.refused(RoomRefusal.NOT_STARTED);
        }
        if (sitting.timing().pausedAt().isPresent()) {
            return Decision.done();
        }
        if (!ExamRules.isReason(c.reason())) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        return Decision.done(new RoomFact.Paused(sitting.sitting(), c.reason()));
    }

    private static Decision resume(SittingState sitting, Resume c) {
        if (sitting.timing().pausedAt().isEmpty()) {
            return Decision.refused(RoomRefusal.NOT_PAUSED);
        }
        return Decision.done(new RoomFact.Resumed(sitting.sitting(), c.reason()));
    }

    private static Decision force(
            RoomState state, ExamState exam, SittingState sitting, ForceHandIn c) {
        if (!sitting.started()) {
            return Decision.refused(RoomRefusal.NOT_STARTED);
        }
        if (!ExamRules.isReason(c.reason())) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        var handedIn = SittingRules.handIn(sitting, HandInCause.PROCTOR);
        var incident =
                new RoomFact.IncidentReported(
                        c.incident(),
                        exam.exam(),
                        Optional.of(sitting.sitting()),
                        "FORCED_HAND_IN",
                        c.reason());
        return SittingRules.handedIn(state, List.of(incident, handedIn));
    }
}
