package io.invigil.hub.plan;

import io.invigil.exam.pack.AttemptRules;
import io.invigil.exam.pack.AttendanceWindows;
import io.invigil.exam.pack.ExamPolicy.ResultVisibility;
import io.invigil.exam.pack.FaceRechecks;
import io.invigil.exam.pack.IdentityCheck;

/**
 * Rules of the sittings of a plan (domain, section 11), as packed for the rooms.
 *
 * @param checkInOpensMinutesBefore minutes before the slot's start
 * @param lateStartMinutes minutes after the slot's start in which one may still start
 * @param autoPassWithoutIncident whether a sitting without incident passes review by itself
 * @param resultVisibility when candidates see a result, in the room or by query
 * @param attempts how often one may sit, and which attempt counts
 * @param attendance until when phones check out, and whether handing in counts as leaving
 * @param identity what is asked for before a sitting may start (domain, section 10)
 * @param rechecks face checks while the test is on (S0, section 7)
 */
public record SittingPolicy(
        int checkInOpensMinutesBefore,
        int lateStartMinutes,
        ResultVisibility resultVisibility,
        boolean openBook,
        boolean recordFocusLoss,
        boolean autoPassWithoutIncident,
        IdentityCheck identity,
        FaceRechecks rechecks,
        AttemptRules attempts,
        AttendanceWindows attendance) {

    /** A policy without a check of identity beyond check-in, with one attempt. */
    public SittingPolicy(
            int checkInOpensMinutesBefore,
            int lateStartMinutes,
            ResultVisibility resultVisibility,
            boolean openBook,
            boolean recordFocusLoss,
            boolean autoPassWithoutIncident) {
        this(
                checkInOpensMinutesBefore,
                lateStartMinutes,
                resultVisibility,
                openBook,
                recordFocusLoss,
                autoPassWithoutIncident,
                IdentityCheck.OFF,
                FaceRechecks.OFF,
                AttemptRules.ONE,
                AttendanceWindows.STANDARD);
    }

    /** Doors open half an hour before, a quarter of an hour of grace, results when published. */
    public static SittingPolicy standard() {
        return new SittingPolicy(30, 15, ResultVisibility.AT_PUBLICITY, false, true, false);
    }
}
