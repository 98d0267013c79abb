package io.invigil.exam.pack;

/**
 * Rules of one exam as data (domain, section 11).
 *
 * @param checkInOpensMinutesBefore minutes before the slot's start
 * @param lateStartMinutes minutes after the slot's start in which one may still start
 * @param resultVisibility when a candidate sees a result
 * @param autoPassWithoutIncident whether a sitting without incident passes review by itself
 * @param identity what is asked for before the start; packages that do not say ask for nothing
 * @param page what the candidate's page watches; packages that do not say record leaving or nothing
 * @param attemptRules how often one may sit; packages that do not say allow one attempt
 * @param attendance how one leaves; packages that do not say take the windows of the source
 * @param rechecks face checks during the test; packages that do not say have none
 */
public record ExamPolicy(
        int checkInOpensMinutesBefore,
        int lateStartMinutes,
        ResultVisibility resultVisibility,
        boolean openBook,
        boolean recordFocusLoss,
        boolean autoPassWithoutIncident,
        String rulesHtmlZh,
        String rulesHtmlEn,
        IdentityCheck identity,
        PageRules page,
        AttemptRules attemptRules,
        AttendanceWindows attendance,
        FaceRechecks rechecks) {

    public ExamPolicy {
        identity = identity == null ? IdentityCheck.OFF : identity;
        page = page == null ? (recordFocusLoss ? PageRules.RECORDED : PageRules.NONE) : page;
        attemptRules = attemptRules == null ? AttemptRules.ONE : attemptRules;
        attendance = attendance == null ? AttendanceWindows.STANDARD : attendance;
        rechecks = rechecks == null ? FaceRechecks.OFF : rechecks;
    }

    /** When the candidate sees a result (domain, section 11). */
    public enum ResultVisibility {
        /** Not from this system: the body tells results in its own way. */
        NEVER,
        /** The objective part in the room and by query at once, marked as not reviewed (未审核). */
        PROVISIONAL_AT_HAND_IN,
        /** By query as soon as the sitting is marked and has passed review, before publicity. */
        AFTER_REVIEW,
        /** By query once scores are published. */
        AT_PUBLICITY
    }
}
