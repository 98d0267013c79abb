package io.invigil.hub.score;

import io.invigil.hub.plan.LevelId;
import io.invigil.hub.registration.RegistrationId;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a registration's scores say of its certificate (考证结果).
 *
 * @param candidate the candidate's number of the tenant
 * @param total weighted total under that rule, else the plain sum; two decimals
 * @param lines one for each registered subject
 */
public record CertificateResult(
        RegistrationId registration,
        long candidate,
        LevelId level,
        State state,
        BigDecimal total,
        List<Line> lines) {
    public CertificateResult {
        lines = List.copyOf(lines);
    }

    /** Waiting while any subject has no entered score. */
    public enum State {
        WAITING,
        PASSED,
        NOT_PASSED
    }

    /**
     * @param outcome NOT_ARRIVED stands for "not entered"
     */
    public record Line(
            long sitting,
            String subjectNumber,
            String subjectName,
            SittingOutcome outcome,
            BigDecimal score,
            BigDecimal maximum,
            BigDecimal passMark,
            BigDecimal weight) {

        /** Whether this subject alone reaches its pass mark. */
        public boolean reachesPassMark() {
            return outcome == SittingOutcome.SCORED && score.compareTo(passMark) >= 0;
        }
    }
}
