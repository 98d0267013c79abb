package io.invigil.exam.pack;

/**
 * Rules of one exam as data (domain, section 11).
 *
 * @param checkInOpensMinutesBefore minutes before the slot's start
 * @param lateStartMinutes minutes after the slot's start in which one may still start
 * @param resultVisibility when a candidate sees the objective result in the room
 * @param autoPassWithoutIncident whether a sitting without incident passes review by itself
 * @param identity what is asked for before the start; packages that do not say ask for nothing
 * @param page what the candidate's page watches; packages that do not say record leaving or nothing
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
        IdentityCheck identity,
        PageRules page) {

    public ExamPolicy {
        identity = identity == null ? IdentityCheck.OFF : identity;
        page = page == null ? (recordFocusLoss ? PageRules.RECORDED : PageRules.NONE) : page;
    }

    /** The same policy with other rules for the page. */
    public ExamPolicy with(PageRules rules) {
        return new ExamPolicy(
                checkInOpensMinutesBefore,
                lateStartMinutes,
                resultVisibility,
                openBook,
                recordFocusLoss,
                attempts,
                autoPassWithoutIncident,
                rulesHtmlZh,
                rulesHtmlEn,
                identity,
                rules);
    }

    /** A policy whose page records leaving or nothing. */
    public ExamPolicy(
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
                identity,
                recordFocusLoss ? PageRules.RECORDED : PageRules.NONE);
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
