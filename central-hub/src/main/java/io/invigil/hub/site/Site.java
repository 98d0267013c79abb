package io.invigil.hub.site;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;

/**
 * A place with rooms (考点), run by a school and approved by a body. Lasting over plans; one node or
 * more stand there.
 *
 * @param reason why it was returned, else empty
 */
public record Site(
        TenantId tenant,
        SiteId id,
        OrganisationId school,
        String name,
        String region,
        String address,
        String contact,
        String phone,
        Approval approval,
        String reason) {

    /** 未提交 → 待审核 → 通过 / 退回 → 待审核. */
    public enum Approval {
        DRAFT,
        PENDING,
        APPROVED,
        RETURNED
    }
}
