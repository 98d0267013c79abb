package io.invigil.site.room.core;

import io.invigil.exam.room.ProctorFact;

/** Leaving, claims of phones, answers on paper (domain, section 9; S0, section 9). */
final class SignInRules {
    static final int SHEETS_MAX = 200;

    private SignInRules() {}

    /** Handing in is leaving by itself; who leaves before it does so for a reason. */
    static Decision checkOut(RoomState state, SittingState sitting, DeskCommand.CheckOut c) {
        if (sitting.attendance().checkedIn().isEmpty()) {
            return Decision.refused(RoomRefusal.NOT_CHECKED_IN);
        }
        if (!sitting.handedIn() && !ExamRules.isReason(c.reason())) {
            return Decision.refused(RoomRefusal.REASON_NEEDED);
        }
        boolean left = !sitting.handedIn() && state.desk().register(c.sitting()).leftWall() > 0;
        return left
                ? Decision.done()
                : Decision.done(new ProctorFact.CheckedOut(c.sitting(), c.reason()));
    }

    static Decision confirm(RoomState state, DeskCommand.ConfirmClaim c) {
        return state.desk().register(c.sitting()).claimOpen()
                ? Decision.done(new ProctorFact.ClaimSeen(c.sitting()))
                : Decision.done();
    }

    static Decision papers(RoomState state, SittingState sitting, DeskCommand.TakePapers c) {
        if (!sitting.started()) {
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
