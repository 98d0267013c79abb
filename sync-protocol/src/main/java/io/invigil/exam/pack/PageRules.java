package io.invigil.exam.pack;

import java.util.List;

/**
 * What a candidate's page watches and what follows from it (domain, section 11).
 *
 * @param leaving what leaving the page means
 * @param leavingSecondsAllowed so long away is nothing but a fact, where leaving uses the attempt
 * @param fullScreen whether the page is worked on in full screen
 * @param clipboard whether copying and pasting is allowed
 * @param safeBrowser whether only Safe Exam Browser with our settings may open the test
 * @param browserExamKeys Browser Exam Keys of the permitted versions, hex; empty for any version
 */
public record PageRules(
        Leaving leaving,
        int leavingSecondsAllowed,
        boolean fullScreen,
        boolean clipboard,
        boolean safeBrowser,
        List<String> browserExamKeys) {
    public static final int KEYS_MAX = 20;

    /** Nothing is watched, everything is allowed. */
    public static final PageRules NONE =
            new PageRules(Leaving.IGNORED, 0, false, true, false, List.of());

    /** Leaving is recorded, nothing is forbidden. */
    public static final PageRules RECORDED =
            new PageRules(Leaving.RECORDED, 0, false, true, false, List.of());

    /** What leaving the page means. */
    public enum Leaving {
        IGNORED,
        RECORDED,
        USES_ATTEMPT
    }

    public PageRules {
        leaving = leaving == null ? Leaving.IGNORED : leaving;
        browserExamKeys = browserExamKeys == null ? List.of() : List.copyOf(browserExamKeys);
        if (leavingSecondsAllowed < 0 || browserExamKeys.size() > KEYS_MAX) {
            throw new IllegalArgumentException("page rules out of range");
        }
        for (String key : browserExamKeys) {
            if (!key.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("a Browser Exam Key is 64 hex digits");
            }
        }
    }

    /** Whether the page reports what it notices. */
    public boolean watches() {
        return leaving != Leaving.IGNORED || fullScreen || !clipboard;
    }
}
