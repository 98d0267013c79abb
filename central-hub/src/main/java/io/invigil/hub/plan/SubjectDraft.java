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
        BigDecimal weight) {}
