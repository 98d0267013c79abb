package io.invigil.hub.plan;

import io.invigil.hub.organisation.TenantId;
import java.math.BigDecimal;
import java.util.List;

/**
 * A certificate at one level as a plan offers it.
 *
 * @param number the certificate's number
 * @param level 初级, 中级 or 高级
 * @param majors eligible majors; empty means any
 * @param issuer printed on the certificate (颁证机构)
 * @param totalPassMark needed weighted total; zero under {@link PassRule#ALL_SUBJECTS}
 */
public record CertificateLevel(
        TenantId tenant,
        LevelId id,
        PlanId plan,
        String number,
        String name,
        String shortName,
        String level,
        List<String> majors,
        String issuer,
        PassRule passRule,
        BigDecimal totalPassMark) {

    public CertificateLevel {
        majors = List.copyOf(majors);
    }

    /** As printed, such as 智能新能源汽车职业技能等级证书（初级）. */
    public String title() {
        return name + "（" + level + "）";
    }
}
