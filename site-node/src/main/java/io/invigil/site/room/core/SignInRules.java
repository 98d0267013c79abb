package io.invigil.site.room.core;

import io.invigil.exam.room.ProctorFact;
import java.util.Optional;

/** Leaving, claims of phones, answers on paper (domain, section 9; S0, section 9). */
final class SignInRules {
    static final int SHEETS_MAX = 200;

    private SignInRules() {}

    /**
     * By one's own code within [end, end + minutes]; the desk needs a reason out of it. Where
     * handing in counts as leaving, the desk may still note a later time.
     */
    static Decision checkOut(
            RoomState state, ExamState exam, SittingState sitting, DeskCommand.CheckOut c) {
        if (sitting.attendance().checkedIn().isEmpty()) {
            return Decision.refused(RoomRefusal.NOT_CHECKED_IN);
        }
        Optional<RoomRefusal> closed = closed(state, exam, sitting);
        boolean handInLeaves = exam.plan().orElseThrow().attendance().handInLeaves();
        boolean leftByHandIn = sitting.handedIn() && handInLeaves;
        if (c.way().byPhone()) {
            if (state.leftWall(c.sitting()) > 0) {
                return Decision.done();
            }
            return closed.map(Decision::refused)
                    .orElseGet(
                            () ->
                                    Decision.done(
                                            new ProctorFact.CheckedOut(c.sitting(), "", c.way())));
        }
        if (!leftByHandIn && closed.isPresent() && !ExamRules.isReason(c.reason())) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        boolean left = !leftByHandIn && state.desk().register(c.sitting()).leftWall() > 0;
        return left
                ? Decision.done()
                : Decision.done(new ProctorFact.CheckedOut(c.sitting(), c.reason(), c.way()));
    }

    /** Why one does not check out by one's own code now. */
    private static Optional<RoomRefusal> closed(
            RoomState state, ExamState exam, SittingState sitting) {
        ExamPlan plan = exam.plan().orElseThrow();
        long now = exam.plannedNow(state.clock());
        if (sitting.sits()) {
            return Optional.of(RoomRefusal.NOT_HANDED_IN);
        }
        if (now < plan.slotEndMillis()) {
            return Optional.of(RoomRefusal.CHECK_OUT_NOT_OPEN);
        }
        return now > plan.checkOutUntil()
                ? Optional.of(RoomRefusal.CHECK_OUT_OVER)
                : Optional.empty();
    }

    static Decision confirm(RoomState state, DeskCommand.ConfirmClaim c) {
        return state.desk().register(c.sitting()).claimOpen()
                ? Decision.done(new ProctorFact.ClaimSeen(c.sitting()))
                : Decision.done();
    }

    static Decision papers(RoomState state, DeskCommand.TakePapers c) {
        if (!state.sitting(c.sitting()).started()) {
            return Decision.refused(RoomRefusal.NOT_STARTED);
        }
        boolean malformed =
                c.sheets() < 0
                        || c.sheets() > SHEETS_MAX
                        || c.note().length() > ExamRules.REASON_CHARS_MAX;
        if (malformed) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        return state.desk().register(c.sitting()).sheets() == c.sheets()
                ? Decision.done()
                : Decision.done(
                        new ProctorFact.PapersHandedOver(c.sitting(), c.sheets(), c.note()));
    }
}
