package io.invigil.exam.pack;

/**
 * Rules of one exam as data (domain, section 11).
 *
 * @param checkInOpensMinutesBefore minutes before the slot's start
 * @param lateStartMinutes minutes after the slot's start in which one may still start
 * @param resultVisibility when a candidate sees the objective result in the room
 * @param autoPassWithoutIncident whether a sitting without incident passes review by itself
 * @param identity what is asked for before the start; packages that do not say ask for nothing
 */
public record ExamPolicy(
        int checkInOpensMinutesBefore,
        int lateStartMinutes,
        ResultVisibility resultVisibility,
        boolean openBook,
        boolean recordFocusLoss,
        int attempts,
        boolean autoPassWithoutIncident,
        String rulesHtmlZh,
        String rulesHtmlEn,
        IdentityCheck identity) {

    public ExamPolicy {
        identity = identity == null ? IdentityCheck.OFF : identity;
    }

    /** A policy without a check of identity beyond check-in. */
    public ExamPolicy(
            int checkInOpensMinutesBefore,
            int lateStartMinutes,
            ResultVisibility resultVisibility,
            boolean openBook,
            boolean recordFocusLoss,
            int attempts,
            boolean autoPassWithoutIncident,
            String rulesHtmlZh,
            String rulesHtmlEn) {
        this(
                checkInOpensMinutesBefore,
                lateStartMinutes,
                resultVisibility,
                openBook,
                recordFocusLoss,
                attempts,
                autoPassWithoutIncident,
                rulesHtmlZh,
                rulesHtmlEn,
                IdentityCheck.OFF);
    }

    /** When the candidate sees a result in the room. */
    public enum ResultVisibility {
        NEVER,
        PROVISIONAL_AT_HAND_IN
    }
}
