package io.invigil.hub.secondfactor;

import java.util.List;

/** What came of a step with the second factor. */
public sealed interface SecondFactorOutcome {

    /**
     * The code fits.
     *
     * @param recovery whether it was a recovery code
     */
    record Proved(boolean recovery) implements SecondFactorOutcome {}

    /** Enrolled, or fresh recovery codes: shown once. */
    record Codes(List<String> recovery) implements SecondFactorOutcome {
        public Codes {
            recovery = List.copyOf(recovery);
        }

        @Override
        public String toString() {
            return "Codes(secret)";
        }
    }

    /** It is gone. */
    record Removed() implements SecondFactorOutcome {}

    record Refused(Reason reason) implements SecondFactorOutcome {}

    /** Names are stable codes; texts under {@code issue.CODE}. */
    enum Reason {
        /** Wrong, too old, or taken before. */
        SECOND_FACTOR_WRONG,
        /** So many wrong codes that the account is locked now. */
        SECOND_FACTOR_LOCKED,
        /** The role demands it: it can be replaced, not removed. */
        SECOND_FACTOR_DEMANDED,
        SECOND_FACTOR_PRESENT,
        SECOND_FACTOR_ABSENT
    }
}
