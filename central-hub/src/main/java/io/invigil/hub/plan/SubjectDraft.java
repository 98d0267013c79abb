package io.invigil.hub.plan;

import java.math.BigDecimal;

/** A subject as entered; see {@link Subject}. */
public record SubjectDraft(
        LevelId level,
        String number,
        String name,
        ExamMode mode,
        int minutes,
        BigDecimal fullMark,
        BigDecimal passMark,
        BigDecimal weight,
        String targetType) {

    /** For everybody. */
    public SubjectDraft(
            LevelId level,
            String number,
            String name,
            ExamMode mode,
            int minutes,
            BigDecimal fullMark,
            BigDecimal passMark,
            BigDecimal weight) {
        this(level, number, name, mode, minutes, fullMark, passMark, weight, Subject.EVERYBODY);
    }
}
