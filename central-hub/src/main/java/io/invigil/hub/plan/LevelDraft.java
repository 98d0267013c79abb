package io.invigil.hub.plan;

import java.math.BigDecimal;
import java.util.List;

/** A certificate level as entered; see {@link CertificateLevel}. */
public record LevelDraft(
        String number,
        String name,
        String shortName,
        String level,
        List<String> majors,
        String issuer,
        PassRule passRule,
        BigDecimal totalPassMark) {

    public LevelDraft {
        majors = List.copyOf(majors);
    }
}
