package io.invigil.hub.paper;

import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.SubjectId;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What lists show of one imported paper.
 *
 * @param fileSha256 hex digest of the imported package
 * @param fullMark most that the paper gives
 * @param textMark part of it that a teacher gives
 */
public record PaperVersion(
        TenantId tenant,
        PaperId id,
        SubjectId subject,
        String title,
        String qtiVersion,
        String fileName,
        String fileSha256,
        int items,
        BigDecimal fullMark,
        BigDecimal textMark,
        String login,
        Instant at) {}
