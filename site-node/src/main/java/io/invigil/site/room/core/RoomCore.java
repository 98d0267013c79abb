package io.invigil.site.room.core;

import io.invigil.exam.room.StampedFact;

/**
 * The room's rules as a pure state machine: commands become facts, facts become state. The same
 * facts in the same order give the same state, whoever decided them. Stateless and thread-safe.
 */
public final class RoomCore {

    /**
     * Decides a command against a state.
     *
     * @return facts in order with a reply, or a refusal; the state does not change here
     */
    public Decision decide(RoomState state, CoreTime time, RoomCommand command) {
        RoomState now = state.at(time);
        return StandInRules.forbidden(now, command).orElseGet(() -> decide(now, command));
    }

    private static Decision decide(RoomState now, RoomCommand command) {
        return switch (command) {
            case RoomCommand.ExamCommand c -> ExamRules.decide(now, c);
            case RoomCommand.AttendanceCommand c -> AttendanceRules.decide(now, c);
            case RoomCommand.ProctorCommand c -> ProctorRules.decide(now, c);
            case RoomCommand.SittingCommand c -> SittingRules.decide(now, c);
            case DeskCommand c -> DeskRules.decide(now, c);
            case RoomCommand.ApartCommand c -> ApartRules.decide(now, c);
        };
    }

    /** Folds one fact into the state. Facts are never refused here: they have happened. */
    public RoomState apply(RoomState state, StampedFact fact) {
        return RoomReducer.apply(state, fact);
    }
}
